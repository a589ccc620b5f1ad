//! Reads what is in the tree: objectives, key results and their check-ins.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use futures::TryStreamExt;
use sqlx::types::Json;
use uuid::Uuid;

use super::super::{Tx, on};
use super::{corrupt, finite, known, lists};
use crate::domain::ids::{CheckInId, CycleId, KeyResultId, NodeId, ObjectiveId, PersonId, TeamId, WorkspaceId};
use crate::domain::measure::{Grade, Measure, Value};
use crate::domain::okr::{
    CheckIn, Closing, Confidence, Counts, DrivenBy, KeyResult, KeyResultClosing, Objective, Stance, State,
};
use crate::domain::progress::Weight;
use crate::domain::rank::Rank;

/// All key results.
pub(super) async fn key_results(tx: &mut Tx, id: WorkspaceId) -> sqlx::Result<Vec<KeyResult>> {
    type KeyResultRow = (
        Uuid,
        Option<String>,
        Uuid,
        Json<Rank>,
        String,
        String,
        Option<Uuid>,
        Option<Uuid>,
        Json<Measure>,
        String,
        i64,
        String,
        Option<Json<KeyResultClosing>>,
    );
    gather!(
        tx,
        id,
        "SELECT key_result.id, table_id, objective, rank, title, description, owner, team, measure, unit, weight, \
         driven_by, closing FROM key_result JOIN node ON node.workspace_id = key_result.workspace_id AND node.id = key_result.id \
         WHERE key_result.workspace_id = $1",
        KeyResultRow,
        |(
            id,
            table_id,
            objective,
            rank,
            title,
            description,
            owner,
            team,
            measure,
            unit,
            weight,
            driven_by,
            closing,
        )| {
            KeyResult {
                id: KeyResultId(id),
                table_id,
                objective: ObjectiveId(objective),
                rank: rank.0,
                title,
                description,
                owner: owner.map(PersonId),
                team: team.map(TeamId),
                measure: measure.0,
                unit,
                weight: self::weight(weight)?,
                driven_by: known(DrivenBy::from_name(&driven_by), "driven_by")?,
                closing: closing.map(|closing| closing.0),
            }
        }
    )
}

/// All objectives. `node` tells what stands behind an id.
pub(super) async fn objectives(
    tx: &mut Tx,
    id: WorkspaceId,
    node: impl Fn(Uuid) -> NodeId,
) -> sqlx::Result<Vec<Objective>> {
    type ObjectiveRow = (
        Uuid,
        Option<String>,
        String,
        String,
        Option<Uuid>,
        Option<Uuid>,
        Option<Uuid>,
        Json<Rank>,
        bool,
        String,
        String,
        i64,
        String,
        Option<Json<Closing>>,
    );
    let mut teams = lists(
        tx,
        id,
        "SELECT objective, team FROM objective_team WHERE workspace_id = $1 ORDER BY objective, position",
    )
    .await?;
    let mut supports = lists(
        tx,
        id,
        "SELECT objective, supported FROM objective_support WHERE workspace_id = $1 ORDER BY objective, position",
    )
    .await?;
    gather!(
        tx,
        id,
        "SELECT objective.id, table_id, title, description, owner, cycle, parent, rank, company, stance, state, \
         weight, counts, closing FROM objective \
         JOIN node ON node.workspace_id = objective.workspace_id AND node.id = objective.id \
         WHERE objective.workspace_id = $1",
        ObjectiveRow,
        |(
            id,
            table_id,
            title,
            description,
            owner,
            cycle,
            parent,
            rank,
            company,
            stance,
            state,
            weight,
            counts,
            closing,
        )| {
            Objective {
                id: ObjectiveId(id),
                table_id,
                title,
                description,
                owner: owner.map(PersonId),
                teams: teams.remove(&id).unwrap_or_default().into_iter().map(TeamId).collect(),
                cycle: cycle.map(CycleId),
                parent: parent.map(&node),
                rank: rank.0,
                company,
                supports: supports.remove(&id).unwrap_or_default().into_iter().map(ObjectiveId).collect(),
                stance: known(Stance::from_name(&stance), "stance")?,
                state: known(State::from_name(&state), "state")?,
                weight: self::weight(weight)?,
                counts: known(Counts::from_name(&counts), "counts")?,
                closing: closing.map(|closing| closing.0),
            }
        }
    )
}

type CheckInRow = (
    Uuid,
    Uuid,
    Option<String>,
    Option<f64>,
    Option<Json<BTreeSet<u16>>>,
    Option<String>,
    Option<i64>,
    String,
    Option<Uuid>,
    DateTime<Utc>,
    NaiveDate,
    Option<Uuid>,
);

/// Check-ins in the order of their recording: of one key result, or all of them.
///
/// # Errors
/// When the database fails, or holds what Trellis never wrote.
pub async fn check_ins(tx: &mut Tx, id: WorkspaceId, of: Option<KeyResultId>) -> sqlx::Result<Vec<CheckIn>> {
    match of {
        None => gather!(
            tx,
            id,
            "SELECT id, key_result, table_id, number, steps, grade, confidence, note, by_person, at, day, replaces \
             FROM check_in WHERE workspace_id = $1 ORDER BY seq",
            CheckInRow,
            |row| check_in(row)?
        ),
        Some(key_result) => {
            let rows: Vec<CheckInRow> = on!(tx, connection => sqlx::query_as(
                "SELECT id, key_result, table_id, number, steps, grade, confidence, note, by_person, at, day, replaces \
                 FROM check_in WHERE workspace_id = $1 AND key_result = $2 ORDER BY seq",
            )
            .bind(id.0)
            .bind(key_result.0)
            .fetch_all(connection)
            .await?);
            rows.into_iter().map(check_in).collect()
        }
    }
}

fn check_in(row: CheckInRow) -> sqlx::Result<CheckIn> {
    let (id, key_result, table_id, number, steps, grade, confidence, note, by, at, day, replaces) = row;
    let value = match (number, steps, grade) {
        (Some(number), None, None) => Value::Number(finite(number)?),
        (None, Some(steps), None) => Value::Steps(steps.0),
        (None, None, Some(grade)) => Value::Grade(known(Grade::from_name(&grade), "grade")?),
        _ => return Err(corrupt("the value of a check-in")),
    };
    let confidence = confidence
        .map(|confidence| known(u8::try_from(confidence).ok().and_then(Confidence::new), "confidence"))
        .transpose()?;
    Ok(CheckIn {
        id: CheckInId(id),
        table_id,
        key_result: KeyResultId(key_result),
        value,
        confidence,
        note,
        by: by.map(PersonId),
        at,
        day,
        replaces: replaces.map(CheckInId),
    })
}

fn weight(weight: i64) -> sqlx::Result<Weight> {
    known(u16::try_from(weight).ok().and_then(|weight| weight.try_into().ok()), "weight")
}
