use super::super::sample::{Sample, sample};
use super::*;
use crate::domain::cadence::{Cadence, Rhythm};
use crate::domain::change::Replaced;
use crate::domain::cycle::{CycleField, Phase, Span};
use crate::domain::ids::{CheckInId, InitiativeId, KpiId, KpiReadingId, TeamId};
use crate::domain::kpi::{HealthyRange, Kpi, KpiField, KpiReading};
use crate::domain::measure::Value;
use crate::domain::okr::{
    Counts, DrivenBy, Initiative, InitiativeField, KeyResultClosing, KeyResultField, Stance, State,
};
use crate::domain::people::{PersonField, Role, Team, TeamField};
use crate::domain::progress::{Ppm, Weight};
use crate::domain::rank::Rank;
use crate::domain::sample::reach;
use crate::domain::settings::{SettingsField, Strategy};
use uuid::Uuid;

fn check_in(sample: &Sample, name: u128, value: i32, days_ago: u64) -> CheckIn {
    CheckIn {
        id: CheckInId(Uuid::from_u128(name)),
        table_id: None,
        key_result: sample.calls,
        value: Value::Number(Finite::from(value)),
        confidence: None,
        note: String::new(),
        by: Some(sample.member),
        at: sample.now - chrono::Days::new(days_ago),
        day: sample.now.date_naive() - chrono::Days::new(days_ago),
        replaces: None,
    }
}

#[test]
fn a_value_says_where_it_came_from() {
    let mut sample = sample();
    let first = Change::Added(Record::CheckIn(check_in(&sample, 100, 15, 3)));
    let second = Change::Added(Record::CheckIn(check_in(&sample, 101, 20, 1)));
    let late = Change::Added(Record::CheckIn(check_in(&sample, 102, 7, 5)));
    assert_eq!(sample.workspace.words(&first), "value of “Calls” none → 15");
    for change in [&first, &second, &late] {
        sample.workspace.apply(change);
    }
    assert_eq!(sample.workspace.words(&second), "value of “Calls” 15 → 20");
    assert_eq!(sample.workspace.words(&second.clone().inverse()), "value of “Calls” 20 → 15");
    assert_eq!(sample.workspace.words(&late), "check-in of “Calls” for 9 February 2026: 7");
    assert_eq!(sample.workspace.words(&late.inverse()), "check-in of “Calls” for 9 February 2026: 7, taken back");
}

#[test]
fn every_edit_of_an_objective() {
    let Sample { workspace, sell, company, team, quarter, year, admin, .. } = sample();
    let words = |was, is| workspace.words(&Change::Edited(Edit::Objective(sell, Replaced { was, is })));
    use ObjectiveField::*;
    let closing = crate::domain::okr::Closing {
        progress: None,
        confidence: None,
        score: Ppm::new(700_000),
        learned: String::new(),
        verdict: None,
        by: None,
        on: None,
    };
    for (was, is, expected) in [
        (Title("Sell".into()), Title("Grow".into()), "title of an objective “Sell” → “Grow”"),
        (Description("a".into()), Description("b".into()), "description of “Sell” rewritten"),
        (Owner(None), Owner(Some(admin)), "owner of “Sell” nobody → Ada King"),
        (Teams(vec![]), Teams(vec![team]), "teams of “Sell” none → Sales"),
        (Cycle(Some(quarter)), Cycle(Some(year)), "cycle of “Sell” 2026-Q1 → 2026"),
        (Parent(None), Parent(Some(company.into())), "place of “Sell” under nothing → under “Company”"),
        (Company(false), Company(true), "reach of “Sell” teams → whole organisation"),
        (Supports(vec![]), Supports(vec![company]), "support links of “Sell” none → “Company”"),
        (
            Stance(self::Stance::Committed),
            Stance(self::Stance::Aspirational),
            "stance of “Sell” committed → aspirational",
        ),
        (State(self::State::Agreed), State(self::State::Dropped), "state of “Sell” agreed → dropped"),
        (Weight(self::Weight::default()), Weight(self::Weight::new(3).unwrap()), "weight of “Sell” 1 → 3"),
        (
            Counts(self::Counts::Both),
            Counts(self::Counts::KeyResults),
            "what counts in the progress of “Sell” everything under it → key results only",
        ),
        (Closing(None), Closing(Some(closing)), "closing of “Sell” open → closed with a score of 0.7"),
    ] {
        assert_eq!(words(was, is), expected);
    }
}

