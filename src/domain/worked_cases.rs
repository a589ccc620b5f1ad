//! Cases worked by hand, each through commands and changes as in life.

use super::change::{Edit, Record, Replaced};
use super::command::{Actor, Close, Command, Reason};
use super::cycle::{CycleField, Phase};
use super::ids::{CycleId, KeyResultId, NodeId, ObjectiveId, PersonId, TeamId};
use super::measure::{Bounds, Grade, HoldCounting, Measure, Value};
use super::number::Finite;
use super::okr::{Counts, DrivenBy, KeyResultField, ObjectiveField, State, Verdict};
use super::pace::Pace;
use super::people::Role;
use super::progress::Ppm;
use super::rollup::LeftOut;
use super::row::Status;
use super::testing::{Company, day, graded, hold, number, reach, steps, steps_done};
use super::workspace::{History, Workspace};

fn finite(value: f64) -> Option<Finite> {
    Finite::new(value)
}

#[test]
fn a_value_says_how_far_a_key_result_is() {
    let cases = [
        (reach(100.0, 60.0), number(80.0), "50 %"),
        (reach(100.0, 60.0), number(70.0), "75 %"),
        (reach(100.0, 60.0), number(50.0), "125 %"),
        (reach(15.0, 35.0), number(20.0), "25 %"),
        (reach(0.0, 100.0), number(-20.0), "−20 %"),
        (hold(Bounds::AtMost(finite(25.0))), number(25.0), "100 %"),
        (hold(Bounds::AtMost(finite(25.0))), number(27.0), "0 %"),
        (hold(Bounds::AtLeast(finite(90.0))), number(90.0), "100 %"),
        (hold(Bounds::AtLeast(finite(90.0))), number(89.9), "0 %"),
        (hold(Bounds::Between(finite(4.0), finite(5.0))), number(4.0), "100 %"),
        (hold(Bounds::Between(finite(4.0), finite(5.0))), number(5.1), "0 %"),
        (graded(), Value::Grade(Grade::None), "0 %"),
        (graded(), Value::Grade(Grade::Commit), "30 %"),
        (graded(), Value::Grade(Grade::Target), "70 %"),
        (graded(), Value::Grade(Grade::Stretch), "100 %"),
        (steps(6), steps_done(3), "50 %"),
        (Measure::Reach { baseline: None, target: finite(3.0) }, number(3.0), "–"),
        (Measure::Reach { baseline: finite(3.0), target: None }, number(3.0), "–"),
        (hold(Bounds::AtLeast(None)), number(3.0), "–"),
    ];
    for (measure, value, shown) in cases {
        let mut company = Company::on("2026-05-04");
        let objective = company.objective(None);
        let key_result = company.key_result(objective, measure.clone());
        company.check_in(key_result, value.clone());
        assert_eq!(company.percent(key_result), shown, "{measure:?} at {value:?}");
    }
}

#[test]
fn unknown_is_not_zero_and_not_started_is() {
    let mut company = Company::on("2026-05-04");
    let objective = company.objective(None);
    assert_eq!(company.percent(objective), "–");
    let unknown = company.key_result(objective, steps(0));
    assert_eq!(company.percent(unknown), "–");
    assert!(!company.workspace.is_not_started(unknown));
    assert_eq!(company.percent(objective), "–");
    let waiting = company.key_result(objective, hold(Bounds::AtMost(finite(3.0))));
    assert!(company.workspace.is_not_started(waiting));
    assert_eq!(company.percent(waiting), "0 %");
    assert_eq!(company.percent(objective), "0 %");
    company.key_result_at(objective, 80.0);
    assert_eq!(company.percent(objective), "40 %");
}

#[test]
fn contributions_make_a_weighted_mean() {
    let shown = |parts: &[(f64, u16)]| {
        let mut company = Company::on("2026-05-04");
        let objective = company.objective(None);
        for (percent, weight) in parts {
            let key_result = company.key_result_at(objective, *percent);
            company.weigh(key_result, *weight);
        }
        company.percent(objective)
    };
    assert_eq!(shown(&[(100.0, 1), (0.0, 1), (0.0, 1)]), "33 %");
    assert_eq!(shown(&[(-20.0, 1), (100.0, 1)]), "50 %");
    assert_eq!(shown(&[(40.0, 2), (20.0, 3)]), "28 %");
    assert_eq!(shown(&[(40.0, 0), (20.0, 0)]), "–");
    assert_eq!(shown(&[(125.0, 1), (50.0, 1)]), "75 %");
}

