use uuid::Uuid;

use super::{Fields, Moment, Problem, commands};
use crate::domain::change::{Change, Edit, Record, Replaced};
use crate::domain::command::{Actor, Close, Command};
use crate::domain::encoded::to_text;
use crate::domain::ids::NodeId;
use crate::domain::measure::{Bounds, Measure, Step, Value};
use crate::domain::number::Finite;
use crate::domain::okr::{KeyResultField, ObjectiveField, Verdict};
use crate::domain::progress::Weight;
use crate::domain::sample::{Sample, sample};
use crate::domain::testing::{Company, noon};
use crate::domain::workspace::Workspace;

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn read(sample: &Sample, node: impl Into<NodeId>, pairs: &[(&str, &str)]) -> Result<Vec<Command>, Problem> {
    let mut next = 1_000;
    let mut new_id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    let mut moment = Moment { now: sample.now, actor: Actor::Person(sample.member), new_id: &mut new_id };
    commands(&sample.workspace, Some(node.into()), &fields(pairs), &mut moment)
}

#[test]
fn a_check_in_is_read_as_typed() {
    let sample = sample();
    let form = [("form", "check-in"), ("value", "50%"), ("confidence", "7"), ("note", " one\r\ntwo ")];
    let commands = read(&sample, sample.calls, &form).unwrap();
    let [Command::Add(Record::CheckIn(check_in))] = &commands[..] else { panic!("{commands:?}") };
    assert_eq!((check_in.value.plain().as_str(), check_in.note.as_str()), ("25", "one\ntwo"));
    assert_eq!(check_in.confidence.map(|confidence| confidence.get()), Some(7));
    for command in &commands {
        sample.workspace.decide(Actor::Person(sample.member), sample.now, command).unwrap();
    }
}

#[test]
fn what_is_wrong_is_told_at_its_field() {
    let sample = sample();
    let problem = |value, confidence| {
        let form = [("form", "check-in"), ("value", value), ("confidence", confidence)];
        read(&sample, sample.calls, &form).unwrap_err().field
    };
    assert_eq!(problem("many", "").as_deref(), Some("value"));
    assert_eq!(problem("1", "11").as_deref(), Some("confidence"));
    assert_eq!(problem("1", "-1").as_deref(), Some("confidence"));
    assert_eq!(read(&sample, sample.calls, &[("form", "nonsense")]).unwrap_err().field, None);
}

#[test]
fn only_what_differs_is_edited_and_the_owner_last() {
    let sample = sample();
    let was = &sample.workspace.objective(sample.sell).unwrap().objective;
    let seen = to_text(was).unwrap();
    let (team, cycle, admin) = (sample.team.to_string(), sample.quarter.to_string(), sample.admin.to_string());
    let form = [
        ("form", "edit"),
        ("was", &seen),
        ("title", "Sell more"),
        ("team", &team),
        ("cycle", &cycle),
        ("owner", &admin),
    ];
    let commands = read(&sample, sample.sell, &form).unwrap();
    assert_eq!(commands.len(), 2);
    let title =
        Replaced { was: ObjectiveField::Title("Sell".to_owned()), is: ObjectiveField::Title("Sell more".to_owned()) };
    assert_eq!(commands[0], Command::Edit(Edit::Objective(sample.sell, title)));
    assert!(matches!(&commands[1], Command::Edit(Edit::Objective(_, Replaced { is: ObjectiveField::Owner(_), .. }))));
}

/// Changes a field of the objective `Sell` as somebody else.
fn meanwhile(sample: &mut Sample, was: ObjectiveField, is: ObjectiveField) {
    sample.workspace.apply(&Change::Edited(Edit::Objective(sample.sell, Replaced { was, is })));
}

fn title(title: &str) -> ObjectiveField {
    ObjectiveField::Title(title.to_owned())
}