#[test]
fn every_edit_of_a_key_result() {
    let Sample { workspace, calls, team, member, .. } = sample();
    let words = |was, is| workspace.words(&Change::Edited(Edit::KeyResult(calls, Replaced { was, is })));
    use KeyResultField::*;
    for (was, is, expected) in [
        (Title("Calls".into()), Title("Visits".into()), "title of a key result “Calls” → “Visits”"),
        (Description("a".into()), Description("b".into()), "description of “Calls” rewritten"),
        (Owner(Some(member)), Owner(None), "owner of “Calls” Jonas Maria Silva → nobody"),
        (Team(None), Team(Some(team)), "team of “Calls” none → Sales"),
        (Measure(reach(0, 50)), Measure(reach(0, 60)), "measure of “Calls” from 0 to 50 → from 0 to 60"),
        (Unit(String::new()), Unit("calls".into()), "unit of “Calls” none → calls"),
        (Weight(self::Weight::default()), Weight(self::Weight::new(0).unwrap()), "weight of “Calls” 1 → 0"),
        (
            DrivenBy(self::DrivenBy::CheckIns),
            DrivenBy(self::DrivenBy::Aligned),
            "source of the progress of “Calls” check-ins → aligned objectives",
        ),
        (
            Closing(None),
            Closing(Some(KeyResultClosing { raw: None, confidence: None, score: None })),
            "closing of “Calls” open → closed without a score",
        ),
    ] {
        assert_eq!(words(was, is), expected);
    }
}

#[test]
fn every_other_edit() {
    let Sample { mut workspace, calls, team, admin, year, .. } = sample();
    let initiative = InitiativeId(Uuid::from_u128(100));
    let kpi = KpiId(Uuid::from_u128(101));
    for record in [
        Record::Initiative(Initiative {
            id: initiative,
            key_result: calls,
            title: "Call".into(),
            owner: None,
            done: false,
        }),
        Record::Kpi(Kpi {
            id: kpi,
            name: "Uptime".into(),
            unit: String::new(),
            healthy: HealthyRange::default(),
            owner: None,
            team: None,
        }),
    ] {
        workspace.apply(&Change::Added(record));
    }
    let other = TeamId(Uuid::from_u128(999));
    let healthy = HealthyRange { low: Some(Finite::from(99)), high: None };
    let cadence = Cadence { rhythm: Rhythm::Monthly, weekday: chrono::Weekday::Fri };
    fn pair<F>(was: F, is: F) -> Replaced<F> {
        Replaced { was, is }
    }
    let bounds = crate::domain::pace::PaceBounds { on_track: 0, behind: 25 };
    for (edit, expected) in [
        (
            Edit::Settings(pair(SettingsField::Name("A".into()), SettingsField::Name("B".into()))),
            "name of the workspace “A” → “B”",
        ),
        (
            Edit::Settings(pair(
                SettingsField::TimeZone("UTC".into()),
                SettingsField::TimeZone("Europe/Berlin".into()),
            )),
            "time zone UTC → Europe/Berlin",
        ),
        (
            Edit::Settings(pair(SettingsField::Pace(Default::default()), SettingsField::Pace(bounds))),
            "bounds of pace 10 and 25 → 0 and 25",
        ),
        (
            Edit::Settings(pair(
                SettingsField::Strategy(Strategy::default()),
                SettingsField::Strategy(Strategy::default()),
            )),
            "strategy rewritten",
        ),
        (Edit::Settings(pair(SettingsField::Example(true), SettingsField::Example(false))), "example company yes → no"),
        (
            Edit::Team(team, pair(TeamField::Name("Sales".into()), TeamField::Name("Shop".into()))),
            "name of a team “Sales” → “Shop”",
        ),
        (
            Edit::Team(team, pair(TeamField::Parent(None), TeamField::Parent(Some(other)))),
            "place of “Sales” part of no other → part of a team that is gone",
        ),
        (
            Edit::Team(team, pair(TeamField::Cadence(Cadence::default()), TeamField::Cadence(cadence))),
            "check-in day of “Sales” every Monday → the first Friday of a month",
        ),
        (
            Edit::Person(admin, pair(PersonField::Name("Ada".into()), PersonField::Name("Ida".into()))),
            "name of a person “Ada” → “Ida”",
        ),
        (
            Edit::Person(admin, pair(PersonField::Email(None), PersonField::Email(Some("a@b.c".into())))),
            "e-mail address of Ada King none → a@b.c",
        ),
        (
            Edit::Person(admin, pair(PersonField::Role(Role::Admin), PersonField::Role(Role::Viewer))),
            "role of Ada King admin → viewer",
        ),
        (
            Edit::Person(admin, pair(PersonField::Teams(vec![]), PersonField::Teams(vec![team]))),
            "teams of Ada King none → Sales",
        ),
        (
            Edit::Cycle(year, pair(CycleField::Name("2026".into()), CycleField::Name("FY26".into()))),
            "name of a cycle “2026” → “FY26”",
        ),
        (
            Edit::Cycle(year, pair(CycleField::Span(None), CycleField::Span(Span::from_name("2026-Q1")))),
            "days of “2026” none → 1 January 2026 to 31 March 2026",
        ),
        (
            Edit::Cycle(year, pair(CycleField::Phase(Phase::Draft), CycleField::Phase(Phase::Active))),
            "phase of “2026” draft → active",
        ),
        (
            Edit::Initiative(
                initiative,
                pair(InitiativeField::Title("Call".into()), InitiativeField::Title("Ring".into())),
            ),
            "title of an initiative “Call” → “Ring”",
        ),
        (
            Edit::Initiative(initiative, pair(InitiativeField::Owner(None), InitiativeField::Owner(Some(admin)))),
            "owner of “Call” nobody → Ada King",
        ),
        (
            Edit::Initiative(initiative, pair(InitiativeField::Done(false), InitiativeField::Done(true))),
            "state of “Call” not done → done",
        ),
        (
            Edit::Kpi(kpi, pair(KpiField::Name("Uptime".into()), KpiField::Name("Up".into()))),
            "name of a KPI “Uptime” → “Up”",
        ),
        (Edit::Kpi(kpi, pair(KpiField::Unit(String::new()), KpiField::Unit("%".into()))), "unit of “Uptime” none → %"),
        (
            Edit::Kpi(kpi, pair(KpiField::Healthy(HealthyRange::default()), KpiField::Healthy(healthy))),
            "healthy range of “Uptime” any value → at least 99",
        ),
        (
            Edit::Kpi(kpi, pair(KpiField::Owner(None), KpiField::Owner(Some(admin)))),
            "owner of “Uptime” nobody → Ada King",
        ),
        (Edit::Kpi(kpi, pair(KpiField::Team(None), KpiField::Team(Some(team)))), "team of “Uptime” none → Sales"),
    ] {
        assert_eq!(workspace.words(&Change::Edited(edit)), expected);
    }
}

