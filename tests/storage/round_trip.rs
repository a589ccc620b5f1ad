//! What the tables hold is what memory holds, for every kind of change.

use std::collections::BTreeSet;

use chrono::Weekday;
use trellis::domain::cadence::{Cadence, Rhythm};
use trellis::domain::change::{Edit, Record, Replaced};
use trellis::domain::command::{Close, Command};
use trellis::domain::cycle::{Cycle, CycleField, Phase, Span};
use trellis::domain::ids::{CommentId, CycleId, InitiativeId, KpiId, KpiReadingId, NodeId, PersonId, TeamId, ViewId};
use trellis::domain::kpi::{HealthyRange, Kpi, KpiField, KpiReading};
use trellis::domain::measure::{Bounds, Grade, HoldCounting, Measure, Step, Value};
use trellis::domain::okr::{
    Comment, Counts, DrivenBy, Initiative, InitiativeField, KeyResultField, ObjectiveField, Stance, State, Verdict,
};
use trellis::domain::pace::PaceBounds;
use trellis::domain::people::{Person, PersonField, Role, Team, TeamField};
use trellis::domain::progress::{Ppm, Weight};
use trellis::domain::settings::{SettingsField, Strategy};
use trellis::domain::view::{View, ViewField};
use trellis::domain::workspace::Workspace;
use trellis::server::ledger::Ledger;
use uuid::Uuid;

use crate::support::{TestDb, check_in, day, finite, key_result, memory, objective, reach, submit, time, whole_log};

on_both_databases!(every_kind_of_change_is_read_back, the_log_rebuilds_the_workspace);

async fn every_kind_of_change_is_read_back(db: &TestDb) {
    let ledger = db.ledger().await;
    fill(&ledger).await;
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
}

async fn the_log_rebuilds_the_workspace(db: &TestDb) {
    let ledger = db.ledger().await;
    fill(&ledger).await;
    let log = whole_log(&ledger).await;
    let (seq, snapshot) = memory(&ledger);
    assert!(log.iter().map(|entry| entry.seq).eq(1..=seq), "numbers without gaps");
    let mut workspace = Workspace::empty(snapshot.id, snapshot.today);
    for entry in &log {
        workspace.apply(&entry.change);
    }
    assert_eq!(workspace.snapshot(trellis::domain::workspace::History::Full), snapshot);
}

fn add(record: Record) -> Command {
    Command::Add(record)
}

fn replaced<F>(was: F, is: F) -> Replaced<F> {
    Replaced { was, is }
}

