//! What holds for every sequence of commands.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use super::change::{Change, Edit, Record, Replaced};
use super::command::{Actor, Close, Command, Move, Refusal};
use super::ids::{CheckInId, KeyResultId, MutationId, NodeId, ObjectiveId};
use super::log::LogEntry;
use super::measure::{Bounds, Grade, HoldCounting, Measure, Value};
use super::number::Finite;
use super::okr::{Counts, DrivenBy, KeyResultField, ObjectiveField, State};
use super::people::Role;
use super::progress::Weight;
use super::testing::{Company, day, graded, hold, noon, number, reach, steps, steps_done};
use super::workspace::{History, Workspace};

/// A step that is made concrete against what is there: `pick`s choose among what exists.
#[derive(Clone, Debug)]
pub(super) enum Step {
    AddObjective { parent: usize },
    AddKeyResult { objective: usize, measure: usize },
    CheckIn { key_result: usize, value: i8, confidence: Option<u8>, day: u8, replaces: Option<usize> },
    Move { objective: usize, parent: usize },
    Place { node: usize, parent: usize, before: usize },
    Weigh { node: usize, weight: u16 },
    SetState { objective: usize, state: usize },
    Narrow { objective: usize, counts: usize },
    Drive { key_result: usize, driven_by: usize },
    Remeasure { key_result: usize, measure: usize },
    Close { objective: usize },
    NextDay,
    TakeBack,
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let pick = 0..64_usize;
    prop_oneof![
        3 => pick.clone().prop_map(|parent| Step::AddObjective { parent }),
        3 => (pick.clone(), 0..8_usize).prop_map(|(objective, measure)| Step::AddKeyResult { objective, measure }),
        6 => (pick.clone(), any::<i8>(), proptest::option::of(0..=10_u8), 0..40_u8, proptest::option::weighted(0.2, 0..8_usize))
            .prop_map(|(key_result, value, confidence, day, replaces)| Step::CheckIn { key_result, value, confidence, day, replaces }),
        3 => (pick.clone(), pick.clone()).prop_map(|(objective, parent)| Step::Move { objective, parent }),
        3 => (pick.clone(), pick.clone(), pick.clone()).prop_map(|(node, parent, before)| Step::Place { node, parent, before }),
        2 => (pick.clone(), prop_oneof![Just(0_u16), 1..4_u16, Just(1000)]).prop_map(|(node, weight)| Step::Weigh { node, weight }),
        2 => (pick.clone(), 0..5_usize).prop_map(|(objective, state)| Step::SetState { objective, state }),
        1 => (pick.clone(), 0..3_usize).prop_map(|(objective, counts)| Step::Narrow { objective, counts }),
        1 => (pick.clone(), 0..2_usize).prop_map(|(key_result, driven_by)| Step::Drive { key_result, driven_by }),
        1 => (pick.clone(), 0..8_usize).prop_map(|(key_result, measure)| Step::Remeasure { key_result, measure }),
        1 => pick.prop_map(|objective| Step::Close { objective }),
        1 => Just(Step::NextDay),
        1 => Just(Step::TakeBack),
    ]
}

fn measure(kind: usize) -> Measure {
    let bound = Finite::new(10.0);
    match kind {
        0 => reach(0.0, 100.0),
        1 => reach(50.0, -50.0),
        2 => Measure::Reach { baseline: None, target: bound },
        3 => hold(Bounds::AtLeast(bound)),
        4 => Measure::Hold { bounds: Bounds::AtMost(bound), counting: HoldCounting::Share },
        5 => steps(7),
        6 => steps(0),
        _ => graded(),
    }
}

fn value_for(measure: &Measure, value: i8) -> Value {
    match measure {
        Measure::Reach { .. } | Measure::Hold { .. } => number(f64::from(value)),
        Measure::Milestones { .. } => steps_done(u16::from(value.unsigned_abs()) % 9),
        Measure::Graded { .. } => Value::Grade(Grade::ALL[usize::from(value.unsigned_abs()) % 4]),
    }
}

