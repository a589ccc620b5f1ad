//! Reads a whole workspace.

use chrono::{DateTime, NaiveDate, Utc};
use futures::TryStreamExt;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::{Tx, on};
use crate::domain::cadence::Cadence;
use crate::domain::cycle::{Cycle, Span};
use crate::domain::day::Day;
use crate::domain::ids::{
    CommentId, CycleId, InitiativeId, KeyResultId, KpiId, KpiReadingId, NodeId, ObjectiveId, PersonId, TeamId, ViewId,
    WorkspaceId,
};
use crate::domain::kpi::{HealthyRange, Kpi, KpiReading};
use crate::domain::number::Finite;
use crate::domain::okr::{Comment, Initiative};
use crate::domain::pace::PaceBounds;
use crate::domain::people::{Person, Role, Team};
use crate::domain::settings::{Settings, Strategy};
use crate::domain::view::View;
use crate::domain::workspace::Snapshot;

/// Gathers every row of a statement, each made into what it stands for.
macro_rules! gather {
    ($tx:expr, $workspace:expr, $sql:literal, $columns:ty, |$row:pat_param| $make:expr) => {
        on!($tx, connection => {
            let mut rows = sqlx::query_as::<_, $columns>($sql).bind($workspace.0).fetch(connection);
            let mut gathered = Vec::new();
            while let Some($row) = rows.try_next().await? {
                gathered.push($make);
            }
            Ok::<_, sqlx::Error>(gathered)
        })
    };
}

mod okr;
pub use self::okr::check_ins;

/// The database's workspace; `None` in a new database.
///
/// # Errors
/// When the database fails.
pub async fn find(tx: &mut Tx) -> sqlx::Result<Option<WorkspaceId>> {
    let id: Option<Uuid> = on!(tx, connection => {
        sqlx::query_scalar("SELECT id FROM workspace WHERE place = 1").fetch_optional(connection).await?
    });
    Ok(id.map(WorkspaceId))
}

/// Makes the database's workspace, unless another process has just done so.
///
/// # Errors
/// When the database fails.
pub async fn create(tx: &mut Tx, id: WorkspaceId) -> sqlx::Result<()> {
    let settings = Settings::default();
    on!(tx, connection => sqlx::query(
        "INSERT INTO workspace (id, place, seq, name, time_zone, pace_on_track, pace_behind, aspiration, \
         where_to_play, how_to_win, assumptions, example) \
         VALUES ($1, 1, 0, $2, $3, $4, $5, $6, $6, $6, $6, $7) ON CONFLICT (place) DO NOTHING",
    )
    .bind(id.0)
    .bind(&settings.name)
    .bind(&settings.time_zone)
    .bind(i64::from(settings.pace.on_track))
    .bind(i64::from(settings.pace.behind))
    .bind("")
    .bind(settings.example)
    .execute(connection)
    .await
    .map(drop))
}

/// Everything in the workspace. `today` tells the day in a time zone.
///
/// # Errors
/// When the database fails, or holds what Trellis never wrote.
pub async fn load(tx: &mut Tx, id: WorkspaceId, today: impl FnOnce(&str) -> Day) -> sqlx::Result<Snapshot> {
    let settings = settings(tx, id).await?;
    let today = today(&settings.time_zone);
    let teams = gather!(
        tx,
        id,
        "SELECT id, name, parent, rhythm, weekday FROM team WHERE workspace_id = $1",
        (Uuid, String, Option<Uuid>, String, i64),
        |(id, name, parent, rhythm, weekday)| Team {
            id: TeamId(id),
            name,
            parent: parent.map(TeamId),
            cadence: Cadence {
                rhythm: choice(&rhythm)?,
                weekday: known(u8::try_from(weekday).ok().and_then(|day| day.try_into().ok()), "weekday")?,
            },
        }
    )?;
    let mut teams_of_people =
        lists(tx, id, "SELECT person, team FROM person_team WHERE workspace_id = $1 ORDER BY person, position").await?;
    let people = gather!(
        tx,
        id,
        "SELECT id, name, email, role FROM person WHERE workspace_id = $1",
        (Uuid, String, Option<String>, String),
        |(id, name, email, role)| Person {
            id: PersonId(id),
            name,
            email,
            role: known(Role::from_name(&role), "role")?,
            teams: teams_of_people.remove(&id).unwrap_or_default().into_iter().map(TeamId).collect(),
        }
    )?;
    let cycles = gather!(
        tx,
        id,
        "SELECT id, name, first_day, last_day, phase FROM cycle WHERE workspace_id = $1",
        (Uuid, String, Option<NaiveDate>, Option<NaiveDate>, String),
        |(id, name, first, last, phase)| Cycle {
            id: CycleId(id),
            name,
            span: first.zip(last).and_then(|(first, last)| Span::new(first, last)),
            phase: choice(&phase)?,
        }
    )?;
    let key_results = okr::key_results(tx, id).await?;
    let ids: FxHashSet<Uuid> = key_results.iter().map(|key_result| key_result.id.0).collect();
    let node = |id| if ids.contains(&id) { NodeId::from(KeyResultId(id)) } else { ObjectiveId(id).into() };
    let objectives = okr::objectives(tx, id, node).await?;
    let check_ins = check_ins(tx, id, None).await?;
    let initiatives = gather!(
        tx,
        id,
        "SELECT id, key_result, title, owner, done FROM initiative WHERE workspace_id = $1",
        (Uuid, Uuid, String, Option<Uuid>, bool),
        |(id, key_result, title, owner, done)| Initiative {
            id: InitiativeId(id),
            key_result: KeyResultId(key_result),
            title,
            owner: owner.map(PersonId),
            done,
        }
    )?;
    let comments = gather!(
        tx,
        id,
        "SELECT id, node, text, by_person, at FROM comment WHERE workspace_id = $1",
        (Uuid, Uuid, String, Option<Uuid>, DateTime<Utc>),
        |(id, of, text, by, at)| Comment { id: CommentId(id), node: node(of), text, by: by.map(PersonId), at }
    )?;
    let (kpis, kpi_readings) = kpis(tx, id).await?;
    let views = gather!(
        tx,
        id,
        "SELECT id, owner, shared, name, query FROM saved_view WHERE workspace_id = $1",
        (Uuid, Uuid, bool, String, String),
        |(id, owner, shared, name, query)| View { id: ViewId(id), owner: PersonId(owner), shared, name, query }
    )?;
    Ok(Snapshot {
        settings,
        teams,
        people,
        cycles,
        objectives,
        key_results,
        check_ins,
        initiatives,
        comments,
        kpis,
        kpi_readings,
        views,
        ..Snapshot::empty(id, today)
    })
}