/// Adds one of everything and edits every field.
pub async fn fill(ledger: &Ledger) {
    let strategy = Strategy {
        aspiration: "The street smells of bread".to_owned(),
        where_to_play: "Within a walk".to_owned(),
        how_to_win: "Warm at seven".to_owned(),
        assumptions: "People walk\nPeople wake".to_owned(),
    };
    let settings = [
        replaced(SettingsField::Name("Workspace".to_owned()), SettingsField::Name("Bäckerei “Süd” 🥐".to_owned())),
        replaced(SettingsField::TimeZone("UTC".to_owned()), SettingsField::TimeZone("Pacific/Auckland".to_owned())),
        replaced(
            SettingsField::Pace(PaceBounds::default()),
            SettingsField::Pace(PaceBounds { on_track: 0, behind: 25 }),
        ),
        replaced(SettingsField::Strategy(Strategy::default()), SettingsField::Strategy(strategy)),
        replaced(SettingsField::Example(false), SettingsField::Example(true)),
    ];
    submit(ledger, settings.map(|fields| Command::Edit(Edit::Settings(fields))).to_vec()).await;

    let [ovens, shop] = ["Ovens", "Shop"].map(|name| Team {
        id: TeamId(Uuid::now_v7()),
        name: name.to_owned(),
        parent: None,
        cadence: Cadence::default(),
    });
    let (ovens, shop, first_cadence) = {
        let cadence = ovens.cadence;
        let ids = (ovens.id, shop.id);
        submit(ledger, vec![add(Record::Team(ovens)), add(Record::Team(shop))]).await;
        (ids.0, ids.1, cadence)
    };
    let cadence = Cadence { rhythm: Rhythm::EveryTwoWeeks, weekday: Weekday::Thu };
    let team_edits = vec![
        // Two names change places within one submission.
        (ovens, replaced(TeamField::Name("Ovens".to_owned()), TeamField::Name("Moving".to_owned()))),
        (shop, replaced(TeamField::Name("Shop".to_owned()), TeamField::Name("Ovens".to_owned()))),
        (ovens, replaced(TeamField::Name("Moving".to_owned()), TeamField::Name("Shop".to_owned()))),
        (ovens, replaced(TeamField::Parent(None), TeamField::Parent(Some(shop)))),
        (ovens, replaced(TeamField::Cadence(first_cadence), TeamField::Cadence(cadence))),
    ];
    submit(ledger, team_edits.into_iter().map(|(id, fields)| Command::Edit(Edit::Team(id, fields))).collect()).await;

    let person = Person {
        id: PersonId(Uuid::now_v7()),
        name: "Ines".to_owned(),
        email: Some("Ines@example.org".to_owned()),
        role: Role::Admin,
        teams: vec![shop, ovens],
    };
    let ines = person.id;
    let other = Person { id: PersonId(Uuid::now_v7()), email: None, teams: Vec::new(), ..person.clone() };
    submit(ledger, vec![add(Record::Person(person)), add(Record::Person(other.clone()))]).await;
    let person_edits = vec![
        replaced(PersonField::Name("Ines".to_owned()), PersonField::Name("Otto".to_owned())),
        replaced(PersonField::Email(None), PersonField::Email(Some("otto@example.org".to_owned()))),
        replaced(PersonField::Role(Role::Admin), PersonField::Role(Role::Viewer)),
        replaced(PersonField::Teams(Vec::new()), PersonField::Teams(vec![ovens, shop])),
    ];
    submit(ledger, person_edits.into_iter().map(|fields| Command::Edit(Edit::Person(other.id, fields))).collect())
        .await;

    let cycle = Cycle { id: CycleId(Uuid::now_v7()), name: "Spring".to_owned(), span: None, phase: Phase::Draft };
    let spring = cycle.id;
    let span = Span::new(day("2026-01-01"), day("2026-03-31"));
    submit(
        ledger,
        vec![
            add(Record::Cycle(cycle)),
            Command::Edit(Edit::Cycle(
                spring,
                replaced(CycleField::Name("Spring".to_owned()), CycleField::Name("2026-Q1".to_owned())),
            )),
            Command::Edit(Edit::Cycle(spring, replaced(CycleField::Span(None), CycleField::Span(span)))),
            Command::Edit(Edit::Cycle(
                spring,
                replaced(CycleField::Phase(Phase::Draft), CycleField::Phase(Phase::Active)),
            )),
        ],
    )
    .await;
    fill_tree(ledger, ines, ovens, spring).await;
    fill_kpis(ledger, ines, ovens).await;
    fill_views(ledger, ines).await;
}

