//! Every command, for each kind of person. A command that is not in the table fails, or does not compile.

use trellis::domain::cadence::Cadence;
use trellis::domain::change::{Change, Edit, Record, Replaced};
use trellis::domain::command::{Actor, Close, Command, Move, Reason};
use trellis::domain::cycle::{Cycle, CycleField, Phase};
use trellis::domain::ids::{
    CheckInId, CommentId, CycleId, InitiativeId, KeyResultId, KpiId, KpiReadingId, MutationId, NodeId, ObjectiveId,
    PersonId, TeamId, ViewId, WorkspaceId,
};
use trellis::domain::kpi::{HealthyRange, Kpi, KpiField, KpiReading};
use trellis::domain::log::LogEntry;
use trellis::domain::measure::{Measure, Value};
use trellis::domain::number::Finite;
use trellis::domain::okr::{
    CheckIn, Comment, Confidence, Counts, DrivenBy, Initiative, InitiativeField, KeyResult, KeyResultField, Objective,
    ObjectiveField, Stance, State, Verdict,
};
use trellis::domain::people::{PersonField, Role, Team, TeamField};
use trellis::domain::progress::Weight;
use trellis::domain::rank::Rank;
use trellis::domain::settings::SettingsField;
use trellis::domain::view::{View, ViewField};
use trellis::domain::workspace::Workspace;
use uuid::Uuid;

use crate::company::{ADMIN, MEMBER, OWNER, TEAM, TEAM_MATE, VIEWER, everybody, person, start};

/// Those who may want something, in the order of the table's letters. Strangers are other workspaces' people, and here
/// one of them is an admin there.
const KINDS: [(&str, Actor); 7] = [
    ("a stranger", Actor::Person(PersonId(Uuid::from_u128(98)))),
    ("a viewer", Actor::Person(VIEWER)),
    ("a member", Actor::Person(MEMBER)),
    ("the owner", Actor::Person(OWNER)),
    ("a team mate", Actor::Person(TEAM_MATE)),
    ("an admin", Actor::Person(ADMIN)),
    ("the operator", Actor::Operator),
];

const ADMINS: &str = ".....yy";
const THEIRS: &str = "...yyyy";
const WRITERS: &str = "..yyyyy";
/// What everybody keeps for themselves.
const EVERYBODY: &str = ".yyyyyy";
/// What belongs to one person, and is of no concern to admins.
const PRIVATE: &str = "...y..y";
/// What belongs to one person and no team.
const OWN: &str = "...y.yy";

pub const OBJECTIVE: ObjectiveId = ObjectiveId(Uuid::from_u128(20));
const KEY_RESULT: KeyResultId = KeyResultId(Uuid::from_u128(21));
const OTHER_KEY_RESULT: KeyResultId = KeyResultId(Uuid::from_u128(28));
const INITIATIVE: InitiativeId = InitiativeId(Uuid::from_u128(22));
const CYCLE: CycleId = CycleId(Uuid::from_u128(23));
const KPI: KpiId = KpiId(Uuid::from_u128(24));
const UNOWNED: ObjectiveId = ObjectiveId(Uuid::from_u128(25));
const VIEW: ViewId = ViewId(Uuid::from_u128(26));
const SHARED_VIEW: ViewId = ViewId(Uuid::from_u128(27));
const NEW: Uuid = Uuid::from_u128(1000);
const OWN_CHANGE: MutationId = MutationId(Uuid::from_u128(2000));
const OTHERS_CHANGE: MutationId = MutationId(Uuid::from_u128(2001));

/// Names each kind of command, and lists the names; a kind that is missing here does not compile.
macro_rules! kinds {
    ($($pattern:pat => $name:literal,)*) => {
        const NAMES: &[&str] = &[$($name),*];

        fn name(command: &Command) -> &'static str {
            match command {
                $($pattern => $name,)*
            }
        }
    };
}