#[test]
fn each_level_rounds_and_the_next_adds_up_the_rounded() {
    let mut company = Company::on("2026-05-04");
    let top = company.objective(None);
    company.key_result_at(top, 27.0);
    company.key_result_at(top, 18.0);
    let aligned = company.objective(Some(top.into()));
    company.key_result_at(aligned, 73.0);
    assert_eq!(company.percent(top), "39 %");
    company.key_result_at(aligned, 0.0);
    company.key_result_at(aligned, 0.0);
    assert_eq!(company.workspace.progress(aligned.into()).map(Ppm::get), Some(243_333));
    assert_eq!(company.workspace.progress(top.into()).map(Ppm::get), Some(231_111));
}

#[test]
fn a_key_result_is_driven_by_what_is_aligned_under_it_only_if_it_says_so() {
    let mut company = Company::on("2026-05-04");
    let top = company.objective(None);
    let key_result = company.key_result_at(top, 10.0);
    let aligned = company.objective(Some(key_result.into()));
    company.key_result_at(aligned, 60.0);
    assert_eq!(company.percent(top), "10 %");
    assert_eq!(company.workspace.left_out(aligned.into()), Some(LeftOut::NotDriven));
    company.edit_key_result(
        key_result,
        KeyResultField::DrivenBy(DrivenBy::CheckIns),
        KeyResultField::DrivenBy(DrivenBy::Aligned),
    );
    assert_eq!(company.percent(top), "60 %");
    assert_eq!(company.workspace.left_out(aligned.into()), None);
    let admin = company.person("Ada", Role::Admin, &[]);
    let mut check_in = company.check_in_record(key_result, day("2026-05-04"), number(3.0), None);
    check_in.by = Some(admin);
    let refusal = company.try_as(Actor::Person(admin), &Command::Add(Record::CheckIn(check_in))).unwrap_err();
    assert_eq!(refusal.field.as_deref(), Some("value"));
}

#[test]
fn drafts_proposals_and_the_dropped_are_left_out_but_keep_their_own_number() {
    for state in [State::Draft, State::Proposed, State::Dropped] {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        company.key_result_at(top, 80.0);
        let aligned = company.objective(Some(top.into()));
        company.key_result_at(aligned, 0.0);
        assert_eq!(company.percent(top), "40 %");
        company.set_state(aligned, state);
        assert_eq!(company.percent(top), "80 %", "{state:?}");
        assert_eq!(company.percent(aligned), "0 %");
        assert_eq!(company.workspace.left_out(aligned.into()), Some(LeftOut::State));
    }
}

#[test]
fn a_parent_may_narrow_what_counts() {
    let mut company = Company::on("2026-05-04");
    let top = company.objective(None);
    company.key_result_at(top, 80.0);
    let aligned = company.objective(Some(top.into()));
    company.key_result_at(aligned, 20.0);
    let counts = |company: &mut Company, was, is| {
        company.edit_objective(top, ObjectiveField::Counts(was), ObjectiveField::Counts(is))
    };
    assert_eq!(company.percent(top), "50 %");
    counts(&mut company, Counts::Both, Counts::KeyResults);
    assert_eq!(company.percent(top), "80 %");
    counts(&mut company, Counts::KeyResults, Counts::Aligned);
    assert_eq!(company.percent(top), "20 %");
}