async fn fill_tree(ledger: &Ledger, owner: PersonId, team: TeamId, cycle: CycleId) {
    let top = objective("Bread for the whole street");
    let mut other = objective("Bread for the next street");
    other.table_id = Some("O2".to_owned());
    let measures = [
        reach(0.1, 1e300),
        Measure::Reach { baseline: None, target: Some(finite(-0.0)) },
        Measure::Hold { bounds: Bounds::AtLeast(Some(finite(4.5))), counting: HoldCounting::Share },
        Measure::Hold { bounds: Bounds::AtMost(None), counting: HoldCounting::Latest },
        Measure::Hold { bounds: Bounds::Between(Some(finite(1.0)), Some(finite(2.0))), counting: HoldCounting::Latest },
        Measure::Milestones { steps: vec![Step { title: "Dough".to_owned(), weight: Weight::default() }; 3] },
        Measure::Graded { commit: "warm".to_owned(), target: "hot".to_owned(), stretch: "steaming".to_owned() },
    ];
    let key_results: Vec<_> = measures.into_iter().map(|measure| key_result(top.id, measure)).collect();
    let driven = key_results[1].id;
    let mut commands = vec![add(Record::Objective(top.clone())), add(Record::Objective(other.clone()))];
    commands.extend(key_results.iter().cloned().map(|key_result| add(Record::KeyResult(key_result))));
    let fields = [
        replaced(ObjectiveField::Title(other.title.clone()), ObjectiveField::Title("Rolls, too".to_owned())),
        replaced(ObjectiveField::Description(String::new()), ObjectiveField::Description("a\n\tb\r\n".to_owned())),
        replaced(ObjectiveField::Owner(None), ObjectiveField::Owner(Some(owner))),
        replaced(ObjectiveField::Teams(Vec::new()), ObjectiveField::Teams(vec![team])),
        replaced(ObjectiveField::Cycle(None), ObjectiveField::Cycle(Some(cycle))),
        replaced(ObjectiveField::Parent(None), ObjectiveField::Parent(Some(top.id.into()))),
        replaced(ObjectiveField::Parent(Some(top.id.into())), ObjectiveField::Parent(Some(key_results[0].id.into()))),
        replaced(ObjectiveField::Company(false), ObjectiveField::Company(true)),
        replaced(ObjectiveField::Supports(Vec::new()), ObjectiveField::Supports(vec![top.id])),
        replaced(ObjectiveField::Stance(Stance::Committed), ObjectiveField::Stance(Stance::Aspirational)),
        replaced(ObjectiveField::State(State::Agreed), ObjectiveField::State(State::Proposed)),
        replaced(ObjectiveField::Weight(Weight::default()), ObjectiveField::Weight(Weight::new(1000).unwrap())),
        replaced(ObjectiveField::Counts(Counts::Both), ObjectiveField::Counts(Counts::Aligned)),
    ];
    commands.extend(fields.map(|fields| Command::Edit(Edit::Objective(other.id, fields))));
    let fields = [
        replaced(KeyResultField::Title(key_results[1].title.clone()), KeyResultField::Title("Smiles".to_owned())),
        replaced(KeyResultField::Description(String::new()), KeyResultField::Description("counted".to_owned())),
        replaced(KeyResultField::Owner(None), KeyResultField::Owner(Some(owner))),
        replaced(KeyResultField::Team(None), KeyResultField::Team(Some(team))),
        replaced(KeyResultField::Measure(key_results[1].measure.clone()), KeyResultField::Measure(reach(1.0, 2.0))),
        replaced(KeyResultField::Unit("%".to_owned()), KeyResultField::Unit("EUR".to_owned())),
        replaced(KeyResultField::Weight(Weight::default()), KeyResultField::Weight(Weight::new(0).unwrap())),
        replaced(KeyResultField::DrivenBy(DrivenBy::CheckIns), KeyResultField::DrivenBy(DrivenBy::Aligned)),
    ];
    commands.extend(fields.map(|fields| Command::Edit(Edit::KeyResult(driven, fields))));
    submit(ledger, commands).await;

    let values = [
        (0, Value::Number(finite(5e-324))),
        (2, Value::Number(finite(f64::MAX))),
        (5, Value::Steps(BTreeSet::from([0, 2]))),
        (5, Value::Steps(BTreeSet::new())),
        (6, Value::Grade(Grade::Target)),
    ];
    let mut check_ins: Vec<_> =
        values.into_iter().map(|(place, value)| check_in(key_results[place].id, value)).collect();
    let mut correction = check_in(key_results[0].id, Value::Number(finite(0.1 + 0.2)));
    correction.replaces = Some(check_ins[0].id);
    correction.confidence = None;
    correction.table_id = Some("C1".to_owned());
    check_ins.push(correction);
    submit(ledger, check_ins.into_iter().map(|check_in| add(Record::CheckIn(check_in))).collect()).await;

    let initiative = Initiative {
        id: InitiativeId(Uuid::now_v7()),
        key_result: key_results[0].id,
        title: "Second oven".to_owned(),
        owner: None,
        done: false,
    };
    let id = initiative.id;
    let fields = [
        replaced(InitiativeField::Title("Second oven".to_owned()), InitiativeField::Title("Third oven".to_owned())),
        replaced(InitiativeField::Owner(None), InitiativeField::Owner(Some(owner))),
        replaced(InitiativeField::Done(false), InitiativeField::Done(true)),
    ];
    let comments = [NodeId::from(top.id), key_results[0].id.into()].map(|node| {
        let text = "@Ada: wie läuft’s?\n“gut”".to_owned();
        add(Record::Comment(Comment {
            id: CommentId(Uuid::now_v7()),
            node,
            text,
            by: None,
            at: time("2026-02-09T12:00:00Z"),
        }))
    });
    submit(ledger, comments.to_vec()).await;
    let mut commands = vec![add(Record::Initiative(initiative))];
    commands.extend(fields.map(|fields| Command::Edit(Edit::Initiative(id, fields))));
    commands.push(Command::Close(Close {
        objective: top.id,
        scores: vec![(key_results[0].id, Ppm::from_raw(0.3))],
        seen: Vec::new(),
        learned: "Flour is heavy".to_owned(),
        verdict: Some(Verdict::Adapt),
    }));
    submit(ledger, commands).await;
}

