//! The example company on many days, decided and applied in memory.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use crate::domain::change::Record;
use crate::domain::command::{Actor, Command};
use crate::domain::cycle::{Cycle, Phase};
use crate::domain::ids::{CheckInId, MutationId, NodeId, PersonId, WorkspaceId};
use crate::domain::measure::Measure;
use crate::domain::okr::{CheckIn, ConfidenceBand, Counts, DrivenBy, State, Verdict};
use crate::domain::pace::Pace;
use crate::domain::people::Role;
use crate::domain::workspace::{History, KeyResultNode, Workspace};
use crate::server::ledger::{Ledger, Submission};
use crate::server::testing::TestServer;

use super::calendar::spread;
use super::kpis::KPIS;
use super::people::{PEOPLE, TEAMS};
use super::table::{ObjectiveRow, When};
use super::{OBJECTIVES, commands};

/// Leap days, both ends of years, and ten days in a row, so that every weekday is among them.
fn days() -> impl Iterator<Item = NaiveDate> {
    let special = ["2024-02-28", "2024-02-29", "2024-03-01", "2025-12-31", "2026-01-01", "2028-12-31", "2029-01-01"];
    let row = (0..10).map(|ahead| day("2027-06-25") + Days::new(ahead));
    special.into_iter().map(day).chain(row)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The first instant of that day: nothing may lie after it.
fn dawn(today: NaiveDate) -> DateTime<Utc> {
    today.and_time(NaiveTime::MIN).and_utc()
}

fn commands_on(today: NaiveDate) -> Vec<Command> {
    let mut last = 0;
    commands(today, &mut || {
        last += 1;
        Uuid::from_u128(last)
    })
}

fn company_on(today: NaiveDate) -> Workspace {
    let mut company = Workspace::empty(WorkspaceId(Uuid::nil()), today);
    for command in commands_on(today) {
        let changes = company
            .decide(Actor::Operator, dawn(today), &command)
            .unwrap_or_else(|refusal| panic!("{today}: {} {command:?}", refusal.message));
        for change in changes {
            company.apply(&change);
        }
    }
    company
}

/// The company on each of those days, made once for all tests.
static COMPANIES: LazyLock<Vec<Workspace>> = LazyLock::new(|| days().map(company_on).collect());

fn rows() -> impl Iterator<Item = &'static ObjectiveRow> {
    OBJECTIVES.into_iter().flatten()
}

/// The quarters that have come so far.
fn quarters(company: &Workspace, phase: Phase) -> Vec<&Cycle> {
    company.cycles().filter(|cycle| cycle.phase == phase && cycle.span.unwrap().days() < 100).collect()
}

/// Key results of agreed objectives of the quarter under way.
fn under_way(company: &Workspace) -> impl Iterator<Item = &KeyResultNode> {
    let active = quarters(company, Phase::Active)[0].id;
    company.key_results().filter(move |node| {
        let objective = company.objective_of(node.key_result.id.into()).unwrap();
        objective.cycle == Some(active) && objective.state == State::Agreed
    })
}

#[test]
fn is_of_the_promised_size_on_any_day() {
    for company in COMPANIES.iter() {
        let today = company.today();
        assert_eq!(company.settings.name, "Mildwinter");
        assert!(company.settings.example && !company.settings.strategy.assumptions.is_empty());
        assert_eq!(company.teams().count(), 12);
        assert!((55..=65).contains(&company.people().count()));
        assert!((65..=75).contains(&company.objectives().count()));
        assert!((210..=230).contains(&company.key_results().count()), "{}", company.key_results().count());
        assert_eq!(company.kpis().count(), KPIS.len());
        let notes: BTreeSet<&str> = company
            .key_results()
            .flat_map(|node| &node.check_ins)
            .map(|check_in| check_in.note.as_str())
            .filter(|note| !note.is_empty())
            .collect();
        assert!(notes.len() >= 200, "{today}: {} notes", notes.len());
    }
}

#[test]
fn nothing_was_said_in_the_future() {
    for company in COMPANIES.iter() {
        let today = company.today();
        let check_ins = company.key_results().flat_map(|node| &node.check_ins).map(|check_in| check_in.at);
        let readings = company.kpis().flat_map(|node| &node.readings).map(|reading| reading.at);
        let latest = check_ins.chain(readings).max().unwrap();
        assert!(latest < dawn(today), "{today}: {latest}");
        assert!(latest > dawn(today - Days::new(1)), "{today}: somebody spoke yesterday, not only at {latest}");
    }
}

