//! The rows of each table, by one statement for many.

use serde::Serialize;
use sqlx::QueryBuilder;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::cycle::Cycle;
use crate::domain::ids::NodeId;
use crate::domain::kpi::{Kpi, KpiReading};
use crate::domain::measure::Value;
use crate::domain::okr::{CheckIn, Comment, Initiative, KeyResult, Objective};
use crate::domain::people::{Person, Team};
use crate::domain::view::View;
use crate::server::store::write::bundles;
use crate::server::store::{Tx, on};

/// A row of `node`, which an objective or key result brings along: its id, its kind and its name in a table.
pub(super) type NodeRow = (Uuid, &'static str, Option<String>);

/// Inserts rows by one statement, with what follows the values.
macro_rules! insert {
    ($tx:expr, $into:literal, $rows:expr, $conflict:expr, |$row:ident, $item:pat_param| $binds:expr) => {
        on!($tx, connection => {
            let mut statement = QueryBuilder::new(concat!("INSERT INTO ", $into, " "));
            statement.push_values($rows, |mut $row, $item| {
                $binds;
            });
            statement.push($conflict);
            statement.build().execute(connection).await.map(drop)
        })
    };
}

pub(super) async fn insert_nodes(tx: &mut Tx, workspace: Uuid, rows: &[NodeRow]) -> sqlx::Result<()> {
    insert!(tx, "node (workspace_id, id, kind, table_id)", rows, "", |row, (id, kind, table_id)| {
        row.push_bind(workspace).push_bind(*id).push_bind(*kind).push_bind(table_id)
    })
}

pub(super) async fn put_teams(tx: &mut Tx, workspace: Uuid, rows: &[(&Team, u64)], conflict: &str) -> sqlx::Result<()> {
    insert!(tx, "team (workspace_id, id, name, parent, rhythm, weekday)", rows, conflict, |row, (team, _)| {
        row.push_bind(workspace)
            .push_bind(team.id.0)
            .push_bind(&team.name)
            .push_bind(team.parent.map(|parent| parent.0))
            .push_bind(name(&team.cadence.rhythm))
            .push_bind(i64::from(team.cadence.weekday.num_days_from_monday()))
    })
}

pub(super) async fn put_people(
    tx: &mut Tx,
    workspace: Uuid,
    rows: &[(&Person, u64)],
    conflict: &str,
) -> sqlx::Result<()> {
    insert!(tx, "person (workspace_id, id, name, email, role)", rows, conflict, |row, (person, _)| {
        row.push_bind(workspace)
            .push_bind(person.id.0)
            .push_bind(&person.name)
            .push_bind(&person.email)
            .push_bind(person.role.name())
    })
}

/// A row of a list that a thing has: whose, which place, what.
type Link = (Uuid, i64, Uuid);

fn links(of: Uuid, to: impl Iterator<Item = Uuid>) -> impl Iterator<Item = Link> {
    (0..).zip(to).map(move |(position, to)| (of, position, to))
}

pub(super) async fn insert_teams_of_people(tx: &mut Tx, workspace: Uuid, rows: &[(&Person, u64)]) -> sqlx::Result<()> {
    let rows: Vec<Link> =
        rows.iter().flat_map(|(person, _)| links(person.id.0, person.teams.iter().map(|team| team.0))).collect();
    for rows in bundles(&rows) {
        insert!(
            tx,
            "person_team (workspace_id, person, position, team)",
            rows,
            "",
            |row, (person, position, team)| {
                row.push_bind(workspace).push_bind(*person).push_bind(*position).push_bind(*team)
            }
        )?;
    }
    Ok(())
}

pub(super) async fn put_cycles(
    tx: &mut Tx,
    workspace: Uuid,
    rows: &[(&Cycle, u64)],
    conflict: &str,
) -> sqlx::Result<()> {
    insert!(tx, "cycle (workspace_id, id, name, first_day, last_day, phase)", rows, conflict, |row, (cycle, _)| {
        row.push_bind(workspace)
            .push_bind(cycle.id.0)
            .push_bind(&cycle.name)
            .push_bind(cycle.span.map(|span| span.first()))
            .push_bind(cycle.span.map(|span| span.last()))
            .push_bind(name(&cycle.phase))
    })
}

pub(super) async fn put_objectives(
    tx: &mut Tx,
    workspace: Uuid,
    rows: &[(&Objective, u64)],
    conflict: &str,
) -> sqlx::Result<()> {
    insert!(
        tx,
        "objective (workspace_id, id, title, description, owner, cycle, parent, rank, company, stance, state, \
         weight, counts, closing)",
        rows,
        conflict,
        |row, (objective, _)| {
            row.push_bind(workspace)
                .push_bind(objective.id.0)
                .push_bind(&objective.title)
                .push_bind(&objective.description)
                .push_bind(objective.owner.map(|owner| owner.0))
                .push_bind(objective.cycle.map(|cycle| cycle.0))
                .push_bind(objective.parent.map(NodeId::uuid))
                .push_bind(Json(&objective.rank))
                .push_bind(objective.company)
                .push_bind(objective.stance.name())
                .push_bind(objective.state.name())
                .push_bind(i64::from(objective.weight.get()))
                .push_bind(objective.counts.name())
                .push_bind(objective.closing.as_ref().map(Json))
        }
    )
}

pub(super) async fn insert_links_of_objectives(
    tx: &mut Tx,
    workspace: Uuid,
    rows: &[(&Objective, u64)],
) -> sqlx::Result<()> {
    let teams: Vec<Link> = rows
        .iter()
        .flat_map(|(objective, _)| links(objective.id.0, objective.teams.iter().map(|team| team.0)))
        .collect();
    for rows in bundles(&teams) {
        insert!(
            tx,
            "objective_team (workspace_id, objective, position, team)",
            rows,
            "",
            |row, (of, position, team)| {
                row.push_bind(workspace).push_bind(*of).push_bind(*position).push_bind(*team)
            }
        )?;
    }
    let supports: Vec<Link> = rows
        .iter()
        .flat_map(|(objective, _)| links(objective.id.0, objective.supports.iter().map(|supported| supported.0)))
        .collect();
    for rows in bundles(&supports) {
        insert!(tx, "objective_support (workspace_id, objective, position, supported)", rows, "", |row,
                                                                                                   (
            of,
            position,
            to,
        )| {
            row.push_bind(workspace).push_bind(*of).push_bind(*position).push_bind(*to)
        })?;
    }
    Ok(())
}

pub(super) async fn put_key_results(
    tx: &mut Tx,
    workspace: Uuid,
    rows: &[(&KeyResult, u64)],
    conflict: &str,
) -> sqlx::Result<()> {
    insert!(
        tx,
        "key_result (workspace_id, id, objective, rank, title, description, owner, team, measure_kind, measure, \
         unit, weight, driven_by, closing)",
        rows,
        conflict,
        |row, (key_result, _)| {
            row.push_bind(workspace)
                .push_bind(key_result.id.0)
                .push_bind(key_result.objective.0)
                .push_bind(Json(&key_result.rank))
                .push_bind(&key_result.title)
                .push_bind(&key_result.description)
                .push_bind(key_result.owner.map(|owner| owner.0))
                .push_bind(key_result.team.map(|team| team.0))
                .push_bind(key_result.measure.name())
                .push_bind(Json(&key_result.measure))
                .push_bind(&key_result.unit)
                .push_bind(i64::from(key_result.weight.get()))
                .push_bind(key_result.driven_by.name())
                .push_bind(key_result.closing.as_ref().map(Json))
        }
    )
}

pub(super) async fn insert_check_ins(tx: &mut Tx, workspace: Uuid, rows: &[(&CheckIn, u64)]) -> sqlx::Result<()> {
    insert!(
        tx,
        "check_in (workspace_id, id, key_result, seq, table_id, number, steps, grade, confidence, note, by_person, \
         at, day, replaces)",
        rows,
        "",
        |row, (check_in, seq)| {
            let (number, steps, grade) = match &check_in.value {
                Value::Number(number) => (Some(number.get()), None, None),
                Value::Steps(steps) => (None, Some(Json(steps)), None),
                Value::Grade(grade) => (None, None, Some(grade.name())),
            };
            row.push_bind(workspace)
                .push_bind(check_in.id.0)
                .push_bind(check_in.key_result.0)
                .push_bind(seq.cast_signed())
                .push_bind(&check_in.table_id)
                .push_bind(number)
                .push_bind(steps)
                .push_bind(grade)
                .push_bind(check_in.confidence.map(|confidence| i64::from(confidence.get())))
                .push_bind(&check_in.note)
                .push_bind(check_in.by.map(|by| by.0))
                .push_bind(check_in.at)
                .push_bind(check_in.day)
                .push_bind(check_in.replaces.map(|replaced| replaced.0))
        }
    )
}

pub(super) async fn put_initiatives(
    tx: &mut Tx,
    workspace: Uuid,
    rows: &[(&Initiative, u64)],
    conflict: &str,
) -> sqlx::Result<()> {
    insert!(
        tx,
        "initiative (workspace_id, id, key_result, title, owner, done)",
        rows,
        conflict,
        |row, (initiative, _)| {
            row.push_bind(workspace)
                .push_bind(initiative.id.0)
                .push_bind(initiative.key_result.0)
                .push_bind(&initiative.title)
                .push_bind(initiative.owner.map(|owner| owner.0))
                .push_bind(initiative.done)
        }
    )
}

pub(super) async fn put_kpis(tx: &mut Tx, workspace: Uuid, rows: &[(&Kpi, u64)], conflict: &str) -> sqlx::Result<()> {
    insert!(tx, "kpi (workspace_id, id, name, unit, healthy_low, healthy_high, owner, team)", rows, conflict, |row,
                                                                                                               (
        kpi,
        _,
    )| {
        row.push_bind(workspace)
            .push_bind(kpi.id.0)
            .push_bind(&kpi.name)
            .push_bind(&kpi.unit)
            .push_bind(kpi.healthy.low.map(|low| low.get()))
            .push_bind(kpi.healthy.high.map(|high| high.get()))
            .push_bind(kpi.owner.map(|owner| owner.0))
            .push_bind(kpi.team.map(|team| team.0))
    })
}

pub(super) async fn insert_readings(tx: &mut Tx, workspace: Uuid, rows: &[(&KpiReading, u64)]) -> sqlx::Result<()> {
    insert!(tx, "kpi_reading (workspace_id, id, kpi, seq, number, at, by_person)", rows, "", |row, (reading, seq)| {
        row.push_bind(workspace)
            .push_bind(reading.id.0)
            .push_bind(reading.kpi.0)
            .push_bind(seq.cast_signed())
            .push_bind(reading.value.get())
            .push_bind(reading.at)
            .push_bind(reading.by.map(|by| by.0))
    })
}

pub(super) async fn insert_comments(tx: &mut Tx, workspace: Uuid, rows: &[(&Comment, u64)]) -> sqlx::Result<()> {
    insert!(tx, "comment (workspace_id, id, node, text, by_person, at)", rows, "", |row, (comment, _)| {
        row.push_bind(workspace)
            .push_bind(comment.id.0)
            .push_bind(comment.node.uuid())
            .push_bind(&comment.text)
            .push_bind(comment.by.map(|by| by.0))
            .push_bind(comment.at)
    })
}

pub(super) async fn put_views(tx: &mut Tx, workspace: Uuid, rows: &[(&View, u64)], conflict: &str) -> sqlx::Result<()> {
    insert!(tx, "saved_view (workspace_id, id, owner, shared, name, query)", rows, conflict, |row, (view, _)| {
        row.push_bind(workspace)
            .push_bind(view.id.0)
            .push_bind(view.owner.0)
            .push_bind(view.shared)
            .push_bind(&view.name)
            .push_bind(&view.query)
    })
}

/// The name that a choice without content has in JSON.
fn name(choice: &impl Serialize) -> Option<String> {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(name)) => Some(name),
        _ => None,
    }
}