async fn fill_views(ledger: &Ledger, owner: PersonId) {
    let [kept, gone] = ["At risk", "Brötchen “warm”"].map(|name| View {
        id: ViewId(Uuid::now_v7()),
        owner,
        shared: false,
        name: name.to_owned(),
        query: "pace=at_risk&q=br%C3%B6tchen".to_owned(),
    });
    let fields = [
        replaced(ViewField::Name(kept.name.clone()), ViewField::Name("Behind".to_owned())),
        replaced(ViewField::Query(kept.query.clone()), ViewField::Query("pace=behind".to_owned())),
        replaced(ViewField::Shared(false), ViewField::Shared(true)),
    ];
    let (id, gone_id) = (kept.id, gone.id);
    let mut commands = vec![add(Record::View(kept)), add(Record::View(gone))];
    commands.extend(fields.map(|fields| Command::Edit(Edit::View(id, fields))));
    submit(ledger, commands).await;
    submit(ledger, vec![Command::RemoveView(gone_id)]).await;
}

async fn fill_kpis(ledger: &Ledger, owner: PersonId, team: TeamId) {
    let kpi = Kpi {
        id: KpiId(Uuid::now_v7()),
        name: "Queue".to_owned(),
        unit: String::new(),
        healthy: HealthyRange::default(),
        owner: None,
        team: None,
    };
    let id = kpi.id;
    let healthy = HealthyRange { low: Some(finite(0.5)), high: Some(finite(12.25)) };
    let fields = [
        replaced(KpiField::Name("Queue".to_owned()), KpiField::Name("People waiting".to_owned())),
        replaced(KpiField::Unit(String::new()), KpiField::Unit("people".to_owned())),
        replaced(KpiField::Healthy(HealthyRange::default()), KpiField::Healthy(healthy)),
        replaced(KpiField::Owner(None), KpiField::Owner(Some(owner))),
        replaced(KpiField::Team(None), KpiField::Team(Some(team))),
    ];
    let mut commands = vec![add(Record::Kpi(kpi))];
    commands.extend(fields.map(|fields| Command::Edit(Edit::Kpi(id, fields))));
    commands.extend([3.0, 4.0].map(|value| {
        add(Record::KpiReading(KpiReading {
            id: KpiReadingId(Uuid::now_v7()),
            kpi: id,
            value: finite(value),
            at: time("2026-02-09T12:00:00.5Z"),
            by: None,
        }))
    }));
    submit(ledger, commands).await;
}