#[test]
fn check_ins_are_said_by_owners_in_the_days_of_their_cycle() {
    let company = company_on(day("2026-11-21"));
    for node in company.key_results() {
        let span = company.span(node.key_result.id.into()).unwrap();
        for check_in in &node.check_ins {
            assert!(span.contains(check_in.day), "{}", node.key_result.title);
            assert!(check_in.by.is_some() && check_in.by == node.key_result.owner, "{}", node.key_result.title);
        }
    }
}

#[test]
fn two_quarters_are_closed_and_the_third_is_two_thirds_over() {
    for company in COMPANIES.iter() {
        let today = company.today();
        let quarters: Vec<_> = company.cycles().filter(|cycle| cycle.name != "Year 4").collect();
        let year = company.cycles().find(|cycle| cycle.name == "Year 4").unwrap().span.unwrap();
        let phases: Vec<_> = quarters.iter().map(|cycle| cycle.phase).collect();
        assert_eq!(phases, [Phase::Closed, Phase::Closed, Phase::Active, Phase::Draft]);
        for pair in quarters.windows(2) {
            assert_eq!(pair[0].span.unwrap().last().succ_opt(), Some(pair[1].span.unwrap().first()));
        }
        for cycle in &quarters {
            assert!(year.encloses(cycle.span.unwrap()));
            assert_eq!(cycle.span.unwrap().days(), 91);
        }
        let gone = quarters[2].span.unwrap().days_gone(today);
        assert!((58..=64).contains(&gone), "{today}: {gone} of 91 days");
    }
}

#[test]
fn what_is_over_is_scored_and_learned_from() {
    let company = company_on(day("2026-11-21"));
    let closed: BTreeSet<_> = quarters(&company, Phase::Closed).iter().map(|cycle| cycle.id).collect();
    let mut verdicts = Vec::new();
    for node in company.objectives() {
        let over = node.objective.cycle.is_some_and(|cycle| closed.contains(&cycle));
        assert_eq!(over, node.objective.closing.is_some(), "{}", node.objective.title);
        if let Some(closing) = &node.objective.closing {
            assert!(closing.score.is_some() && !closing.learned.is_empty());
            verdicts.extend(closing.verdict);
        }
    }
    assert!(verdicts.len() >= 20);
    for verdict in [Verdict::Keep, Verdict::Adapt, Verdict::Drop] {
        assert!(verdicts.contains(&verdict), "{verdict:?}");
    }
}

#[test]
fn shows_every_kind_of_measure_and_progress() {
    let company = company_on(day("2026-11-21"));
    let key_results = || company.key_results().map(|node| &node.key_result);
    for name in ["reach", "at_least", "at_most", "between", "milestones", "graded"] {
        assert!(key_results().filter(|key_result| key_result.measure.name() == name).count() >= 3, "{name}");
    }
    let reaches = |up: bool| {
        key_results().any(|key_result| match key_result.measure {
            Measure::Reach { baseline, target } => {
                baseline.zip(target).is_some_and(|(from, to)| if up { from < to } else { from > to })
            }
            _ => false,
        })
    };
    assert!(reaches(true) && reaches(false));
    assert!(key_results().any(|key_result| key_result.measure.counts_share()));
    assert!(key_results().any(|key_result| key_result.driven_by == DrivenBy::Aligned));
    assert!(key_results().any(|key_result| key_result.weight.get() > 1));
    assert!(key_results().any(|key_result| !key_result.measure.is_measurable()));
    let shown: Vec<_> = under_way(&company).map(|node| company.shown_ppm(node.key_result.id.into())).collect();
    assert!(shown.contains(&None), "unknown");
    assert!(shown.iter().flatten().any(|ppm| *ppm > 1_000_000), "overshoot");
    assert!(shown.iter().flatten().any(|ppm| *ppm < 0), "below baseline");
    assert!(company.objectives().any(|node| node.objective.counts == Counts::KeyResults));
    assert!(company.objectives().any(|node| node.objective.counts == Counts::Aligned));
    for state in State::ALL {
        assert!(company.objectives().any(|node| node.objective.state == state), "{state:?}");
    }
    assert!(company.objectives().any(|node| !node.objective.supports.is_empty()));
}