#[test]
fn whatever_comes_and_goes() {
    let Sample { workspace, calls, sell, team, admin, year, .. } = sample();
    let kpi = KpiId(Uuid::from_u128(101));
    let initiative = Initiative {
        id: InitiativeId(Uuid::from_u128(100)),
        key_result: calls,
        title: "Call".into(),
        owner: None,
        done: false,
    };
    let reading = KpiReading {
        id: KpiReadingId(Uuid::from_u128(102)),
        kpi,
        value: Finite::from(99),
        at: Default::default(),
        by: None,
    };
    for (record, expected) in [
        (
            Record::Team(Team { id: team, name: "Sales".into(), parent: None, cadence: Cadence::default() }),
            "team “Sales”",
        ),
        (Record::Person(workspace.person(admin).unwrap().clone()), "person “Ada King”"),
        (Record::Cycle(workspace.cycle(year).unwrap().clone()), "cycle “2026”"),
        (Record::Objective(workspace.objective(sell).unwrap().objective.clone()), "objective “Sell” under “Revenue”"),
        (Record::KeyResult(workspace.key_result(calls).unwrap().key_result.clone()), "key result “Calls” of “Sell”"),
        (Record::Initiative(initiative), "initiative “Call” for “Calls”"),
        (
            Record::Kpi(Kpi {
                id: kpi,
                name: "Uptime".into(),
                unit: String::new(),
                healthy: HealthyRange::default(),
                owner: None,
                team: None,
            }),
            "KPI “Uptime”",
        ),
        (Record::KpiReading(reading), "reading of KPI “something that is gone”: 99"),
    ] {
        assert_eq!(workspace.words(&Change::Added(record.clone())), format!("new {expected}"));
        assert_eq!(workspace.words(&Change::Removed(record.clone())), format!("{expected} taken back"));
        assert_eq!(workspace.undone_words(&[Change::Removed(record.clone())]), Some(format!("new {expected}")));
        assert_eq!(workspace.undone_words(&[Change::Added(record)]), Some(format!("{expected} taken back")));
    }
}

#[test]
fn many_changes_are_told_by_the_weightiest() {
    let Sample { workspace, sell, .. } = sample();
    let edit = |was, is| Change::Edited(Edit::Objective(sell, Replaced { was, is }));
    let company = edit(ObjectiveField::Company(false), ObjectiveField::Company(true));
    let state = edit(ObjectiveField::State(State::Agreed), ObjectiveField::State(State::Closed));
    assert_eq!(workspace.words_of_all(&[]), None);
    assert_eq!(
        workspace.words_of_all([&company, &state]).unwrap(),
        "state of “Sell” agreed → closed, and one more change"
    );
    assert_eq!(
        workspace.words_of_all([&company, &company, &state]).unwrap(),
        "state of “Sell” agreed → closed, and 2 more changes"
    );
}

#[test]
fn a_long_title_is_cut() {
    assert_eq!(quoted(Some(&"é".repeat(80))), format!("“{}…”", "é".repeat(60)));
}

#[test]
fn a_place_among_siblings_is_told_only_where_nothing_else_is() {
    let Sample { workspace, sell, .. } = sample();
    let edit = |was, is| Change::Edited(Edit::Objective(sell, Replaced { was, is }));
    let rank =
        edit(ObjectiveField::Rank(Rank::default()), ObjectiveField::Rank(Rank::between(Some(&Rank::default()), None)));
    let title = edit(ObjectiveField::Title("Sell".to_owned()), ObjectiveField::Title("B".to_owned()));
    let alone = workspace.words_of_all([&title]);
    assert_eq!(workspace.words_of_all([&rank, &title]), alone);
    assert_eq!(workspace.words_of_all([&title, &rank]), alone);
    assert!(workspace.words_of_all([&rank]).unwrap().starts_with("place among siblings"));
}