async fn settings(tx: &mut Tx, id: WorkspaceId) -> sqlx::Result<Settings> {
    type Row = (String, String, i64, i64, String, String, String, String, bool);
    let row: Row = on!(tx, connection => sqlx::query_as(
        "SELECT name, time_zone, pace_on_track, pace_behind, aspiration, where_to_play, how_to_win, assumptions, \
         example FROM workspace WHERE id = $1",
    )
    .bind(id.0)
    .fetch_one(connection)
    .await?);
    let (name, time_zone, on_track, behind, aspiration, where_to_play, how_to_win, assumptions, example) = row;
    let pace = PaceBounds {
        on_track: known(u8::try_from(on_track).ok(), "pace")?,
        behind: known(u8::try_from(behind).ok(), "pace")?,
    };
    let strategy = Strategy { aspiration, where_to_play, how_to_win, assumptions };
    Ok(Settings { name, time_zone, pace, strategy, example })
}

async fn kpis(tx: &mut Tx, id: WorkspaceId) -> sqlx::Result<(Vec<Kpi>, Vec<KpiReading>)> {
    type KpiRow = (Uuid, String, String, Option<f64>, Option<f64>, Option<Uuid>, Option<Uuid>);
    let kpis = gather!(
        tx,
        id,
        "SELECT id, name, unit, healthy_low, healthy_high, owner, team FROM kpi WHERE workspace_id = $1",
        KpiRow,
        |(id, name, unit, low, high, owner, team)| Kpi {
            id: KpiId(id),
            name,
            unit,
            healthy: HealthyRange { low: low.map(finite).transpose()?, high: high.map(finite).transpose()? },
            owner: owner.map(PersonId),
            team: team.map(TeamId),
        }
    )?;
    let readings = gather!(
        tx,
        id,
        "SELECT id, kpi, number, at, by_person FROM kpi_reading WHERE workspace_id = $1 ORDER BY seq",
        (Uuid, Uuid, f64, DateTime<Utc>, Option<Uuid>),
        |(id, kpi, number, at, by)| KpiReading {
            id: KpiReadingId(id),
            kpi: KpiId(kpi),
            value: finite(number)?,
            at,
            by: by.map(PersonId),
        }
    )?;
    Ok((kpis, readings))
}

/// Lists by whose they are.
async fn lists(tx: &mut Tx, id: WorkspaceId, sql: &'static str) -> sqlx::Result<FxHashMap<Uuid, Vec<Uuid>>> {
    let mut lists: FxHashMap<Uuid, Vec<Uuid>> = FxHashMap::default();
    on!(tx, connection => {
        let mut rows = sqlx::query_as::<_, (Uuid, Uuid)>(sql).bind(id.0).fetch(connection);
        while let Some((of, item)) = rows.try_next().await? {
            lists.entry(of).or_default().push(item);
        }
    });
    Ok(lists)
}

fn finite(number: f64) -> sqlx::Result<Finite> {
    known(Finite::new(number), "number")
}

/// The choice without content that has this name in JSON.
fn choice<T: DeserializeOwned>(name: &str) -> sqlx::Result<T> {
    known(serde_json::from_value(serde_json::Value::String(name.to_owned())).ok(), name)
}

fn known<T>(value: Option<T>, what: &str) -> sqlx::Result<T> {
    value.ok_or_else(|| corrupt(what))
}

fn corrupt(what: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("the database holds a {what} that Trellis never wrote").into())
}
