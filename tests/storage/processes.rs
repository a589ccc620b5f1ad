//! Several processes on one database.

use std::sync::Arc;

use trellis::server::clock::Clock;
use trellis::server::ledger::Ledger;

use crate::support::{
    TestDb, add_check_in, eventually, many_check_ins, memory, plant, progress, submission, submit, time, whole_log,
};

on_both_databases!(
    they_see_each_others_changes,
    they_take_turns,
    far_behind_reads_afresh,
    two_that_start_together_make_one_workspace,
);

async fn they_see_each_others_changes(db: &TestDb) {
    let (one, two) = (db.ledger().await, db.ledger().await);
    let mut news = two.subscribe();
    let (_, key_result) = plant(&one).await;
    eventually("the other sees a new objective", || progress(&two, key_result) == Some(0)).await;
    assert_eq!(&news.recv().await.unwrap()[..], &whole_log(&one).await[..]);
    // Decided against what the other has just done, seen or not.
    submit(&two, vec![add_check_in(key_result, 25.0)]).await;
    submit(&one, vec![add_check_in(key_result, 75.0)]).await;
    eventually("the first check-in", || progress(&two, key_result) == Some(750_000)).await;
    assert_eq!(memory(&one), memory(&two));
}

async fn they_take_turns(db: &TestDb) {
    const EACH: usize = 60;
    let ledgers = Arc::new([db.ledger().await, db.ledger().await]);
    let (_, key_result) = plant(&ledgers[0]).await;
    let mut sends = Vec::new();
    for sender in 0..8 {
        let ledgers = ledgers.clone();
        sends.push(tokio::spawn(async move {
            for value in 0..EACH {
                ledgers[sender % 2].submit(submission(vec![add_check_in(key_result, value as f64)])).await.unwrap();
            }
        }));
    }
    for send in sends {
        send.await.unwrap();
    }
    let last = 2 + 8 * EACH as u64;
    eventually("both know everything", || ledgers.iter().all(|ledger| memory(ledger).0 == last)).await;
    assert_eq!(memory(&ledgers[0]), memory(&ledgers[1]));
    assert_eq!(memory(&db.ledger().await), memory(&ledgers[0]));
    assert!(whole_log(&ledgers[0]).await.iter().map(|entry| entry.seq).eq(1..=last));
}

async fn far_behind_reads_afresh(db: &TestDb) {
    let (one, two) = (db.ledger().await, db.ledger().await);
    let (objective, key_result) = plant(&one).await;
    eventually("the other sees it", || progress(&two, key_result).is_some()).await;
    let mut news = two.subscribe();
    submit(&one, many_check_ins(objective, 12_000)).await;
    eventually("the other has it all", || memory(&two).0 == memory(&one).0).await;
    assert_eq!(memory(&one), memory(&two));
    assert!(news.recv().await.unwrap().is_empty(), "listeners are told to take a snapshot");
}

async fn two_that_start_together_make_one_workspace(db: &TestDb) {
    let open = || async { Ledger::open(db.connect().await, Clock::System).await.unwrap() };
    let (one, two) = tokio::join!(open(), open());
    assert_eq!(one.read(|workspace, _| workspace.id), two.read(|workspace, _| workspace.id));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_is_that_of_the_workspaces_time_zone() {
    use trellis::domain::change::{Edit, Replaced};
    use trellis::domain::command::Command;
    use trellis::domain::settings::SettingsField;

    let db = TestDb::sqlite();
    let ledger = Ledger::open(db.connect().await, Clock::Fixed(time("2026-02-10T23:30:00Z"))).await.unwrap();
    let mut days = ledger.days();
    assert_eq!(days.borrow_and_update().date.to_string(), "2026-02-10");
    let fields = Replaced {
        was: SettingsField::TimeZone("UTC".to_owned()),
        is: SettingsField::TimeZone("Europe/Vienna".to_owned()),
    };
    submit(&ledger, vec![Command::Edit(Edit::Settings(fields))]).await;
    days.changed().await.unwrap();
    assert_eq!(days.borrow().date.to_string(), "2026-02-11");
    assert_eq!(ledger.read(|workspace, _| workspace.today().to_string()), "2026-02-11");
}
