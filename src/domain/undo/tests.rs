use super::super::testing::{Company, day, noon, number, reach};
use super::*;
use crate::domain::change::Record;
use crate::domain::command::{Close, Move};
use crate::domain::ids::{KeyResultId, ObjectiveId, TeamId};
use crate::domain::okr::State;
use crate::domain::people::Role;
use crate::domain::workspace::History;

/// A company with a log that names who did what.
struct House {
    company: Company,
    log: Vec<LogEntry>,
    ada: Actor,
    ben: Actor,
    team: TeamId,
    objective: ObjectiveId,
    orders: KeyResultId,
}

fn house() -> House {
    let mut company = Company::on("2026-05-04");
    let team = company.team("Sales");
    let ada = Actor::Person(company.person("Ada", Role::Admin, &[]));
    let ben = Actor::Person(company.person("Ben", Role::Member, &[team]));
    let objective = company.objective(None);
    let orders = company.key_result(objective, reach(0.0, 200.0));
    House { company, log: Vec::new(), ada, ben, team, objective, orders }
}

impl House {
    fn submit(&mut self, by: Actor, commands: &[Command]) -> Result<MutationId, Refusal> {
        let now = noon(self.company.workspace.today());
        let mutation = MutationId(self.company.id());
        for command in commands {
            let log = self.log.clone();
            let find = |wanted| log.into_iter().filter(|entry| entry.mutation == wanted).collect();
            let changes = self.company.workspace.decide_with_log(by, now, command, find)?;
            for change in changes {
                self.company.workspace.apply(&change);
                let undoes = match command {
                    Command::Undo(undone) => Some(*undone),
                    _ => None,
                };
                let seq = self.log.len() as u64 + 1;
                self.log.push(LogEntry { seq, at: now, by, mutation, undoes, change });
            }
        }
        Ok(mutation)
    }

    fn undo(&mut self, by: Actor, mutation: MutationId) -> Result<MutationId, Refusal> {
        self.submit(by, &[Command::Undo(mutation)])
    }

    /// An undo that is refused and changes nothing; returns what it says.
    fn refused(&mut self, by: Actor, mutation: MutationId) -> Refusal {
        let before = self.company.workspace.clone();
        let refusal = self.undo(by, mutation).unwrap_err();
        assert_eq!(self.company.workspace, before);
        refusal
    }

    fn title(&mut self, by: Actor, was: &str, is: &str) -> MutationId {
        let fields = Replaced { was: ObjectiveField::Title(was.into()), is: ObjectiveField::Title(is.into()) };
        self.submit(by, &[Command::Edit(Edit::Objective(self.objective, fields))]).unwrap()
    }

    fn check_in(&mut self, by: Actor, value: f64) -> MutationId {
        let mut check_in = self.company.check_in_record(self.orders, day("2026-05-04"), number(value), None);
        check_in.by = by.person();
        self.submit(by, &[Command::Add(Record::CheckIn(check_in))]).unwrap()
    }

    fn current(&self) -> Option<String> {
        let node = self.company.workspace.key_result(self.orders).unwrap();
        node.current().map(|check_in| check_in.value.plain())
    }
}

const TITLE: &str = "Rides that start by themselves";

#[test]
fn a_value_goes_back_and_forth() {
    let mut house = house();
    let ben = house.ben;
    house.check_in(ben, 150.0);
    let mutation = house.check_in(ben, 160.0);
    let undo = house.undo(ben, mutation).unwrap();
    assert_eq!(house.current().as_deref(), Some("150"));
    let redo = house.undo(ben, undo).unwrap();
    assert_eq!(house.current().as_deref(), Some("160"));
    house.undo(ben, redo).unwrap();
    assert_eq!(house.current().as_deref(), Some("150"));
}

#[test]
fn nobody_undoes_what_another_did_and_nothing_twice() {
    let mut house = house();
    let (ada, ben) = (house.ada, house.ben);
    let mutation = house.check_in(ben, 160.0);
    assert_eq!(house.refused(ada, mutation).reason, Reason::NotAllowed);
    house.undo(ben, mutation).unwrap();
    assert_eq!(house.refused(ben, mutation).reason, Reason::NotFound);
    let unknown = MutationId(house.company.id());
    assert_eq!(house.refused(ben, unknown).reason, Reason::NotFound);
}

#[test]
fn what_others_wrote_since_is_in_the_way() {
    let mut house = house();
    let (ada, ben) = (house.ada, house.ben);
    let mine = house.title(ben, TITLE, "Mine");
    house.title(ada, "Mine", "Theirs");
    let refusal = house.refused(ben, mine);
    assert!(matches!(&refusal.reason, Reason::Conflict(_)));
    assert_eq!(refusal.message, "The title of an objective is “Theirs” by now.");

    let mine = house.check_in(ben, 160.0);
    house.check_in(ada, 170.0);
    let refusal = house.refused(ben, mine);
    assert_eq!(
        (refusal.reason, refusal.message.as_str()),
        (Reason::InTheWay, "Ada has checked “Seconds from tap to ride” in at 170 since.")
    );
}