struct Picks {
    objectives: Vec<ObjectiveId>,
    key_results: Vec<KeyResultId>,
}

impl Picks {
    fn of(workspace: &Workspace) -> Self {
        let snapshot = workspace.snapshot(History::Current);
        Self {
            objectives: snapshot.objectives.iter().map(|objective| objective.id).collect(),
            key_results: snapshot.key_results.iter().map(|key_result| key_result.id).collect(),
        }
    }

    fn objective(&self, pick: usize) -> Option<ObjectiveId> {
        self.objectives.get(pick % self.objectives.len().max(1)).copied()
    }

    fn key_result(&self, pick: usize) -> Option<KeyResultId> {
        self.key_results.get(pick % self.key_results.len().max(1)).copied()
    }

    /// Now and then nothing.
    fn node(&self, pick: usize) -> Option<NodeId> {
        match pick % 5 {
            0 => None,
            1 => self.key_result(pick / 5).map(NodeId::from),
            _ => self.objective(pick / 5).map(NodeId::from),
        }
    }
}

fn command(company: &mut Company, step: &Step) -> Option<Command> {
    let picks = Picks::of(&company.workspace);
    let add = |record| Some(Command::Add(record));
    match *step {
        Step::AddObjective { parent } => {
            let mut objective = company.objective_record(picks.node(parent));
            objective.cycle = company.workspace.cycles().next().map(|cycle| cycle.id).filter(|_| parent % 2 == 0);
            add(Record::Objective(objective))
        }
        Step::AddKeyResult { objective, measure: kind } => {
            add(Record::KeyResult(company.key_result_record(picks.objective(objective)?, measure(kind))))
        }
        Step::CheckIn { key_result, value, confidence, day: back, replaces } => {
            let node = company.workspace.key_result(picks.key_result(key_result)?)?.clone();
            let on = company.workspace.today() - chrono::Days::new(u64::from(back));
            let value = value_for(&node.key_result.measure, value);
            let mut check_in = company.check_in_record(node.key_result.id, on, value, confidence);
            check_in.replaces = replaces.and_then(|pick| node.check_ins.get(pick)).map(|check_in| check_in.id);
            add(Record::CheckIn(check_in))
        }
        Step::Move { objective, parent } => {
            let id = picks.objective(objective)?;
            let was = ObjectiveField::Parent(company.workspace.parent(id.into()));
            Some(edit_objective(id, was, ObjectiveField::Parent(picks.node(parent))))
        }
        Step::Place { node, parent, before } => {
            let node = picks.node(node)?;
            let from = company.workspace.parent(node);
            // Mostly among its siblings.
            let to = if parent % 3 == 0 { picks.node(parent) } else { from };
            Some(Command::Move(Move { node, from, to, before: picks.node(before) }))
        }
        Step::Weigh { node, weight } => {
            let weight = Weight::new(weight)?;
            Some(match picks.node(node)? {
                NodeId::Objective(id) => {
                    let was = ObjectiveField::Weight(company.workspace.weight(id.into())?);
                    edit_objective(id, was, ObjectiveField::Weight(weight))
                }
                NodeId::KeyResult(id) => {
                    let was = KeyResultField::Weight(company.workspace.weight(id.into())?);
                    edit_key_result(id, was, KeyResultField::Weight(weight))
                }
            })
        }
        Step::SetState { objective, state } => {
            let node = company.workspace.objective(picks.objective(objective)?)?;
            let was = ObjectiveField::State(node.objective.state);
            Some(edit_objective(node.objective.id, was, ObjectiveField::State(State::ALL[state])))
        }
        Step::Narrow { objective, counts } => {
            let node = company.workspace.objective(picks.objective(objective)?)?;
            let was = ObjectiveField::Counts(node.objective.counts);
            Some(edit_objective(node.objective.id, was, ObjectiveField::Counts(Counts::ALL[counts])))
        }
        Step::Drive { key_result, driven_by } => {
            let node = company.workspace.key_result(picks.key_result(key_result)?)?;
            let was = KeyResultField::DrivenBy(node.key_result.driven_by);
            Some(edit_key_result(node.key_result.id, was, KeyResultField::DrivenBy(DrivenBy::ALL[driven_by])))
        }
        Step::Remeasure { key_result, measure: kind } => {
            let node = company.workspace.key_result(picks.key_result(key_result)?)?;
            let was = KeyResultField::Measure(node.key_result.measure.clone());
            Some(edit_key_result(node.key_result.id, was, KeyResultField::Measure(measure(kind))))
        }
        Step::Close { objective } => {
            let close = Close {
                objective: picks.objective(objective)?,
                scores: Vec::new(),
                seen: Vec::new(),
                learned: String::new(),
                verdict: None,
            };
            Some(Command::Close(close))
        }
        Step::NextDay | Step::TakeBack => None,
    }
}