#[test]
fn two_versions_are_both_shown_and_either_can_be_taken() {
    let mut sample = sample();
    let was = sample.workspace.objective(sample.sell).unwrap().objective.clone();
    let seen = to_text(&was).unwrap();
    let (team, cycle, owner) = (sample.team.to_string(), sample.quarter.to_string(), sample.member.to_string());
    let admin = sample.admin;
    meanwhile(&mut sample, title("Sell"), title("Theirs"));
    meanwhile(&mut sample, ObjectiveField::Owner(was.owner), ObjectiveField::Owner(Some(admin)));
    let edit = |sample: &Sample, more: &[(&str, &str)]| {
        let mut form = vec![
            ("form", "edit"),
            ("was", seen.as_str()),
            ("title", "Mine"),
            ("description", "New"),
            ("team", team.as_str()),
            ("cycle", cycle.as_str()),
        ];
        form.extend_from_slice(more);
        read(sample, sample.sell, &form)
    };
    let problem = edit(&sample, &[("owner", "")]).unwrap_err();
    let told: Vec<_> = problem.clashes.iter().map(|clash| (clash.field.as_str(), clash.theirs.as_str())).collect();
    assert_eq!(told, [("title", "Theirs"), ("owner", "Ada King")], "all of them, and not the description");
    let now = problem.now.unwrap();

    let choices = [("now", now.as_str()), ("owner", ""), ("take:title", "theirs"), ("take:owner", "mine")];
    let commands = edit(&sample, &choices).unwrap();
    let [Command::Edit(Edit::Objective(_, text)), Command::Edit(Edit::Objective(_, owner_edit))] = &commands[..] else {
        panic!("{commands:?}")
    };
    assert!(matches!(&text.is, ObjectiveField::Description(text) if text == "New"));
    let given_up = Replaced { was: ObjectiveField::Owner(Some(sample.admin)), is: ObjectiveField::Owner(None) };
    assert_eq!(*owner_edit, given_up);

    // Whoever did not change a field has no part in what happened to it.
    let commands = edit(&sample, &[("now", &now), ("owner", &owner), ("take:title", "mine")]).unwrap();
    assert_eq!(commands.len(), 2, "{commands:?}");

    // A choice holds for what its author saw, and for nothing that came after it.
    meanwhile(&mut sample, title("Theirs"), title("Theirs, again"));
    for choice in ["mine", "theirs"] {
        let problem = edit(&sample, &[("now", &now), ("owner", &owner), ("take:title", choice)]).unwrap_err();
        assert_eq!(problem.clashes[0].theirs, "Theirs, again");
    }
}

#[test]
fn a_target_that_two_people_set_is_told_in_words() {
    let mut sample = sample();
    let was = sample.workspace.key_result(sample.calls).unwrap().key_result.clone();
    let seen = to_text(&was).unwrap();
    let theirs = Measure::Reach { baseline: Some(Finite::from(0)), target: Some(Finite::from(75)) };
    let edit = Replaced { was: KeyResultField::Measure(was.measure.clone()), is: KeyResultField::Measure(theirs) };
    sample.workspace.apply(&Change::Edited(Edit::KeyResult(sample.calls, edit)));
    let owner = sample.member.to_string();
    let form = [
        ("form", "edit"),
        ("was", &seen),
        ("title", "Calls"),
        ("owner", &owner),
        ("measure", "reach"),
        ("baseline", "0"),
        ("target", "60"),
    ];
    let problem = read(&sample, sample.calls, &form).unwrap_err();
    assert_eq!(problem.clashes.len(), 1);
    assert_eq!((problem.clashes[0].field.as_str(), problem.clashes[0].theirs.as_str()), ("measure", "from 0 to 75"));
}

#[test]
fn the_author_of_the_other_version_is_named() {
    let sample = sample();
    let author = |by, days| sample.workspace.author(by, sample.now - chrono::TimeDelta::days(days));
    assert_eq!(author(Actor::Person(sample.admin), 0), "Ada King changed this today");
    assert_eq!(author(Actor::Operator, 3), "The command line changed this 3 d ago");
}

#[test]
fn closing_takes_a_score_for_each_key_result() {
    let sample = sample();
    let name = format!("score:{}", sample.calls);
    let seen = format!("seen:{}", sample.calls);
    let close = |score: &str, verdict: &str, seen_ppm: &str| {
        let form =
            [("form", "close"), ("verdict", verdict), ("learned", " Call early. "), (&name, score), (&seen, seen_ppm)];
        read(&sample, sample.sell, &form)
    };
    let commands = close("0,7", "adapt", "0").unwrap();
    let [Command::Close(command)] = &commands[..] else { panic!("{commands:?}") };
    assert_eq!((command.scores[0].1.get(), command.learned.as_str()), (700_000, "Call early."));
    let decide = |command: &Command| sample.workspace.decide(Actor::Person(sample.member), sample.now, command);
    assert!(decide(&commands[0]).is_ok());
    for score in ["", "1.01", "-0.1", "seven", "NaN", "70%", &"9".repeat(1_000_000)] {
        assert_eq!(close(score, "keep", "0").unwrap_err().field.as_deref(), Some(name.as_str()));
    }
    assert_eq!(close("0.7", "", "0").unwrap_err().field.as_deref(), Some("verdict"));
    assert_eq!(close("0.7", "burn", "0").unwrap_err().field.as_deref(), Some("verdict"));

    // Somebody checked it in meanwhile.
    let stale = close("0.7", "keep", "250000").unwrap();
    let refusal = decide(&stale[0]).unwrap_err();
    assert_eq!(refusal.field.as_deref(), Some(name.as_str()));
    assert!(refusal.message.contains("“Calls” has moved in the meantime and is at 0"), "{}", refusal.message);
}