kinds! {
    Command::Add(Record::Team(_)) => "add a team",
    Command::Add(Record::Person(_)) => "add a person",
    Command::Add(Record::Cycle(_)) => "add a cycle",
    Command::Add(Record::Objective(_)) => "add an objective",
    Command::Add(Record::KeyResult(_)) => "add a key result",
    Command::Add(Record::CheckIn(_)) => "check in",
    Command::Add(Record::Initiative(_)) => "add an initiative",
    Command::Add(Record::Comment(_)) => "comment",
    Command::Add(Record::Kpi(_)) => "add a KPI",
    Command::Add(Record::KpiReading(_)) => "read a KPI",
    Command::Add(Record::View(_)) => "save a view",
    Command::Edit(Edit::Settings(_)) => "edit the settings",
    Command::Edit(Edit::Team(..)) => "edit a team",
    Command::Edit(Edit::Person(..)) => "edit a person",
    Command::Edit(Edit::Cycle(..)) => "edit a cycle",
    Command::Edit(Edit::Objective(..)) => "edit an objective",
    Command::Edit(Edit::KeyResult(..)) => "edit a key result",
    Command::Edit(Edit::Initiative(..)) => "edit an initiative",
    Command::Edit(Edit::Kpi(..)) => "edit a KPI",
    Command::Edit(Edit::View(..)) => "edit a view",
    Command::Move(_) => "move a node",
    Command::Close(_) => "close an objective",
    Command::Undo(_) => "undo",
    Command::RemoveView(_) => "delete a view",
}

/// What somebody wants, and for each of the [`KINDS`] whether they may. Ids of the new are free.
fn table(actor: Actor) -> Vec<(Command, &'static str)> {
    let add = Command::Add;
    let objective = |owner, teams: &[TeamId]| add(Record::Objective(objective(ObjectiveId(NEW), owner, teams)));
    vec![
        (add(Record::Team(team(TeamId(NEW), "New"))), ADMINS),
        (add(Record::Person(person(PersonId(NEW), Role::Viewer, &[]))), ADMINS),
        (add(Record::Cycle(cycle(CycleId(NEW), "2027"))), ADMINS),
        (objective(Some(OWNER), &[TEAM]), THEIRS),
        (objective(Some(OWNER), &[]), OWN),
        (objective(None, &[]), WRITERS),
        (add(Record::KeyResult(key_result(KeyResultId(NEW), OBJECTIVE))), THEIRS),
        (add(Record::KeyResult(key_result(KeyResultId(NEW), UNOWNED))), WRITERS),
        (add(Record::CheckIn(check_in(actor))), THEIRS),
        (add(Record::Initiative(initiative(InitiativeId(NEW)))), THEIRS),
        (add(Record::Comment(comment(actor))), WRITERS),
        (add(Record::Kpi(kpi(KpiId(NEW)))), ADMINS),
        (add(Record::KpiReading(reading(actor))), OWN),
        (add(Record::View(view(ViewId(NEW), actor.person().unwrap_or(OWNER), false))), EVERYBODY),
        (add(Record::View(view(ViewId(NEW), actor.person().unwrap_or(OWNER), true))), WRITERS),
        (add(Record::View(view(ViewId(NEW), OWNER, false))), PRIVATE),
        (edit(ViewField::Name("Own".into()), ViewField::Name("Other".into()), |f| Edit::View(VIEW, f)), PRIVATE),
        (edit(ViewField::Shared(false), ViewField::Shared(true), |f| Edit::View(VIEW, f)), PRIVATE),
        (edit(ViewField::Name("Shared".into()), ViewField::Name("Other".into()), |f| Edit::View(SHARED_VIEW, f)), OWN),
        (Command::RemoveView(VIEW), PRIVATE),
        (Command::RemoveView(SHARED_VIEW), OWN),
        (edit(SettingsField::Example(false), SettingsField::Example(true), Edit::Settings), ADMINS),
        (edit(TeamField::Name("Reach".into()), TeamField::Name("Far".into()), |f| Edit::Team(TEAM, f)), ADMINS),
        (role(VIEWER, Role::Viewer, Role::Admin), ADMINS),
        (role(OWNER, Role::Member, Role::Admin), ADMINS),
        (edit(email("mia"), email("eve"), |f| Edit::Person(MEMBER, f)), ADMINS),
        (edit(CycleField::Phase(Phase::Draft), CycleField::Phase(Phase::Active), |f| Edit::Cycle(CYCLE, f)), ADMINS),
        (edit(objective_title("Old"), objective_title("New"), |f| Edit::Objective(OBJECTIVE, f)), THEIRS),
        (edit(objective_title("Old"), objective_title("New"), |f| Edit::Objective(UNOWNED, f)), WRITERS),
        (
            edit(ObjectiveField::Owner(Some(OWNER)), ObjectiveField::Owner(Some(MEMBER)), |f| {
                Edit::Objective(OBJECTIVE, f)
            }),
            THEIRS,
        ),
        (
            edit(KeyResultField::Title("Old".into()), KeyResultField::Title("New".into()), |f| {
                Edit::KeyResult(KEY_RESULT, f)
            }),
            THEIRS,
        ),
        (edit(InitiativeField::Done(false), InitiativeField::Done(true), |f| Edit::Initiative(INITIATIVE, f)), THEIRS),
        (edit(KpiField::Unit(String::new()), KpiField::Unit("%".into()), |f| Edit::Kpi(KPI, f)), ADMINS),
        (to_the_end(OBJECTIVE.into(), None, None), THEIRS),
        (to_the_end(UNOWNED.into(), None, Some(OBJECTIVE.into())), WRITERS),
        (to_the_end(KEY_RESULT.into(), Some(OBJECTIVE.into()), Some(OBJECTIVE.into())), THEIRS),
        (
            Command::Close(Close {
                objective: OBJECTIVE,
                scores: Vec::new(),
                seen: Vec::new(),
                learned: String::new(),
                verdict: Some(Verdict::Keep),
            }),
            THEIRS,
        ),
        // Of a change of their own, from a time when they might.
        (Command::Undo(OWN_CHANGE), THEIRS),
        (Command::Undo(OTHERS_CHANGE), "......."),
    ]
}

