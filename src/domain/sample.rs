//! A small workspace to try things on.

use super::change::Record;
use super::command::{Actor, Command};
use super::cycle::{Cycle, Phase, Span};
use super::ids::{CycleId, KeyResultId, NodeId, ObjectiveId, PersonId, TeamId, WorkspaceId};
use super::measure::Measure;
use super::number::Finite;
use super::okr::{Counts, DrivenBy, KeyResult, Objective, Stance, State};
use super::people::{Person, Role, Team};
use super::progress::Weight;
use super::rank::Rank;
use super::workspace::Workspace;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The workspace and the ids in it.
pub(crate) struct Sample {
    pub workspace: Workspace,
    pub now: DateTime<Utc>,
    pub admin: PersonId,
    pub member: PersonId,
    pub viewer: PersonId,
    pub team: TeamId,
    pub year: CycleId,
    pub quarter: CycleId,
    pub old_quarter: CycleId,
    pub company: ObjectiveId,
    pub sell: ObjectiveId,
    pub calls: KeyResultId,
}

pub(crate) fn reach(baseline: i32, target: i32) -> Measure {
    Measure::Reach { baseline: Some(Finite::from(baseline)), target: Some(Finite::from(target)) }
}

/// Company (2026) ─ Revenue ─ Sell (Q1) ─ Calls; Churn; Old (Q4 of 2025); and Loner (Q1) under nothing.
pub(crate) fn sample() -> Sample {
    let mut next = 0_u128;
    let mut id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    let now: DateTime<Utc> = "2026-02-14T10:00:00Z".parse().unwrap();
    let mut workspace = Workspace::empty(WorkspaceId(id()), now.date_naive());
    let (admin, member, viewer) = (PersonId(id()), PersonId(id()), PersonId(id()));
    let team = TeamId(id());
    let (year, quarter, old_quarter) = (CycleId(id()), CycleId(id()), CycleId(id()));
    let (company, sell, old, loner) = (ObjectiveId(id()), ObjectiveId(id()), ObjectiveId(id()), ObjectiveId(id()));
    let (revenue, churn, calls) = (KeyResultId(id()), KeyResultId(id()), KeyResultId(id()));

    let person =
        |id, name: &str, role, teams| Record::Person(Person { id, name: name.to_owned(), email: None, role, teams });
    let cycle = |id, name: &str| {
        Record::Cycle(Cycle { id, name: name.to_owned(), span: Span::from_name(name), phase: Phase::Active })
    };
    let objective = |id, title: &str, cycle, parent: Option<NodeId>, owner| {
        Record::Objective(Objective {
            id,
            table_id: Some(title.to_lowercase()),
            title: title.to_owned(),
            description: String::new(),
            owner: Some(owner),
            teams: vec![team],
            cycle: Some(cycle),
            parent,
            rank: Rank::default(),
            company: title == "Company",
            supports: Vec::new(),
            stance: Stance::Committed,
            state: State::Agreed,
            weight: Weight::default(),
            counts: Counts::Both,
            closing: None,
        })
    };
    let key_result = |id, title: &str, objective, measure| {
        Record::KeyResult(KeyResult {
            id,
            table_id: None,
            objective,
            title: title.to_owned(),
            description: String::new(),
            owner: Some(member),
            team: None,
            measure,
            unit: String::new(),
            weight: Weight::default(),
            rank: Rank::default(),
            driven_by: DrivenBy::CheckIns,
            closing: None,
        })
    };
    let records = [
        Record::Team(Team { id: team, name: "Sales".to_owned(), parent: None, cadence: Default::default() }),
        person(admin, "Ada King", Role::Admin, Vec::new()),
        person(member, "Jonas Maria Silva", Role::Member, vec![team]),
        person(viewer, "Wim", Role::Viewer, Vec::new()),
        cycle(year, "2026"),
        cycle(quarter, "2026-Q1"),
        cycle(old_quarter, "2025-Q4"),
        objective(company, "Company", year, None, admin),
        key_result(revenue, "Revenue", company, reach(0, 200)),
        key_result(churn, "Churn", company, reach(10, 5)),
        objective(sell, "Sell", quarter, Some(revenue.into()), member),
        key_result(calls, "Calls", sell, reach(0, 50)),
        objective(old, "Old", old_quarter, Some(company.into()), admin),
        objective(loner, "Loner", quarter, None, member),
    ];
    for record in records {
        for change in workspace.decide(Actor::Operator, now, &Command::Add(record)).unwrap() {
            workspace.apply(&change);
        }
    }
    Sample { workspace, now, admin, member, viewer, team, year, quarter, old_quarter, company, sell, calls }
}