#[test]
fn the_latest_check_in_that_nobody_replaced_holds() {
    let mut company = Company::on("2026-05-04");
    let objective = company.objective(None);
    let key_result = company.key_result(objective, reach(0.0, 100.0));
    let first = company.check_in_on(key_result, "2026-04-20", number(10.0), Some(9));
    let second = company.check_in_on(key_result, "2026-04-27", number(20.0), Some(8));
    company.check_in_on(key_result, "2026-04-13", number(5.0), Some(1));
    assert_eq!(company.percent(key_result), "20 %");
    company.check_in_on(key_result, "2026-04-27", number(25.0), None);
    assert_eq!(company.percent(key_result), "25 %", "of equal times the later recorded");
    assert_eq!(company.workspace.confidence(key_result.into()), None, "an older confidence is not carried over");
    let mut correction = company.check_in_record(key_result, day("2026-04-14"), number(7.0), Some(3));
    correction.replaces = Some(second);
    company.add(Record::CheckIn(correction));
    assert_eq!(company.percent(key_result), "25 %");
    assert_eq!(company.workspace.key_result(key_result).unwrap().check_ins.len(), 5);
    let mut other = company.key_result_record(objective, reach(0.0, 1.0));
    other.title = "Another".to_owned();
    let other_id = other.id;
    company.add(Record::KeyResult(other));
    let mut stray = company.check_in_record(other_id, day("2026-04-14"), number(7.0), None);
    stray.replaces = Some(first);
    assert!(company.try_as(Actor::Operator, &Command::Add(Record::CheckIn(stray))).is_err());
}

#[test]
fn a_share_counts_nothing_from_before_the_stretch_of_its_first_due_date() {
    let mut company = Company::on("2026-04-07");
    let cycle = company.cycle("2026-Q2", "2026-04-01", "2026-06-30");
    let objective = company.objective(None);
    company.edit_objective(objective, ObjectiveField::Cycle(None), ObjectiveField::Cycle(Some(cycle)));
    let measure = Measure::Hold { bounds: Bounds::AtMost(finite(10.0)), counting: HoldCounting::Share };
    let key_result = company.key_result(objective, measure);
    company.check_in_on(key_result, "2026-01-05", number(5.0), None);
    assert_eq!(company.percent(key_result), "0 %");
    assert!(company.workspace.is_stale(key_result));
    company.check_in_on(key_result, "2026-03-31", number(5.0), None);
    assert_eq!(company.percent(key_result), "100 %", "since the Monday before");
}

#[test]
fn what_is_driven_by_aligned_objectives_neither_holds_nor_breaks() {
    let mut company = Company::on("2026-05-04");
    let objective = company.objective(None);
    let key_result = company.key_result(objective, hold(Bounds::AtMost(finite(10.0))));
    company.check_in(key_result, number(50.0));
    company.edit_key_result(
        key_result,
        KeyResultField::DrivenBy(DrivenBy::CheckIns),
        KeyResultField::DrivenBy(DrivenBy::Aligned),
    );
    let below = company.objective(Some(key_result.into()));
    company.key_result_at(below, 100.0);
    let row = company.workspace.row(key_result.into(), Actor::Operator).unwrap();
    assert_eq!((company.percent(key_result).as_str(), row.status, row.checked), ("100 %", Status::Silent, None));
}

#[test]
fn a_browser_knows_what_is_due_also_where_the_measure_changed_since_the_check_in() {
    let mut company = Company::on("2026-05-06");
    let objective = company.objective(None);
    let key_result = company.key_result(objective, reach(0.0, 100.0));
    company.check_in_on(key_result, "2026-05-05", number(50.0), None);
    company.edit_key_result(key_result, KeyResultField::Measure(reach(0.0, 100.0)), KeyResultField::Measure(graded()));
    let browser = Workspace::from_snapshot(company.workspace.snapshot(History::Current));
    assert_eq!((company.workspace.due(key_result), browser.due(key_result)), (None, None));
}

#[test]
fn nothing_below_a_closed_objective_is_the_weakest_by_what_was_said_since() {
    let mut company = Company::on("2026-05-04");
    let objective = company.objective(None);
    let below = company.objective(Some(objective.into()));
    let key_result = company.key_result(below, reach(0.0, 100.0));
    company.check_in_on(key_result, "2026-05-01", number(10.0), Some(2));
    let verdict = Some(Verdict::Keep);
    let (scores, seen, learned) = (Vec::new(), Vec::new(), String::new());
    company.run(&Command::Close(Close { objective, scores, seen, learned, verdict }));
    company.check_in(key_result, number(90.0));
    assert_eq!(company.workspace.confidence(objective.into()).map(u8::from), Some(2));
    assert_eq!(company.workspace.explain(objective.into()).weakest, []);
}