#[test]
fn an_objective_closes_once_and_with_a_lesson_of_bounded_length() {
    let mut sample = sample();
    let close = |learned: &str, verdict| {
        Command::Close(Close {
            objective: sample.sell,
            scores: Vec::new(),
            seen: Vec::new(),
            learned: learned.to_owned(),
            verdict,
        })
    };
    let keep = Some(Verdict::Keep);
    let refused = |workspace: &Workspace, actor, command: &Command| {
        let refusal = workspace.decide(actor, sample.now, command).unwrap_err();
        (refusal.field.unwrap_or_default(), refusal.message)
    };
    let (member, viewer) = (Actor::Person(sample.member), Actor::Person(sample.viewer));
    assert_eq!(refused(&sample.workspace, member, &close(&"x".repeat(3_000_000), keep)).0, "learned");
    assert_eq!(refused(&sample.workspace, member, &close("", None)).0, "verdict");
    assert!(refused(&sample.workspace, viewer, &close("", keep)).1.contains("viewers change nothing"));
    let once = close("", keep);
    let changes = sample.workspace.decide(member, sample.now, &once).unwrap();
    for change in &changes {
        sample.workspace.apply(change);
    }
    let refusal = sample.workspace.decide(member, sample.now, &once).unwrap_err();
    assert_eq!(refusal.message, "This objective is closed already.");
}

#[test]
fn every_measure_can_be_written() {
    let sample = sample();
    let measure = |pairs: &[(&str, &str)]| {
        let mut form = vec![("form", "new-key-result"), ("title", "New")];
        form.extend_from_slice(pairs);
        read(&sample, sample.sell, &form).map(|commands| match &commands[..] {
            [Command::Add(Record::KeyResult(key_result))] => key_result.measure.clone(),
            other => panic!("{other:?}"),
        })
    };
    let finite = |value| Finite::new(value);
    assert_eq!(
        measure(&[("measure", "reach"), ("baseline", "-1.5"), ("target", "1.2m")]),
        Ok(Measure::Reach { baseline: finite(-1.5), target: finite(1_200_000.0) })
    );
    assert!(matches!(
        measure(&[("measure", "between"), ("baseline", "4"), ("target", "5"), ("counting", "share")]),
        Ok(Measure::Hold { bounds: Bounds::Between(..), .. })
    ));
    let Ok(Measure::Milestones { steps }) = measure(&[("measure", "milestones"), ("steps", "One\r\n\r\n2 × Two")])
    else {
        panic!("no milestones")
    };
    assert_eq!(
        steps.iter().map(|step| (step.title.as_str(), step.weight.get())).collect::<Vec<_>>(),
        [("One", 1), ("Two", 2)]
    );
    assert_eq!(measure(&[("measure", "")]).unwrap_err().field.as_deref(), Some("measure"));
    assert_eq!(
        measure(&[("measure", "reach"), ("baseline", "3"), ("target", "3")]).unwrap_err().field.as_deref(),
        Some("target")
    );
    assert_eq!(measure(&[("measure", "at_least"), ("target", "1e999")]).unwrap_err().field.as_deref(), Some("target"));
}

#[test]
fn steps_that_are_done_stay_done_when_the_list_is_rewritten() {
    let step = |title: &str| Step { title: title.to_owned(), weight: Weight::default() };
    let mut company = Company::on("2026-05-04");
    let top = company.objective(None);
    // A table may bring steps that no form can show.
    let steps = vec![step("2 * 100 homes"), step(""), step("built"), step("sold")];
    let id = company.key_result(top, Measure::Milestones { steps: steps.clone() });
    company.check_in(id, Value::Steps([2].into()));
    let was = to_text(&company.workspace.key_result(id).unwrap().key_result).unwrap();
    let mut send = |title: &str, steps: &str, driven_by: &str| {
        let new = company.id();
        let pairs = [
            ("form", "edit"),
            ("was", was.as_str()),
            ("title", title),
            ("measure", "milestones"),
            ("steps", steps),
            ("weight", "1"),
            ("driven_by", driven_by),
        ];
        let fields = Fields(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
        let now = noon(company.workspace.today());
        let mut moment = Moment { now, actor: Actor::Operator, new_id: &mut || new };
        let made = commands(&company.workspace, Some(id.into()), &fields, &mut moment).unwrap();
        made.iter().for_each(|command| company.run(command));
        let node = company.workspace.key_result(id).unwrap();
        (made.len(), node.key_result.measure.clone(), node.current().unwrap().value.clone())
    };
    let (count, measure, done) = send("Another title", "2 * 100 homes\n\nbuilt\nsold", "check_ins");
    assert_eq!((count, measure), (1, Measure::Milestones { steps }), "only the title was rewritten");
    assert_eq!(done, Value::Steps([2].into()));
    let (count, measure, done) = send("Another title", "built\nsold", "aligned");
    assert_eq!((count, measure), (3, Measure::Milestones { steps: vec![step("built"), step("sold")] }));
    assert_eq!(done, Value::Steps([0].into()));
}