fn edit_objective(id: ObjectiveId, was: ObjectiveField, is: ObjectiveField) -> Command {
    Command::Edit(Edit::Objective(id, Replaced { was, is }))
}

fn edit_key_result(id: KeyResultId, was: KeyResultField, is: KeyResultField) -> Command {
    Command::Edit(Edit::KeyResult(id, Replaced { was, is }))
}

pub(super) fn company() -> Company {
    let mut company = Company::on("2026-05-04");
    company.cycle("2026-Q2", "2026-04-01", "2026-06-30");
    company.person("Ada", Role::Admin, &[]);
    company
}

/// Whether a change may be one of several that are taken back together: those of a move, and of a closing.
fn is_part(change: &Change) -> bool {
    match change {
        Change::Edited(Edit::Objective(_, fields)) => {
            let closed = ObjectiveField::State(State::Closed);
            let is_of_closing = fields.was == closed || fields.is == closed;
            is_of_closing || matches!(fields.is, ObjectiveField::Rank(_) | ObjectiveField::Closing(_))
        }
        Change::Edited(Edit::KeyResult(_, fields)) => {
            matches!(fields.is, KeyResultField::Rank(_) | KeyResultField::Closing(_))
        }
        _ => false,
    }
}

/// Takes a step, and returns the changes that it brought.
pub(super) fn take(company: &mut Company, step: &Step) -> Vec<Change> {
    let before = company.log.len();
    match step {
        Step::NextDay => {
            let tomorrow = company.workspace.today().succ_opt().unwrap();
            company.workspace.set_today(tomorrow);
        }
        Step::TakeBack => {
            // Only the last one can be taken back with no regard to what came after it.
            let is_whole = |last: &Change| !matches!(last, Change::Removed(_)) && !is_part(last);
            if let Some(last) = company.log.last().cloned().filter(is_whole) {
                let inverse = last.inverse();
                company.workspace.apply(&inverse);
                company.log.push(inverse);
            }
        }
        _ => {
            if let Some(command) = command(company, step) {
                // A refusal is as good as a change here: both must leave a sound workspace.
                let _ = company.try_as(Actor::Operator, &command);
            }
        }
    }
    company.log[before..].to_vec()
}

/// Changes as the log holds them, made at that time.
fn logged(changes: &[Change], at: DateTime<Utc>) -> Vec<LogEntry> {
    let entry = |(seq, change): (u64, &Change)| LogEntry {
        seq,
        at,
        by: Actor::Operator,
        mutation: MutationId(Uuid::nil()),
        undoes: None,
        change: change.clone(),
    };
    (1..).zip(changes).map(entry).collect()
}

/// Undoes what the log holds of a submission, and returns what that changed.
fn undo(workspace: &mut Workspace, entries: Vec<LogEntry>) -> Result<Vec<Change>, Refusal> {
    let command = Command::Undo(MutationId(Uuid::nil()));
    let now = noon(workspace.today());
    let changes = workspace.decide_with_log(Actor::Operator, now, &command, |_| entries)?;
    for change in &changes {
        workspace.apply(change);
    }
    Ok(changes)
}

