//! Writes the rows that changes touch.

mod rows;

use uuid::Uuid;

use self::rows::{
    NodeRow, insert_check_ins, insert_comments, insert_links_of_objectives, insert_nodes, insert_readings,
    insert_teams_of_people, put_cycles, put_initiatives, put_key_results, put_kpis, put_objectives, put_people,
    put_teams, put_views,
};
use super::{Tx, on};
use crate::domain::change::{Change, Edit, Record};
use crate::domain::ids::WorkspaceId;
use crate::domain::settings::Settings;
use crate::domain::workspace::Workspace;

/// What a change does to the tables.
#[derive(Clone, Debug)]
pub enum Write {
    /// A row that must not be there yet, and the number of the change that brings it.
    Insert(Record, u64),
    /// A row as it is after the change.
    Update(Record),
    /// A row that goes.
    Delete(Record),
    /// The settings as they are after the change.
    Settings(Settings),
}

impl Write {
    /// What a change that was just applied to the workspace does to the tables.
    #[must_use]
    pub fn of(change: &Change, seq: u64, workspace: &Workspace) -> Option<Self> {
        Some(match change {
            Change::Added(record) => Self::Insert(record.clone(), seq),
            Change::Removed(record) => Self::Delete(record.clone()),
            Change::Edited(edit) => match edit {
                Edit::Settings(_) => Self::Settings(workspace.settings.clone()),
                Edit::Team(id, _) => Self::Update(Record::Team(workspace.team(*id)?.clone())),
                Edit::Person(id, _) => Self::Update(Record::Person(workspace.person(*id)?.clone())),
                Edit::Cycle(id, _) => Self::Update(Record::Cycle(workspace.cycle(*id)?.clone())),
                Edit::Objective(id, _) => Self::Update(Record::Objective(workspace.objective(*id)?.objective.clone())),
                Edit::KeyResult(id, _) => {
                    Self::Update(Record::KeyResult(workspace.key_result(*id)?.key_result.clone()))
                }
                Edit::Initiative(id, _) => Self::Update(Record::Initiative(workspace.initiative(*id)?.clone())),
                Edit::Kpi(id, _) => Self::Update(Record::Kpi(workspace.kpi(*id)?.kpi.clone())),
                Edit::View(id, _) => Self::Update(Record::View(workspace.view(*id)?.clone())),
            },
        })
    }

    /// The place of its table when tables are written so that what is named is there before what names it.
    fn order(&self) -> usize {
        match self {
            Self::Settings(_) => 0,
            Self::Insert(record, _) | Self::Update(record) | Self::Delete(record) => match record {
                Record::Team(_) => 1,
                Record::Person(_) => 2,
                Record::Cycle(_) => 3,
                Record::Objective(_) => 4,
                Record::KeyResult(_) => 5,
                Record::CheckIn(_) => 6,
                Record::Initiative(_) => 7,
                Record::Comment(_) => 8,
                Record::Kpi(_) => 9,
                Record::KpiReading(_) => 10,
                Record::View(_) => 11,
            },
        }
    }
}

/// How many rows go into one statement: a few sizes, so that every statement is prepared once.
const BUNDLES: [usize; 3] = [128, 16, 1];

/// Splits rows into bundles of the sizes for which statements are prepared.
pub(super) fn bundles<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = BUNDLES.into_iter().find(|size| *size <= rows.len())?;
        let (bundle, rest) = rows.split_at(size);
        rows = rest;
        Some(bundle)
    })
}

/// Writes what changes do, given in the order of the changes; `progress` hears how many of them are written.
///
/// # Errors
/// When the database fails or refuses a row.
pub async fn write(
    tx: &mut Tx,
    workspace: WorkspaceId,
    mut writes: Vec<Write>,
    progress: &(dyn Fn(usize) + Send + Sync),
) -> sqlx::Result<()> {
    let nodes: Vec<NodeRow> = writes.iter().filter_map(node_row).collect();
    // Objectives and key results hang under each other, so their nodes come before all of them. What is taken away
    // must go in the order in which it went.
    if !writes.iter().any(|write| matches!(write, Write::Delete(_))) {
        writes.sort_by_key(Write::order);
    }
    for bundle in bundles(&nodes) {
        insert_nodes(tx, workspace.0, bundle).await?;
    }
    let mut written = 0;
    let mut rest = writes.as_slice();
    while let Some(first) = rest.first() {
        let run = rest.iter().take_while(|write| alike(first, write)).count();
        let (now, later) = rest.split_at(run);
        for bundle in bundles(now) {
            write_bundle(tx, workspace.0, bundle).await?;
            written += bundle.len();
            progress(written);
        }
        rest = later;
    }
    Ok(())
}

/// Whether two writes may share a statement. One statement cannot update the same row twice, so updates go alone.
fn alike(first: &Write, other: &Write) -> bool {
    match (first, other) {
        (Write::Insert(..), Write::Insert(..)) => first.order() == other.order(),
        _ => std::ptr::eq(first, other),
    }
}