#[test]
fn gives_a_review_something_to_talk_about() {
    for company in COMPANIES.iter() {
        let today = company.today();
        let paces = |pace: Pace, band: ConfidenceBand| {
            under_way(company)
                .map(|node| NodeId::from(node.key_result.id))
                .filter(|id| company.pace(*id) == Some(pace))
                .filter(|id| company.confidence(*id).is_some_and(|confidence| confidence.band() == band))
                .count()
        };
        assert!(paces(Pace::AtRisk, ConfidenceBand::OnTrack) >= 3, "{today}");
        assert!(paces(Pace::OnTrack, ConfidenceBand::OffTrack) >= 1, "{today}");
        let said = |node: &&KeyResultNode| !node.check_ins.is_empty();
        let stale = under_way(company).filter(said).filter(|node| company.is_stale(node.key_result.id)).count();
        assert!((4..=12).contains(&stale), "{today}: {stale} stale");
        let silent = under_way(company).filter(|node| company.is_not_started(node.key_result.id)).count();
        assert!((2..=6).contains(&silent), "{today}: {silent} not started");
        let unaligned = company.roots().iter().filter(|id| company.is_unaligned(**id)).count();
        assert!((3..=6).contains(&unaligned), "{today}: {unaligned} unaligned");
    }
}

#[test]
fn work_is_done_and_to_be_done() {
    let company = company_on(day("2026-11-21"));
    let ids = company.key_results().flat_map(|node| &node.initiatives);
    let (done, open): (Vec<_>, Vec<_>) = ids.filter_map(|id| company.initiative(*id)).partition(|it| it.done);
    assert!(done.len() >= 5 && open.len() >= 5);
}

#[test]
fn the_top_is_readable_and_mixed_on_any_day() {
    for company in COMPANIES.iter() {
        let today = company.today();
        let top: Vec<NodeId> =
            company.objectives().filter(|node| node.objective.company).map(|node| node.objective.id.into()).collect();
        assert_eq!(top.len(), 3);
        for node in &top {
            let progress = company.progress(*node).unwrap().get();
            assert!((350_000..=750_000).contains(&progress), "{today}: {progress}");
        }
        let paces: BTreeSet<_> = top.iter().filter_map(|node| company.pace(*node)).collect();
        assert_eq!(paces.len(), 3, "{today}: {paces:?}");
    }
}

#[test]
fn the_line_of_sight_is_at_least_four_objectives_long() {
    let company = company_on(day("2026-11-21"));
    let depth = |node: NodeId| company.ancestors(node).filter(|above| matches!(above, NodeId::Objective(_))).count();
    assert!(company.objectives().map(|node| 1 + depth(node.objective.id.into())).max() >= Some(4));
}

#[test]
fn admins_are_few_and_some_only_read() {
    let of = |role| PEOPLE.iter().filter(|person| person.role == role).count();
    assert!((1..=2).contains(&of(Role::Admin)));
    assert!(of(Role::Viewer) >= 2);
    let cadences: Vec<_> = TEAMS.iter().map(|team| team.cadence).collect();
    assert!(cadences.iter().enumerate().filter(|(place, cadence)| !cadences[..*place].contains(cadence)).count() >= 5);
}

#[test]
fn every_name_in_the_tables_names_something() {
    let people: BTreeSet<_> = PEOPLE.iter().map(|person| person.key).collect();
    let teams: BTreeSet<_> = TEAMS.iter().map(|team| team.key).collect();
    assert_eq!((people.len(), teams.len()), (PEOPLE.len(), TEAMS.len()));
    let known = |keys: &BTreeSet<&str>, key: &str| key.is_empty() || keys.contains(key);
    assert!(TEAMS.iter().all(|team| known(&teams, team.part_of)));
    assert!(PEOPLE.iter().flat_map(|person| person.teams).all(|team| teams.contains(team)));
    assert!(KPIS.iter().all(|kpi| people.contains(kpi.owner) && teams.contains(kpi.team)));
    let objectives: BTreeSet<_> = rows().map(|row| row.key).filter(|key| !key.is_empty()).collect();
    let mut above: BTreeSet<&str> = BTreeSet::new();
    for row in rows() {
        assert!(people.contains(row.owner), "{}", row.title);
        assert!(!row.teams.is_empty() && row.teams.iter().all(|team| teams.contains(team)), "{}", row.title);
        assert!(row.supports.iter().all(|key| objectives.contains(key)), "{}", row.title);
        assert!(known(&above, row.under), "“{}” stands before what it is aligned under", row.title);
        assert!(row.key.is_empty() || above.insert(row.key), "{} twice", row.key);
        for key_result in row.key_results {
            assert!(known(&people, key_result.owner) && known(&teams, key_result.team), "{}", key_result.title);
            assert!(key_result.key.is_empty() || above.insert(key_result.key), "{} twice", key_result.key);
        }
    }
}