#[test]
fn a_share_counts_due_dates() {
    let mut company = Company::on("2026-06-29");
    let cycle = company.cycle("spring", "2026-03-30", "2026-06-28");
    let mut objective = company.objective_record(None);
    objective.cycle = Some(cycle);
    let id = objective.id;
    company.add(Record::Objective(objective));
    let bounds = Bounds::Between(finite(4.0), finite(5.0));
    let key_result = company.key_result(id, Measure::Hold { bounds, counting: HoldCounting::Share });
    let mondays: Vec<_> = super::cadence::Cadence::default().due_dates(day("2026-03-30"), day("2026-06-28")).collect();
    assert_eq!(mondays.len(), 13);
    for (week, monday) in mondays.iter().enumerate().filter(|(week, _)| *week != 5) {
        let value = if week < 3 { 3.0 } else { 4.5 };
        company.check_in_on(key_result, &monday.to_string(), number(value), None);
    }
    assert_eq!(company.percent(key_result), "69 %");
    let node = company.workspace.key_result(key_result).unwrap();
    let share = company.workspace.share(node);
    assert_eq!((share.held, share.due), (9, 13));
    assert_eq!(company.workspace.pace(key_result.into()), None);
}

#[test]
fn a_share_moves_with_the_day_up_to_the_root() {
    let mut company = Company::on("2026-04-06");
    let cycle = company.cycle("spring", "2026-03-30", "2026-06-28");
    let mut objective = company.objective_record(None);
    objective.cycle = Some(cycle);
    let id = objective.id;
    company.add(Record::Objective(objective));
    let measure = Measure::Hold { bounds: Bounds::AtLeast(finite(1.0)), counting: HoldCounting::Share };
    let key_result = company.key_result(id, measure);
    company.check_in_on(key_result, "2026-03-30", number(1.0), None);
    assert_eq!(company.percent(id), "100 %", "today's check-in is not missed yet");
    company.workspace.set_today(day("2026-04-07"));
    assert_eq!(company.percent(id), "50 %");
    assert_eq!(Workspace::from_snapshot(company.workspace.snapshot(History::Full)), company.workspace);
}

#[test]
fn pace_is_the_gap_to_the_days_gone_by() {
    let mut company = Company::on("2026-04-15");
    let cycle = company.cycle("April", "2026-04-01", "2026-04-30");
    let mut objective = company.objective_record(None);
    objective.cycle = Some(cycle);
    let id = objective.id;
    company.add(Record::Objective(objective));
    let key_result = company.key_result_at(id, 40.0);
    assert_eq!(company.workspace.expected(id.into()).map(Ppm::get), Some(500_000));
    for (value, pace) in
        [(40.0, Pace::OnTrack), (39.9, Pace::Behind), (25.0, Pace::Behind), (24.9, Pace::AtRisk), (-20.0, Pace::AtRisk)]
    {
        company.check_in(key_result, number(value));
        assert_eq!(company.workspace.pace(key_result.into()), Some(pace), "{value}");
        assert_eq!(company.workspace.pace(id.into()), Some(pace), "{value}");
    }
    company.edit_objective(id, ObjectiveField::Cycle(Some(cycle)), ObjectiveField::Cycle(None));
    assert_eq!(company.workspace.pace(id.into()), None);
}

#[test]
fn the_weakest_contribution_gives_the_confidence() {
    let mut company = Company::on("2026-05-04");
    let top = company.objective(None);
    let strong = company.key_result(top, reach(0.0, 1.0));
    let aligned = company.objective(Some(top.into()));
    let weak = company.key_result(aligned, reach(0.0, 1.0));
    let unknown = company.key_result(aligned, steps(0));
    company.check_in_on(strong, "2026-05-04", number(0.5), Some(9));
    company.check_in_on(weak, "2026-05-04", number(0.5), Some(4));
    company.check_in_on(unknown, "2026-05-04", steps_done(0), Some(0));
    assert_eq!(company.workspace.confidence(top.into()).map(u8::from), Some(4));
    assert_eq!(company.workspace.explain(top.into()).weakest, [NodeId::from(aligned)]);
    let tied = company.key_result(top, reach(0.0, 1.0));
    company.check_in_on(tied, "2026-05-04", number(0.5), Some(4));
    assert_eq!(company.workspace.explain(top.into()).weakest, [tied.into(), NodeId::from(aligned)]);
    company.weigh(weak, 0);
    assert_eq!(company.workspace.confidence(aligned.into()), None);
}