fn node_row(write: &Write) -> Option<NodeRow> {
    match write {
        Write::Insert(Record::Objective(objective), _) => Some((objective.id.0, OBJECTIVE, objective.table_id.clone())),
        Write::Insert(Record::KeyResult(key_result), _) => {
            Some((key_result.id.0, KEY_RESULT, key_result.table_id.clone()))
        }
        _ => None,
    }
}

pub(super) const OBJECTIVE: &str = "objective";
pub(super) const KEY_RESULT: &str = "key_result";

/// The rows of one kind in a bundle of inserts.
fn rows_of<'a, T>(bundle: &'a [Write], select: impl Fn(&'a Record) -> Option<&'a T>) -> Vec<(&'a T, u64)> {
    let row = |write: &'a Write| match write {
        Write::Insert(record, seq) => select(record).map(|row| (row, *seq)),
        _ => None,
    };
    bundle.iter().filter_map(row).collect()
}

macro_rules! select {
    ($kind:ident) => {
        |record| match record {
            Record::$kind(row) => Some(row),
            _ => None,
        }
    };
}

async fn write_bundle(tx: &mut Tx, workspace: Uuid, bundle: &[Write]) -> sqlx::Result<()> {
    match bundle.first() {
        None => Ok(()),
        Some(Write::Settings(settings)) => update_settings(tx, workspace, settings).await,
        Some(Write::Delete(record)) => delete(tx, workspace, record).await,
        Some(Write::Update(record)) => update(tx, workspace, record).await,
        Some(Write::Insert(record, _)) => match record {
            Record::Team(_) => put_teams(tx, workspace, &rows_of(bundle, select!(Team)), "").await,
            Record::Person(_) => {
                let rows = rows_of(bundle, select!(Person));
                put_people(tx, workspace, &rows, "").await?;
                insert_teams_of_people(tx, workspace, &rows).await
            }
            Record::Cycle(_) => put_cycles(tx, workspace, &rows_of(bundle, select!(Cycle)), "").await,
            Record::Objective(_) => {
                let rows = rows_of(bundle, select!(Objective));
                put_objectives(tx, workspace, &rows, "").await?;
                insert_links_of_objectives(tx, workspace, &rows).await
            }
            Record::KeyResult(_) => put_key_results(tx, workspace, &rows_of(bundle, select!(KeyResult)), "").await,
            Record::CheckIn(_) => insert_check_ins(tx, workspace, &rows_of(bundle, select!(CheckIn))).await,
            Record::Initiative(_) => put_initiatives(tx, workspace, &rows_of(bundle, select!(Initiative)), "").await,
            Record::Comment(_) => insert_comments(tx, workspace, &rows_of(bundle, select!(Comment))).await,
            Record::Kpi(_) => put_kpis(tx, workspace, &rows_of(bundle, select!(Kpi)), "").await,
            Record::KpiReading(_) => insert_readings(tx, workspace, &rows_of(bundle, select!(KpiReading))).await,
            Record::View(_) => put_views(tx, workspace, &rows_of(bundle, select!(View)), "").await,
        },
    }
}

async fn update(tx: &mut Tx, workspace: Uuid, record: &Record) -> sqlx::Result<()> {
    match record {
        Record::Team(team) => {
            let update = " ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, \
                          parent = excluded.parent, rhythm = excluded.rhythm, weekday = excluded.weekday";
            put_teams(tx, workspace, &[(team, 0)], update).await
        }
        Record::Person(person) => {
            let update = " ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, \
                          email = excluded.email, role = excluded.role";
            put_people(tx, workspace, &[(person, 0)], update).await?;
            delete_from(tx, "DELETE FROM person_team WHERE workspace_id = $1 AND person = $2", workspace, person.id.0)
                .await?;
            insert_teams_of_people(tx, workspace, &[(person, 0)]).await
        }
        Record::Cycle(cycle) => {
            let update = " ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, \
                          first_day = excluded.first_day, last_day = excluded.last_day, phase = excluded.phase";
            put_cycles(tx, workspace, &[(cycle, 0)], update).await
        }
        Record::Objective(objective) => {
            let update = " ON CONFLICT (workspace_id, id) DO UPDATE SET title = excluded.title, \
                          description = excluded.description, owner = excluded.owner, cycle = excluded.cycle, \
                          parent = excluded.parent, rank = excluded.rank, company = excluded.company, \
                          stance = excluded.stance, state = excluded.state, weight = excluded.weight, counts = excluded.counts, \
                          closing = excluded.closing";
            put_objectives(tx, workspace, &[(objective, 0)], update).await?;
            delete_links_of_objective(tx, workspace, objective.id.0).await?;
            insert_links_of_objectives(tx, workspace, &[(objective, 0)]).await
        }
        Record::KeyResult(key_result) => {
            let update = " ON CONFLICT (workspace_id, id) DO UPDATE SET title = excluded.title, \
                          description = excluded.description, owner = excluded.owner, team = excluded.team, \
                          measure_kind = excluded.measure_kind, measure = excluded.measure, unit = excluded.unit, \
                          weight = excluded.weight, driven_by = excluded.driven_by, rank = excluded.rank, \
                          closing = excluded.closing";
            put_key_results(tx, workspace, &[(key_result, 0)], update).await
        }
        Record::Initiative(initiative) => {
            let update = " ON CONFLICT (workspace_id, id) DO UPDATE SET title = excluded.title, \
                          owner = excluded.owner, done = excluded.done";
            put_initiatives(tx, workspace, &[(initiative, 0)], update).await
        }
        Record::Kpi(kpi) => {
            let update = " ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, unit = excluded.unit, \
                          healthy_low = excluded.healthy_low, healthy_high = excluded.healthy_high, \
                          owner = excluded.owner, team = excluded.team";
            put_kpis(tx, workspace, &[(kpi, 0)], update).await
        }
        Record::View(view) => {
            let update = " ON CONFLICT (workspace_id, id) DO UPDATE SET shared = excluded.shared, \
                          name = excluded.name, query = excluded.query";
            put_views(tx, workspace, &[(view, 0)], update).await
        }
        // Appended facts are never edited.
        Record::CheckIn(_) | Record::Comment(_) | Record::KpiReading(_) => Ok(()),
    }
}