fn recomputed(workspace: &Workspace) -> Workspace {
    Workspace::from_snapshot(workspace.snapshot(History::Full))
}

/// All that a screen shows as numbers.
pub(super) fn numbers(workspace: &Workspace) -> Vec<(NodeId, Option<i64>, Option<u8>, bool)> {
    let picks = Picks::of(workspace);
    let nodes =
        picks.objectives.iter().map(|id| NodeId::from(*id)).chain(picks.key_results.iter().map(|id| (*id).into()));
    nodes
        .map(|node| {
            let not_started = matches!(node, NodeId::KeyResult(id) if workspace.is_not_started(id));
            (node, workspace.shown_ppm(node), workspace.confidence(node).map(u8::from), not_started)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn an_incremental_roll_up_equals_a_full_one(steps in vec(step(), 1..60)) {
        let mut company = company();
        for step in &steps {
            take(&mut company, step);
            prop_assert_eq!(&recomputed(&company.workspace), &company.workspace, "after {:?}", step);
        }
    }

    #[test]
    fn nothing_ever_hangs_under_itself(steps in vec(step(), 1..80)) {
        let mut company = company();
        for step in &steps {
            take(&mut company, step);
        }
        let picks = Picks::of(&company.workspace);
        let most = picks.objectives.len() + picks.key_results.len();
        for id in picks.objectives {
            prop_assert!(company.workspace.ancestors(id.into()).take(most + 1).count() <= most);
        }
    }

    #[test]
    fn the_log_makes_the_same_workspace_again(steps in vec(step(), 1..60)) {
        let mut company = company();
        for step in &steps {
            take(&mut company, step);
        }
        let mut replayed = Workspace::empty(company.workspace.id, day("2026-05-04"));
        replayed.set_today(company.workspace.today());
        for change in &company.log {
            let stored = serde_json::to_string(change).unwrap();
            replayed.apply(&serde_json::from_str(&stored).unwrap());
        }
        prop_assert_eq!(replayed, company.workspace);
    }

    #[test]
    fn every_change_can_be_taken_back(steps in vec(step(), 1..40)) {
        let mut company = company();
        for step in &steps {
            let before = company.workspace.clone();
            let changes = take(&mut company, step);
            if matches!(step, Step::NextDay) {
                continue;
            }
            let after = company.workspace.clone();
            for change in changes.iter().rev() {
                company.workspace.apply(&change.clone().inverse());
            }
            prop_assert_eq!(&company.workspace, &before, "{:?}", step);
            for change in &changes {
                company.workspace.apply(change);
            }
            prop_assert_eq!(&company.workspace, &after);
        }
    }

    #[test]
    fn an_undo_restores_everything_and_a_redo_brings_it_back(steps in vec(step(), 1..40)) {
        let mut company = company();
        for step in &steps {
            let before = company.workspace.clone();
            // Undone at once: nothing was said since.
            let entries = logged(&take(&mut company, step), DateTime::<Utc>::MAX_UTC);
            if entries.is_empty() || matches!(step, Step::NextDay | Step::TakeBack) {
                continue;
            }
            let after = company.workspace.clone();
            let undone = undo(&mut company.workspace, entries).map_err(|refusal| TestCaseError::fail(refusal.message))?;
            prop_assert_eq!(&company.workspace, &before, "undo of {:?}", step);
            undo(&mut company.workspace, logged(&undone, DateTime::<Utc>::MAX_UTC)).map_err(|refusal| TestCaseError::fail(refusal.message))?;
            prop_assert_eq!(&company.workspace, &after, "redo of {:?}", step);
        }
    }

    #[test]
    fn an_undo_of_anything_is_whole_or_refused(steps in vec(step(), 1..40), pick in 0..40_usize) {
        let mut company = company();
        let done: Vec<Vec<Change>> = steps.iter().map(|step| take(&mut company, step)).collect();
        let entries = logged(&done[pick % done.len()], DateTime::UNIX_EPOCH);
        let before = company.workspace.clone();
        match undo(&mut company.workspace, entries) {
            Err(_) => prop_assert_eq!(&company.workspace, &before),
            Ok(undone) => {
                prop_assert_eq!(&recomputed(&company.workspace), &company.workspace);
                for change in undone.iter().rev() {
                    company.workspace.apply(&change.clone().inverse());
                }
                prop_assert_eq!(&company.workspace, &before);
            }
        }
    }

    #[test]
    fn a_browser_that_holds_only_current_check_ins_shows_the_same_numbers(
        before in vec(step(), 1..40),
        after in vec(step(), 1..40),
    ) {
        let mut company = company();
        for step in &before {
            take(&mut company, step);
        }
        let sent = postcard::to_allocvec(&company.workspace.snapshot(History::Current)).unwrap();
        let mut browser = Workspace::from_snapshot(postcard::from_bytes(&sent).unwrap());
        prop_assert_eq!(numbers(&browser), numbers(&company.workspace));
        for step in &after {
            let today = company.workspace.today();
            for change in take(&mut company, step) {
                for id in browser.apply(&change).incomplete {
                    let all = company.workspace.key_result(id).unwrap().check_ins.clone();
                    browser.complete(id, all);
                }
            }
            if company.workspace.today() != today {
                browser.set_today(company.workspace.today());
            }
            prop_assert_eq!(numbers(&browser), numbers(&company.workspace), "after {:?}", step);
        }
    }

    #[test]
    fn no_check_in_of_a_person_is_ahead_of_the_clock(at in -800 * 1440..800 * 1440_i64, days in -3..=3_i64) {
        let mut company = company();
        let ben = company.person("Ben", Role::Admin, &[]);
        let objective = company.objective(None);
        let id = company.key_result(objective, reach(0.0, 100.0));
        let (today, now) = (company.workspace.today(), noon(company.workspace.today()));
        let mut check_in = company.check_in_record(id, today, number(1.0), None);
        check_in.by = Some(ben);
        check_in.at = now + TimeDelta::minutes(at);
        check_in.day = check_in.at.date_naive() + TimeDelta::days(days);
        let command = Command::Add(Record::CheckIn(check_in.clone()));
        match company.workspace.decide(Actor::Person(ben), now, &command) {
            Err(_) => prop_assert!(at > 1440 || days.abs() > 1),
            Ok(changes) => {
                let [Change::Added(Record::CheckIn(made))] = &changes[..] else { unreachable!() };
                prop_assert!(made.at <= now && made.day <= today);
                prop_assert!(made.at == check_in.at || check_in.at > now, "what was said earlier stays earlier");
            }
        }
    }

    #[test]
    fn what_is_not_there_changes_nothing(steps in vec(step(), 1..30), stray in any::<u128>()) {
        let mut company = company();
        for step in &steps {
            take(&mut company, step);
        }
        let before = company.workspace.clone();
        let id = Uuid::from_u128(stray | 1 << 100);
        let mut check_in = company.check_in_record(KeyResultId(id), day("2026-05-04"), number(1.0), None);
        check_in.id = CheckInId(id);
        let strays = [
            Change::Added(Record::CheckIn(check_in)),
            Change::Edited(Edit::Objective(ObjectiveId(id), Replaced { was: ObjectiveField::Company(false), is: ObjectiveField::Company(true) })),
            Change::Edited(Edit::KeyResult(KeyResultId(id), Replaced { was: KeyResultField::Owner(None), is: KeyResultField::Owner(None) })),
        ];
        for change in &strays {
            company.workspace.apply(change);
        }
        prop_assert_eq!(company.workspace, before);
    }
}