#[test]
fn closing_freezes_and_scores() {
    let mut company = Company::on("2026-05-04");
    let top = company.objective(None);
    let aligned = company.objective(Some(top.into()));
    let first = company.key_result_at(aligned, 80.0);
    let second = company.key_result_at(aligned, 40.0);
    company.weigh(second, 3);
    let close = Close {
        objective: aligned,
        scores: vec![(second, Ppm::from_raw(0.5))],
        seen: Vec::new(),
        learned: "Start earlier.".to_owned(),
        verdict: Some(Verdict::Adapt),
    };
    company.run(&Command::Close(close));
    let closing = company.workspace.objective(aligned).unwrap().objective.closing.clone().unwrap();
    assert_eq!(closing.progress.map(Ppm::get), Some(500_000));
    assert_eq!(closing.score.map(Ppm::get), Some(575_000));
    assert_eq!(company.percent(top), "50 %");
    assert_eq!(company.workspace.pace(aligned.into()), None);
    let late = company.check_in_record(first, day("2026-05-04"), number(100.0), None);
    let refusal = company.try_as(Actor::Operator, &Command::Add(Record::CheckIn(late))).unwrap_err();
    assert_eq!(refusal.field.as_deref(), Some("state"));
    company.set_state(aligned, State::Agreed);
    assert_eq!(company.workspace.objective(aligned).unwrap().objective.closing, None);
    company.check_in(first, number(100.0));
    assert_eq!(company.percent(top), "55 %");
}

#[test]
fn a_move_under_itself_is_refused_whatever_the_path() {
    let mut company = Company::on("2026-05-04");
    let top = company.objective(None);
    let key_result = company.key_result_at(top, 10.0);
    let below = company.objective(Some(key_result.into()));
    let deepest = company.objective(Some(below.into()));
    for parent in [NodeId::from(top), key_result.into(), below.into(), deepest.into()] {
        let fields = Replaced { was: ObjectiveField::Parent(None), is: ObjectiveField::Parent(Some(parent)) };
        let refusal = company.try_as(Actor::Operator, &Command::Edit(Edit::Objective(top, fields))).unwrap_err();
        assert_eq!(refusal.field.as_deref(), Some("parent"));
    }
}

#[test]
fn an_edit_of_what_somebody_changed_is_a_conflict_that_brings_both() {
    let mut company = Company::on("2026-05-04");
    let id = company.objective(None);
    let was = ObjectiveField::Title("Rides that start by themselves".to_owned());
    let mine = ObjectiveField::Title("Mine".to_owned());
    company.edit_objective(id, was.clone(), ObjectiveField::Title("Theirs".to_owned()));
    let command = Command::Edit(Edit::Objective(id, Replaced { was, is: mine.clone() }));
    let refusal = company.try_as(Actor::Operator, &command).unwrap_err();
    let Reason::Conflict(conflict) = refusal.reason else { panic!("{refusal:?}") };
    assert_eq!(
        conflict.now,
        Edit::Objective(id, Replaced { was: ObjectiveField::Title("Theirs".to_owned()), is: mine })
    );
    company.run(&Command::Edit(conflict.now));
    assert_eq!(company.workspace.objective(id).unwrap().objective.title, "Mine");
}