async fn delete(tx: &mut Tx, workspace: Uuid, record: &Record) -> sqlx::Result<()> {
    let (sql, id) = match record {
        Record::Team(team) => ("DELETE FROM team WHERE workspace_id = $1 AND id = $2", team.id.0),
        Record::Person(person) => {
            delete_from(tx, "DELETE FROM person_team WHERE workspace_id = $1 AND person = $2", workspace, person.id.0)
                .await?;
            ("DELETE FROM person WHERE workspace_id = $1 AND id = $2", person.id.0)
        }
        Record::Cycle(cycle) => ("DELETE FROM cycle WHERE workspace_id = $1 AND id = $2", cycle.id.0),
        Record::Objective(objective) => {
            delete_links_of_objective(tx, workspace, objective.id.0).await?;
            delete_from(tx, "DELETE FROM objective WHERE workspace_id = $1 AND id = $2", workspace, objective.id.0)
                .await?;
            (DELETE_NODE, objective.id.0)
        }
        Record::KeyResult(key_result) => {
            delete_from(tx, "DELETE FROM key_result WHERE workspace_id = $1 AND id = $2", workspace, key_result.id.0)
                .await?;
            (DELETE_NODE, key_result.id.0)
        }
        Record::CheckIn(check_in) => ("DELETE FROM check_in WHERE workspace_id = $1 AND id = $2", check_in.id.0),
        Record::Initiative(initiative) => {
            ("DELETE FROM initiative WHERE workspace_id = $1 AND id = $2", initiative.id.0)
        }
        Record::Comment(comment) => ("DELETE FROM comment WHERE workspace_id = $1 AND id = $2", comment.id.0),
        Record::Kpi(kpi) => ("DELETE FROM kpi WHERE workspace_id = $1 AND id = $2", kpi.id.0),
        Record::KpiReading(reading) => ("DELETE FROM kpi_reading WHERE workspace_id = $1 AND id = $2", reading.id.0),
        Record::View(view) => ("DELETE FROM saved_view WHERE workspace_id = $1 AND id = $2", view.id.0),
    };
    delete_from(tx, sql, workspace, id).await
}

const DELETE_NODE: &str = "DELETE FROM node WHERE workspace_id = $1 AND id = $2";

async fn delete_from(tx: &mut Tx, sql: &'static str, workspace: Uuid, id: Uuid) -> sqlx::Result<()> {
    on!(tx, connection => sqlx::query(sql).bind(workspace).bind(id).execute(connection).await.map(drop))
}

async fn delete_links_of_objective(tx: &mut Tx, workspace: Uuid, id: Uuid) -> sqlx::Result<()> {
    delete_from(tx, "DELETE FROM objective_team WHERE workspace_id = $1 AND objective = $2", workspace, id).await?;
    delete_from(tx, "DELETE FROM objective_support WHERE workspace_id = $1 AND objective = $2", workspace, id).await
}

async fn update_settings(tx: &mut Tx, workspace: Uuid, settings: &Settings) -> sqlx::Result<()> {
    on!(tx, connection => sqlx::query(
        "UPDATE workspace SET name = $2, time_zone = $3, pace_on_track = $4, pace_behind = $5, aspiration = $6, \
         where_to_play = $7, how_to_win = $8, assumptions = $9, example = $10 WHERE id = $1",
    )
    .bind(workspace)
    .bind(&settings.name)
    .bind(&settings.time_zone)
    .bind(i64::from(settings.pace.on_track))
    .bind(i64::from(settings.pace.behind))
    .bind(&settings.strategy.aspiration)
    .bind(&settings.strategy.where_to_play)
    .bind(&settings.strategy.how_to_win)
    .bind(&settings.strategy.assumptions)
    .bind(settings.example)
    .execute(connection)
    .await
    .map(drop))
}
