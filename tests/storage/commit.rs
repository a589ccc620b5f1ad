//! Submissions: once each, together or not at all, in one order for everybody.

use std::sync::Arc;

use trellis::domain::change::{Edit, Record, Replaced};
use trellis::domain::command::{Actor, Command, Reason};
use trellis::domain::ids::{KpiId, KpiReadingId, PersonId};
use trellis::domain::kpi::{HealthyRange, Kpi, KpiReading};
use trellis::domain::okr::ObjectiveField;
use trellis::domain::people::{Person, Role};
use trellis::server::ledger::SubmitError;
use uuid::Uuid;

use crate::support::{
    TestDb, add_check_in, clock, finite, many_check_ins, memory, objective, plant, submission, submit, time, whole_log,
};

on_both_databases!(
    the_same_submission_counts_once,
    the_same_id_for_something_else_is_refused,
    a_refusal_leaves_nothing,
    many_at_once_are_kept_in_one_order,
    what_only_the_database_refuses_harms_nobody_else,
    a_conflict_tells_who_and_when,
    a_large_submission_is_one_transaction,
);

async fn the_same_submission_counts_once(db: &TestDb) {
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    let check_in = submission(vec![add_check_in(key_result, 40.0)]);
    let first = ledger.submit(check_in.clone()).await.unwrap();
    submit(&ledger, vec![add_check_in(key_result, 50.0)]).await;
    let before = memory(&ledger);
    assert_eq!(ledger.submit(check_in.clone()).await.unwrap(), first);
    assert_eq!(memory(&ledger), before);
    // Also by another process, and at the same time.
    let other = db.ledger().await;
    assert_eq!(other.submit(check_in).await.unwrap(), first);
    let twice = submission(vec![add_check_in(key_result, 60.0)]);
    let (one, two) = tokio::join!(ledger.submit(twice.clone()), ledger.submit(twice));
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(memory(&ledger).0, before.0 + 1);
}

async fn the_same_id_for_something_else_is_refused(db: &TestDb) {
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    let first = submission(vec![add_check_in(key_result, 40.0)]);
    let mut other = first.clone();
    other.commands = vec![add_check_in(key_result, 41.0)];
    let (one, two) = tokio::join!(ledger.submit(first.clone()), ledger.submit(other.clone()));
    assert!(one.is_ok() && matches!(two, Err(SubmitError::OtherBody)), "{one:?} {two:?}");
    let before = memory(&ledger);
    assert!(matches!(ledger.submit(other).await, Err(SubmitError::OtherBody)));
    let mut by_somebody_else = first;
    by_somebody_else.actor = Actor::Person(PersonId(Uuid::now_v7()));
    assert!(matches!(ledger.submit(by_somebody_else).await, Err(SubmitError::OtherBody)));
    assert_eq!(memory(&ledger), before);
}

async fn a_refusal_leaves_nothing(db: &TestDb) {
    let ledger = db.ledger().await;
    let (id, key_result) = plant(&ledger).await;
    let before = memory(&ledger);
    let refused = submission(vec![
        Command::Add(Record::Objective(objective("Cakes"))),
        add_check_in(key_result, 70.0),
        Command::Add(Record::Objective(objective(" "))),
    ]);
    assert!(matches!(ledger.submit(refused.clone()).await, Err(SubmitError::Refused(_))));
    assert_eq!(memory(&ledger), before);
    assert_eq!(memory(&db.ledger().await), before);
    // What is refused may be accepted later under the same id.
    let edit =
        Replaced { was: ObjectiveField::Title("Cakes".to_owned()), is: ObjectiveField::Title("Pies".to_owned()) };
    let mut early = submission(vec![Command::Edit(Edit::Objective(id, edit))]);
    assert!(ledger.submit(early.clone()).await.is_err());
    let edit = Replaced {
        was: ObjectiveField::Title("Bread for the whole street".to_owned()),
        is: ObjectiveField::Title("Pies".to_owned()),
    };
    early.commands = vec![Command::Edit(Edit::Objective(id, edit))];
    ledger.submit(early).await.unwrap();
}

async fn many_at_once_are_kept_in_one_order(db: &TestDb) {
    const SENDERS: u64 = 300;
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    let mut news = ledger.subscribe();
    let before = memory(&ledger).0;
    let sends = (0..SENDERS).map(|sender| {
        let ledger = ledger.clone();
        tokio::spawn(async move {
            let value = if sender.is_multiple_of(10) { Uuid::now_v7() } else { key_result.0 };
            let commands = vec![add_check_in(trellis::domain::ids::KeyResultId(value), sender as f64)];
            ledger.submit(submission(commands)).await
        })
    });
    let mut answered = Vec::new();
    for send in sends.collect::<Vec<_>>() {
        match send.await.unwrap() {
            Ok(answer) => answered.push(answer.seq),
            Err(error) => assert!(matches!(error, SubmitError::Refused(_)), "{error}"),
        }
    }
    answered.sort_unstable();
    let kept = SENDERS - SENDERS / 10;
    assert!(answered.into_iter().eq(before + 1..=before + kept), "each its own number, without gaps");
    for seq in before + 1..=before + kept {
        assert_eq!(news.recv().await.unwrap().iter().map(|entry| entry.seq).collect::<Vec<_>>(), [seq]);
    }
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
    if db.address.starts_with("postgres") {
        let transactions = db.count("SELECT count(DISTINCT xmin::text) FROM mutation").await;
        assert!(transactions < 100, "{transactions} transactions for {kept} submissions");
    }
}