#[test]
fn titles_fit_on_a_phone() {
    for row in rows() {
        let key_results = row.key_results.iter();
        let initiatives = key_results.clone().flat_map(|key_result| key_result.initiatives).map(|(title, _)| *title);
        for title in initiatives.chain(key_results.map(|key_result| key_result.title)).chain([row.title]) {
            assert!(title.chars().count() <= 60, "{title}");
        }
        assert!((1..=5).contains(&row.key_results.len()) && !row.why.is_empty(), "{}", row.title);
        assert_eq!(row.outcome.is_some(), matches!(row.when, When::First | When::Second), "{}", row.title);
    }
}

#[test]
fn the_same_day_gives_the_same_company() {
    let today = day("2026-01-01");
    assert_eq!(commands_on(today), commands_on(today));
    assert_ne!(commands_on(today), commands_on(day("2026-01-09")));
}

#[test]
fn check_ins_are_recorded_in_the_order_of_time() {
    let commands = commands_on(day("2026-11-21"));
    let check_ins: Vec<_> = commands
        .iter()
        .filter_map(|command| match command {
            Command::Add(Record::CheckIn(check_in)) => Some((check_in.at, check_in.id)),
            _ => None,
        })
        .collect();
    assert!(check_ins.len() > 1_000, "{}", check_ins.len());
    assert!(check_ins.is_sorted());
}

#[test]
fn days_between_two_points_are_filled_in() {
    let days: Vec<_> = (0..5).map(|week| day("2026-01-05") + Days::new(7 * week)).collect();
    let values = |points: &[_], days: &[_], smoothly| -> Vec<f64> {
        spread(points, days, smoothly).into_iter().map(|(_, (value, ..))| value).collect()
    };
    let points = [(10.0, 5, "a"), (20.0, 6, "b"), (17.0, 7, "c")];
    assert_eq!(values(&points, &days, true), [10.0, 14.0, 20.0, 18.0, 17.0]);
    assert_eq!(values(&points, &days, false), [10.0, 10.0, 20.0, 20.0, 17.0]);
    assert_eq!(values(&points, &days[3..], true), [20.0, 17.0]);
    assert_eq!(values(&points[2..], &days, true), [17.0]);
    assert_eq!(values(&[(4_000.0, 5, ""), (-2_000.0, 5, "")], &days[..3], true), [4_000.0, 1_000.0, -2_000.0]);
    assert!(values(&[], &days, true).is_empty() && values(&points, &[], true).is_empty());
}

#[tokio::test]
async fn the_database_keeps_all_of_it() {
    let server = TestServer::empty().await;
    let ledger = server.state.ledger.clone();
    let today = ledger.read(|workspace, _| workspace.today());
    let submission = Submission {
        mutation: MutationId(Uuid::now_v7()),
        actor: Actor::Operator,
        commands: commands(today, &mut Uuid::now_v7),
    };
    ledger.submit(submission).await.unwrap();
    let kept = Ledger::open(ledger.db().clone(), ledger.clock()).await.unwrap();
    let snapshot = |ledger: &Ledger| ledger.read(|workspace, _| workspace.snapshot(History::Full));
    assert_eq!(snapshot(&kept), snapshot(&ledger));
    assert!(snapshot(&kept).check_ins.len() > 1_000);
}

#[test]
fn nobody_but_the_operator_speaks_for_others() {
    let today = day("2026-11-21");
    let company = company_on(today);
    let admin = company.people().find(|person| person.role == Role::Admin).unwrap().id;
    let other = company.people().find(|person| person.id != admin).unwrap().id;
    let node = under_way(&company).find(|node| !node.check_ins.is_empty()).unwrap();
    let said = |by| {
        let id = CheckInId(Uuid::from_u128(u128::MAX));
        Command::Add(Record::CheckIn(CheckIn { id, by, ..node.check_ins[0].clone() }))
    };
    let allowed = |actor, by| company.decide(actor, dawn(today), &said(by)).is_ok();
    assert!(allowed(Actor::Person(admin), Some(admin)));
    assert!(!allowed(Actor::Person(admin), Some(other)));
    assert!(!allowed(Actor::Person(admin), None));
    assert!(allowed(Actor::Operator, Some(other)));
    assert!(allowed(Actor::Operator, None));
    assert!(!allowed(Actor::Operator, Some(PersonId(Uuid::from_u128(u128::MAX)))));
}