#[test]
fn what_others_hung_under_it_is_in_the_way() {
    let mut house = house();
    let (ada, ben) = (house.ada, house.ben);
    let mut objective = house.company.objective_record(Some(house.objective.into()));
    objective.title = "Mine".into();
    let id = objective.id;
    let mine = house.submit(ben, &[Command::Add(Record::Objective(objective))]).unwrap();
    let key_result = house.company.key_result_record(id, reach(0.0, 1.0));
    let theirs = house.submit(ada, &[Command::Add(Record::KeyResult(key_result))]).unwrap();
    let refusal = house.refused(ben, mine);
    assert_eq!(refusal.message, "“Seconds from tap to ride” hangs under “Mine” by now.");
    house.undo(ada, theirs).unwrap();
    let fields = Replaced { was: ObjectiveField::Supports(vec![]), is: ObjectiveField::Supports(vec![id]) };
    house.submit(ada, &[Command::Edit(Edit::Objective(house.objective, fields))]).unwrap();
    assert_eq!(house.refused(ben, mine).message, format!("“{TITLE}” names “Mine” by now."));
}

#[test]
fn what_was_changed_since_it_was_made_stays() {
    let mut house = house();
    let (ada, ben) = (house.ada, house.ben);
    let objective = house.company.objective_record(None);
    let id = objective.id;
    let mine = house.submit(ben, &[Command::Add(Record::Objective(objective))]).unwrap();
    let fields = Replaced { was: ObjectiveField::Title(TITLE.into()), is: ObjectiveField::Title("Theirs".into()) };
    house.submit(ada, &[Command::Edit(Edit::Objective(id, fields))]).unwrap();
    assert_eq!(house.refused(ben, mine).message, "“Rides that start by themselves” was changed since it was made.");
}

#[test]
fn a_closing_is_undone_as_a_whole() {
    let mut house = house();
    let (ada, ben) = (house.ada, house.ben);
    house.check_in(ben, 100.0);
    let before = house.company.workspace.clone();
    let close = Close {
        objective: house.objective,
        scores: Vec::new(),
        learned: "Much.".into(),
        verdict: Some(crate::domain::okr::Verdict::Keep),
        seen: Vec::new(),
    };
    let closed = house.submit(ben, &[Command::Close(close)]).unwrap();
    let after = house.company.workspace.clone();
    let undo = house.undo(ben, closed).unwrap();
    assert_eq!(house.company.workspace, before);
    let redo = house.undo(ben, undo).unwrap();
    assert_eq!(house.company.workspace, after);
    let undo = house.undo(ben, redo).unwrap();
    // Its numbers have moved: closing it again as it was would freeze what is no longer so.
    let tomorrow = "2026-05-05";
    house.company.workspace.set_today(day(tomorrow));
    let mut check_in = house.company.check_in_record(house.orders, day(tomorrow), number(150.0), None);
    check_in.by = ada.person();
    house.submit(ada, &[Command::Add(Record::CheckIn(check_in))]).unwrap();
    assert_eq!(house.refused(ben, undo).reason, Reason::InTheWay);
}

#[test]
fn a_closing_is_not_redone_with_numbers_that_have_moved() {
    let moved: [fn(&mut House, KeyResultId); 2] = [
        |house, below| {
            house.company.workspace.set_today(day("2026-05-05"));
            house.company.check_in(below, number(100.0));
        },
        |house, _| {
            let (was, is) = (reach(0.0, 200.0), reach(0.0, 150.0));
            house.company.edit_key_result(house.orders, KeyResultField::Measure(was), KeyResultField::Measure(is));
        },
    ];
    for move_on in moved {
        let mut house = house();
        let ben = house.ben;
        house.check_in(ben, 100.0);
        let aligned = house.company.objective(Some(house.objective.into()));
        let below = house.company.key_result(aligned, reach(0.0, 100.0));
        let close = Close {
            objective: house.objective,
            scores: Vec::new(),
            learned: String::new(),
            verdict: Some(crate::domain::okr::Verdict::Keep),
            seen: Vec::new(),
        };
        let closed = house.submit(ben, &[Command::Close(close)]).unwrap();
        let undo = house.undo(ben, closed).unwrap();
        move_on(&mut house, below);
        assert!(house.refused(ben, undo).message.ends_with("has changed since: close it anew."));
    }
}

#[test]
fn where_a_place_was_taken_meanwhile_the_old_one_is_beside_it() {
    let mut house = house();
    let (ada, ben) = (house.ada, house.ben);
    let top = house.objective;
    let [a, b, c] = [(); 3].map(|()| house.company.objective(Some(top.into())));
    let order = |house: &House| house.company.workspace.objective(top).unwrap().aligned.clone();
    let to = |node: ObjectiveId, before: Option<ObjectiveId>| {
        let under = Some(top.into());
        Command::Move(Move { node: node.into(), from: under, to: under, before: before.map(NodeId::from) })
    };
    let moved = house.submit(ben, &[to(a, None)]).unwrap();
    house.submit(ada, &[to(c, Some(b))]).unwrap();
    house.undo(ben, moved).unwrap();
    assert_eq!(order(&house), [c, a, b]);
    house.submit(ada, &[to(b, Some(a))]).unwrap();
    assert_eq!(order(&house), [c, b, a], "something can be put between them");
    let added = house.company.objective_record(Some(top.into()));
    let new = added.id;
    let added = house.submit(ben, &[Command::Add(Record::Objective(added))]).unwrap();
    let undo = house.undo(ben, added).unwrap();
    let other = house.company.objective(Some(top.into()));
    let redo = house.undo(ben, undo).unwrap();
    assert_eq!(order(&house), [c, b, a, other, new]);
    house.submit(ada, &[to(b, Some(new))]).unwrap();
    assert_eq!(order(&house), [c, a, other, b, new]);
    assert!(house.undo(ben, redo).is_ok(), "it can be taken back again");
}