/// What the log holds of the submissions that somebody wants to undo: an edit of an objective.
fn logged(mutation: MutationId, actor: Actor) -> Vec<LogEntry> {
    let by = match (mutation, actor) {
        (OWN_CHANGE, actor) => actor,
        (_, Actor::Operator) => Actor::Person(ADMIN),
        _ => Actor::Operator,
    };
    let fields = Replaced { was: objective_title("Older"), is: objective_title("Old") };
    let change = Change::Edited(Edit::Objective(OBJECTIVE, fields));
    vec![LogEntry { seq: 1, at: start(), by, mutation, undoes: None, change }]
}

#[test]
fn every_kind_of_command_is_in_the_table() {
    for kind in NAMES {
        let is_there = table(Actor::Operator).iter().any(|(command, _)| name(command) == *kind);
        assert!(is_there, "nobody asks whether they may {kind}: add it to the table of tests/access/commands.rs");
    }
}

#[test]
fn every_command_is_for_whom_it_should_be() {
    let mut company = company();
    for (place, (who, actor)) in KINDS.into_iter().enumerate() {
        for (command, allowed) in table(actor) {
            let may = allowed.as_bytes()[place] == b'y';
            let what = format!("{who} wants to {}: {command:?}", name(&command));
            match company.decide_with_log(actor, start(), &command, |mutation| logged(mutation, actor)) {
                Ok(changes) => assert!(may && !changes.is_empty(), "{what}"),
                Err(refusal) => assert!(!may && refusal.reason == Reason::NotAllowed, "{what}: {refusal:?}"),
            }
        }
    }
}

#[test]
fn everybody_here_reads_and_nobody_else() {
    let company = company();
    for (who, actor) in KINDS {
        assert_eq!(company.may_read(actor), who != "a stranger", "{who}");
    }
}

#[test]
fn nobody_speaks_in_the_name_of_another() {
    let company = company();
    let spoofed = CheckIn { by: Some(ADMIN), ..check_in(Actor::Person(OWNER)) };
    for record in [
        Record::CheckIn(spoofed.clone()),
        Record::CheckIn(CheckIn { by: None, ..spoofed }),
        Record::Comment(Comment { by: Some(ADMIN), ..comment(Actor::Person(OWNER)) }),
        Record::KpiReading(KpiReading { by: Some(ADMIN), ..reading(Actor::Person(OWNER)) }),
    ] {
        let refusal = company.decide(Actor::Person(OWNER), start(), &Command::Add(record)).unwrap_err();
        assert_eq!(refusal.reason, Reason::NotAllowed);
    }
}