#[test]
fn people_change_what_is_theirs() {
    let mut company = Company::on("2026-05-04");
    let team = company.team("Riders");
    let admin = company.person("Ada", Role::Admin, &[]);
    let owner = company.person("Olu", Role::Member, &[]);
    let mate = company.person("Mia", Role::Member, &[team]);
    let other = company.person("Oto", Role::Member, &[]);
    let viewer = company.person("Vic", Role::Viewer, &[team]);
    let mut owned = company.objective_record(None);
    owned.owner = Some(owner);
    owned.teams = vec![team];
    let owned_id = owned.id;
    company.add(Record::Objective(owned));
    let free = company.objective(None);
    let may = |person| {
        let actor = Actor::Person(person);
        (company.workspace.may_edit_objective(actor, owned_id), company.workspace.may_edit_objective(actor, free))
    };
    assert_eq!(may(admin), (true, true));
    assert_eq!(may(owner), (true, true));
    assert_eq!(may(mate), (true, true));
    assert_eq!(may(other), (false, true));
    assert_eq!(may(viewer), (false, false));
    let stranger = PersonId(company.id());
    assert!(!company.workspace.may_read(Actor::Person(stranger)));
    assert!(!company.workspace.may_edit_objective(Actor::Person(stranger), free));
}

#[test]
fn whatever_is_not_there_is_refused_by_name() {
    let mut company = Company::on("2026-05-04");
    let objective = company.objective(None);
    let nobody = company.id();
    let mut records = Vec::new();
    for break_it in 0..5 {
        let mut record = company.objective_record(None);
        match break_it {
            0 => record.owner = Some(PersonId(nobody)),
            1 => record.teams = vec![TeamId(nobody)],
            2 => record.cycle = Some(CycleId(nobody)),
            3 => record.parent = Some(ObjectiveId(nobody).into()),
            _ => record.supports = vec![ObjectiveId(nobody)],
        }
        records.push(Record::Objective(record));
    }
    records.push(Record::KeyResult(company.key_result_record(ObjectiveId(nobody), graded())));
    records.push(Record::CheckIn(company.check_in_record(KeyResultId(nobody), day("2026-05-04"), number(1.0), None)));
    for record in records {
        let refusal = company.try_as(Actor::Operator, &Command::Add(record)).unwrap_err();
        assert_eq!(refusal.reason, Reason::NotFound);
    }
    let again = company.workspace.objective(objective).unwrap().objective.clone();
    let refusal = company.try_as(Actor::Operator, &Command::Add(Record::Objective(again))).unwrap_err();
    assert_eq!(refusal.reason, Reason::AlreadyThere);
}

#[test]
fn a_cycle_takes_one_phase_at_a_time() {
    let mut company = Company::on("2026-05-04");
    let cycle = company.cycle("2026-Q2", "2026-04-01", "2026-06-30");
    let mut go = |was, is| {
        let fields = Replaced { was: CycleField::Phase(was), is: CycleField::Phase(is) };
        company.try_as(Actor::Operator, &Command::Edit(Edit::Cycle(cycle, fields)))
    };
    assert!(go(Phase::Active, Phase::Closed).is_err());
    assert!(go(Phase::Active, Phase::Review).is_ok());
    assert!(go(Phase::Review, Phase::Active).is_ok());
}

#[test]
fn a_check_in_is_stale_once_a_due_date_passed_without_one() {
    let mut company = Company::on("2026-05-04");
    let objective = company.objective(None);
    let key_result = company.key_result_at(objective, 10.0);
    let stale_on = |company: &mut Company, on| {
        company.workspace.set_today(day(on));
        company.workspace.is_stale(key_result)
    };
    assert!(!stale_on(&mut company, "2026-05-11"), "due today, and the day is not over");
    assert!(stale_on(&mut company, "2026-05-12"));
    company.check_in_on(key_result, "2026-05-12", number(11.0), None);
    assert!(!stale_on(&mut company, "2026-05-18"));
    assert!(!stale_on(&mut company, "2026-05-19"), "the check-in of the 12th is newer than the due date of the 11th");
    assert!(stale_on(&mut company, "2026-05-26"));
}

#[test]
fn another_measure_keeps_the_check_ins_and_counts_those_that_fit() {
    let mut company = Company::on("2026-05-04");
    let objective = company.objective(None);
    let key_result = company.key_result_at(objective, 50.0);
    company.edit_key_result(key_result, KeyResultField::Measure(reach(0.0, 100.0)), KeyResultField::Measure(graded()));
    assert!(company.workspace.is_not_started(key_result));
    company.edit_key_result(key_result, KeyResultField::Measure(graded()), KeyResultField::Measure(reach(0.0, 200.0)));
    assert_eq!(company.percent(key_result), "25 %");
}