#[test]
fn a_step_that_only_goes_one_way_is_undone_all_the_same() {
    let mut house = house();
    let ben = house.ben;
    let fields = Replaced { was: ObjectiveField::State(State::Agreed), is: ObjectiveField::State(State::Dropped) };
    let dropped = house.submit(ben, &[Command::Edit(Edit::Objective(house.objective, fields))]).unwrap();
    house.undo(ben, dropped).unwrap();
    assert_eq!(house.company.workspace.objective(house.objective).unwrap().objective.state, State::Agreed);
}

#[test]
fn permission_is_that_of_now() {
    let mut house = house();
    let (ada, ben) = (house.ada, house.ben);
    let mine = house.title(ben, TITLE, "Mine");
    let owner = Replaced { was: ObjectiveField::Owner(None), is: ObjectiveField::Owner(ada.person()) };
    house.submit(ada, &[Command::Edit(Edit::Objective(house.objective, owner))]).unwrap();
    assert_eq!(house.refused(ben, mine).reason, Reason::NotAllowed);
}

#[test]
fn who_and_what_is_named_elsewhere_is_not_taken_away() {
    let mut house = house();
    let ada = house.ada;
    let person = crate::domain::people::Person {
        id: PersonId(house.company.id()),
        name: "Cleo".into(),
        email: None,
        role: Role::Member,
        teams: vec![house.team],
    };
    let id = person.id;
    let added = house.submit(ada, &[Command::Add(Record::Person(person))]).unwrap();
    let owner = |was, is| Command::Edit(Edit::Objective(house.objective, Replaced { was, is }));
    let (nobody, cleo) = (ObjectiveField::Owner(None), ObjectiveField::Owner(Some(id)));
    let (give, take) = (owner(nobody.clone(), cleo.clone()), owner(cleo, nobody));
    house.submit(ada, &[give]).unwrap();
    assert_eq!(house.refused(ada, added).message, format!("“{TITLE}” names “Cleo” by now."));
    house.submit(ada, &[take]).unwrap();
    house.undo(ada, added).unwrap();
    assert!(house.company.workspace.person(id).is_none());
}

#[test]
fn several_changes_are_undone_together_or_not_at_all() {
    let mut house = house();
    let (ada, ben) = (house.ada, house.ben);
    let before = house.company.workspace.snapshot(History::Full);
    let objective = house.company.objective_record(Some(house.objective.into()));
    let key_result = house.company.key_result_record(objective.id, reach(0.0, 1.0));
    let fields = Replaced { was: ObjectiveField::Title(TITLE.into()), is: ObjectiveField::Title("Two".into()) };
    let rename = Command::Edit(Edit::Objective(objective.id, fields));
    let commands =
        [Command::Add(Record::Objective(objective)), rename, Command::Add(Record::KeyResult(key_result.clone()))];
    let mine = house.submit(ben, &commands).unwrap();
    let mut check_in = house.company.check_in_record(key_result.id, day("2026-05-04"), number(1.0), None);
    check_in.by = ada.person();
    let theirs = house.submit(ada, &[Command::Add(Record::CheckIn(check_in))]).unwrap();
    house.refused(ben, mine);
    house.undo(ada, theirs).unwrap();
    house.undo(ben, mine).unwrap();
    assert_eq!(house.company.workspace.snapshot(History::Full), before);
}

#[test]
fn a_trail_leads_back_and_forth() {
    let mut house = house();
    let ben = house.ben;
    let first = house.check_in(ben, 10.0);
    let second = house.check_in(ben, 20.0);
    let undo = house.undo(ben, second).unwrap();
    let ids = |steps: &[Step]| steps.iter().map(|step| step.mutation).collect::<Vec<_>>();
    let trail = |house: &House| {
        let mut trail = Trail::default();
        trail.take(&house.log);
        trail
    };
    assert_eq!((ids(trail(&house).done()), ids(trail(&house).undone())), (vec![first], vec![undo]));
    let redo = house.undo(ben, undo).unwrap();
    assert_eq!((ids(trail(&house).done()), ids(trail(&house).undone())), (vec![first, redo], vec![]));
    house.undo(ben, redo).unwrap();
    let third = house.check_in(ben, 30.0);
    assert_eq!((ids(trail(&house).done()), ids(trail(&house).undone())), (vec![first, third], vec![]));
}