fn company() -> Workspace {
    let mut company = Workspace::empty(WorkspaceId(Uuid::from_u128(2)), start().date_naive());
    let things = [
        Record::Cycle(cycle(CYCLE, "2026")),
        Record::Objective(objective(OBJECTIVE, Some(OWNER), &[TEAM])),
        Record::Objective(objective(UNOWNED, None, &[])),
        Record::KeyResult(key_result(KEY_RESULT, OBJECTIVE)),
        Record::KeyResult(key_result(OTHER_KEY_RESULT, OBJECTIVE)),
        Record::Initiative(initiative(INITIATIVE)),
        Record::Kpi(kpi(KPI)),
        Record::View(view(VIEW, OWNER, false)),
        Record::View(view(SHARED_VIEW, OWNER, true)),
    ];
    for command in everybody().into_iter().chain(things.map(Command::Add)) {
        for change in company.decide(Actor::Operator, start(), &command).unwrap() {
            company.apply(&change);
        }
    }
    company
}

fn edit<F>(was: F, is: F, edit: impl Fn(Replaced<F>) -> Edit) -> Command {
    Command::Edit(edit(Replaced { was, is }))
}

fn to_the_end(node: NodeId, from: Option<NodeId>, to: Option<NodeId>) -> Command {
    Command::Move(Move { node, from, to, before: None })
}

fn role(id: PersonId, was: Role, is: Role) -> Command {
    edit(PersonField::Role(was), PersonField::Role(is), |fields| Edit::Person(id, fields))
}

fn email(name: &str) -> PersonField {
    PersonField::Email(Some(format!("{name}@example.org")))
}

fn objective_title(title: &str) -> ObjectiveField {
    ObjectiveField::Title(title.to_owned())
}

fn team(id: TeamId, name: &str) -> Team {
    Team { id, name: name.to_owned(), parent: None, cadence: Cadence::default() }
}

fn cycle(id: CycleId, name: &str) -> Cycle {
    Cycle { id, name: name.to_owned(), span: None, phase: Phase::Draft }
}

pub fn objective(id: ObjectiveId, owner: Option<PersonId>, teams: &[TeamId]) -> Objective {
    Objective {
        id,
        table_id: None,
        title: "Old".to_owned(),
        description: String::new(),
        owner,
        teams: teams.to_vec(),
        cycle: None,
        parent: None,
        rank: Rank::default(),
        company: true,
        supports: Vec::new(),
        stance: Stance::Committed,
        state: State::Agreed,
        weight: Weight::default(),
        counts: Counts::Both,
        closing: None,
    }
}

/// Of the owner of its objective.
fn key_result(id: KeyResultId, objective: ObjectiveId) -> KeyResult {
    KeyResult {
        id,
        table_id: None,
        objective,
        title: "Old".to_owned(),
        description: String::new(),
        owner: Some(OWNER),
        team: None,
        measure: Measure::Reach { baseline: Finite::new(0.0), target: Finite::new(100.0) },
        unit: String::new(),
        weight: Weight::default(),
        rank: Rank::default(),
        driven_by: DrivenBy::CheckIns,
        closing: None,
    }
}

fn check_in(actor: Actor) -> CheckIn {
    CheckIn {
        id: CheckInId(NEW),
        table_id: None,
        key_result: KEY_RESULT,
        value: Value::Number(Finite::new(50.0).unwrap()),
        confidence: Confidence::new(7),
        note: String::new(),
        by: actor.person(),
        at: start(),
        day: start().date_naive(),
        replaces: None,
    }
}

fn initiative(id: InitiativeId) -> Initiative {
    Initiative { id, key_result: KEY_RESULT, title: "Old".to_owned(), owner: None, done: false }
}

fn comment(actor: Actor) -> Comment {
    let text = "Who can help?".to_owned();
    Comment { id: CommentId(NEW), node: KEY_RESULT.into(), text, by: actor.person(), at: start() }
}

fn kpi(id: KpiId) -> Kpi {
    Kpi {
        id,
        name: "Uptime".to_owned(),
        unit: String::new(),
        healthy: HealthyRange::default(),
        owner: Some(OWNER),
        team: None,
    }
}

/// Each under a name of its own, since a name is taken once among those that are shared.
fn view(id: ViewId, owner: PersonId, shared: bool) -> View {
    let name = match id {
        VIEW => "Own",
        SHARED_VIEW => "Shared",
        _ => "New",
    };
    View { id, owner, shared, name: name.to_owned(), query: "stale".to_owned() }
}

fn reading(actor: Actor) -> KpiReading {
    KpiReading { id: KpiReadingId(NEW), kpi: KPI, value: Finite::new(99.0).unwrap(), at: start(), by: actor.person() }
}