async fn what_only_the_database_refuses_harms_nobody_else(db: &TestDb) {
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    let kpis = ["Queue", "Crumbs"].map(|name| Kpi {
        id: KpiId(Uuid::now_v7()),
        name: name.to_owned(),
        unit: String::new(),
        healthy: HealthyRange::default(),
        owner: None,
        team: None,
    });
    let reading = |kpi| KpiReading {
        id: KpiReadingId(Uuid::from_u128(7)),
        kpi,
        value: finite(1.0),
        at: time("2026-02-09T12:00:00Z"),
        by: None,
    };
    let ids = [kpis[0].id, kpis[1].id];
    let mut commands = kpis.map(|kpi| Command::Add(Record::Kpi(kpi))).to_vec();
    commands.push(Command::Add(Record::KpiReading(reading(ids[0]))));
    submit(&ledger, commands).await;
    // The rules know readings of one KPI only; the database knows all.
    let again = submission(vec![Command::Add(Record::KpiReading(reading(ids[1])))]);
    let goods: Vec<_> = (0..50).map(|value| submission(vec![add_check_in(key_result, f64::from(value))])).collect();
    let good = futures::future::join_all(goods.into_iter().map(|good| ledger.submit(good)));
    let (bad, good) = tokio::join!(ledger.submit(again), good);
    assert!(matches!(bad, Err(SubmitError::Refused(_))), "{bad:?}");
    assert!(good.iter().all(Result::is_ok));
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
}

async fn a_conflict_tells_who_and_when(db: &TestDb) {
    let ledger = db.ledger().await;
    let (id, key_result) = plant(&ledger).await;
    let person = Person {
        id: PersonId(Uuid::now_v7()),
        name: "Ines".to_owned(),
        email: None,
        role: Role::Admin,
        teams: Vec::new(),
    };
    let ines = Actor::Person(person.id);
    submit(&ledger, vec![Command::Add(Record::Person(person))]).await;
    let title = |was: &str, is: &str| {
        let fields = Replaced { was: ObjectiveField::Title(was.to_owned()), is: ObjectiveField::Title(is.to_owned()) };
        submission(vec![Command::Edit(Edit::Objective(id, fields))])
    };
    let mut hers = title("Bread for the whole street", "Bread for the town");
    hers.actor = ines;
    ledger.submit(hers).await.unwrap();
    // Later changes of other fields are not what set this one.
    submit(&ledger, vec![add_check_in(key_result, 1.0)]).await;
    let fields =
        Replaced { was: ObjectiveField::Description(String::new()), is: ObjectiveField::Description("…".to_owned()) };
    submit(&ledger, vec![Command::Edit(Edit::Objective(id, fields))]).await;
    let Err(SubmitError::Refused(refusal)) = ledger.submit(title("Bread for the whole street", "Cakes")).await else {
        panic!("the edit was made on an old title");
    };
    let Reason::Conflict(conflict) = refusal.reason else { panic!("{refusal:?}") };
    assert_eq!(conflict.by, ines.person());
    assert_eq!(conflict.at.map(|at| at.timestamp_micros()), Some(clock().now().timestamp_micros()));
}

async fn a_large_submission_is_one_transaction(db: &TestDb) {
    let ledger = db.ledger().await;
    let (objective, _) = plant(&ledger).await;
    let before = memory(&ledger).0;
    let mut news = ledger.subscribe();
    let commands = many_check_ins(objective, 5_000);
    let heard = Arc::new(std::sync::Mutex::new(Vec::new()));
    let hear = heard.clone();
    let progress = move |done| hear.lock().unwrap().push(done);
    let answer = ledger.submit_with_progress(submission(commands), progress).await.unwrap();
    assert_eq!(answer.seq, before + 5_050);
    let heard = std::mem::take(&mut *heard.lock().unwrap());
    assert!(heard.is_sorted() && heard.len() > 10 && heard.last() == Some(&5_050), "{heard:?}");
    assert!(news.recv().await.unwrap().is_empty(), "listeners are told to take a snapshot");
    assert_eq!(whole_log(&ledger).await.len() as u64, answer.seq);
}
