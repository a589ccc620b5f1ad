//! Undo and past days, as the log of either database makes them.

use trellis::domain::change::{Edit, Replaced};
use trellis::domain::command::{Command, Reason};
use trellis::domain::ids::{KeyResultId, MutationId, NodeId, PersonId};
use trellis::domain::okr::{ObjectiveField, State};
use trellis::server::clock::Clock;
use trellis::server::ledger::{Ledger, SubmitError};
use trellis::server::past::{PastDays, PastError};
use uuid::Uuid;

use crate::support::{TestDb, add_check_in, day, memory, plant, progress, submission, submit, time, whole_log};

on_both_databases!(
    an_undo_is_kept_and_counts_once,
    what_was_added_goes_and_comes_back,
    a_past_day_follows_what_is_learned_of_it_later,
    nobody_makes_past_days_without_end,
);

async fn an_undo_is_kept_and_counts_once(db: &TestDb) {
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    submit(&ledger, vec![add_check_in(key_result, 40.0)]).await;
    let done = submission(vec![add_check_in(key_result, 60.0)]);
    ledger.submit(done.clone()).await.unwrap();
    let undo = submission(vec![Command::Undo(done.mutation)]);
    let first = ledger.submit(undo.clone()).await.unwrap();
    assert_eq!(progress(&ledger, key_result), Some(400_000));
    assert_eq!(ledger.submit(undo.clone()).await.unwrap(), first);
    assert_eq!(whole_log(&ledger).await.last().unwrap().undoes, Some(done.mutation));
    let again = ledger.submit(submission(vec![Command::Undo(done.mutation)])).await;
    assert!(matches!(again, Err(SubmitError::Refused(refusal)) if refusal.reason == Reason::NotFound));
    // To redo is to undo the undo, also for a process that was not there; and both at once is one after the other.
    let other = db.ledger().await;
    let redo = submission(vec![Command::Undo(undo.mutation)]);
    other.submit(redo.clone()).await.unwrap();
    assert_eq!(progress(&other, key_result), Some(600_000));
    let quick = submission(vec![add_check_in(key_result, 80.0)]);
    let back = submission(vec![Command::Undo(quick.mutation)]);
    let (one, two) = tokio::join!(other.submit(quick), other.submit(back));
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    assert_eq!(progress(&other, key_result), Some(600_000));
    assert_eq!(memory(&db.ledger().await), memory(&other));
}

async fn what_was_added_goes_and_comes_back(db: &TestDb) {
    let ledger = db.ledger().await;
    let (objective, key_result) = plant(&ledger).await;
    let planted = whole_log(&ledger).await[0].mutation;
    let before = memory(&ledger).1;
    let gone = submission(vec![Command::Undo(planted)]);
    ledger.submit(gone.clone()).await.unwrap();
    assert!(ledger.read(|workspace, _| workspace.objective(objective).is_none() && workspace.key_result(key_result).is_none()));
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
    ledger.submit(submission(vec![Command::Undo(gone.mutation)])).await.unwrap();
    assert_eq!(memory(&ledger).1, before);
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
    let unknown = submission(vec![Command::Undo(MutationId(Uuid::now_v7()))]);
    assert!(matches!(ledger.submit(unknown).await, Err(SubmitError::Refused(_))));
}

async fn at(db: &TestDb, now: &str) -> Ledger {
    Ledger::open(db.connect().await, Clock::Fixed(time(now))).await.unwrap()
}

async fn shown(past: &PastDays, on: &str, key_result: KeyResultId) -> (Option<i64>, Option<String>) {
    let workspace = past.on(day(on), ADA).await.unwrap();
    let node = NodeId::from(key_result);
    let title = workspace.parent(node).and_then(|above| workspace.node_title(above)).map(str::to_owned);
    (workspace.shown_ppm(node), title)
}

const ADA: PersonId = PersonId(Uuid::from_u128(7));

async fn a_past_day_follows_what_is_learned_of_it_later(db: &TestDb) {
    // The founding table, with a check-in for 9 February.
    let ledger = at(db, "2026-02-10T09:00:00Z").await;
    let (objective, key_result) = plant(&ledger).await;
    submit(&ledger, vec![add_check_in(key_result, 40.0)]).await;
    // Three days later somebody gives it another title and drops it.
    let ledger = at(db, "2026-02-13T09:00:00Z").await;
    let old = "Bread for the whole street".to_owned();
    let title = Replaced { was: ObjectiveField::Title(old.clone()), is: ObjectiveField::Title("Bread".to_owned()) };
    submit(&ledger, vec![Command::Edit(Edit::Objective(objective, title))]).await;
    let past = PastDays::new(ledger.clone());
    let old = Some(old);
    assert_eq!(shown(&past, "2026-02-08", key_result).await, (Some(0), old.clone()), "before any check-in");
    assert_eq!(shown(&past, "2026-02-12", key_result).await, (Some(400_000), old.clone()));
    // What is said of that day later counts on it, although the day was made before.
    submit(&ledger, vec![add_check_in(key_result, 70.0)]).await;
    assert_eq!(shown(&past, "2026-02-12", key_result).await, (Some(700_000), old.clone()));
    assert_eq!(past.on(day("2026-02-12"), ADA).await.unwrap().today(), day("2026-02-12"));
    // What is arranged later does not.
    let state = Replaced { was: ObjectiveField::State(State::Agreed), is: ObjectiveField::State(State::Dropped) };
    submit(&ledger, vec![Command::Edit(Edit::Objective(objective, state))]).await;
    let then = past.on(day("2026-02-12"), ADA).await.unwrap();
    assert_eq!(then.objective(objective).unwrap().objective.state, State::Agreed);
    assert_eq!(past.asked("2026-02-13").await.unwrap(), None);
    assert_eq!(past.asked("2026-02-09").await.unwrap(), Some(day("2026-02-09")));
    for wrong in ["2026-02-08", "2026-02-14", "soon"] {
        assert!(matches!(past.asked(wrong).await, Err(PastError::NoSuchDay(_))), "{wrong}");
    }
}

async fn nobody_makes_past_days_without_end(db: &TestDb) {
    let ledger = db.ledger().await;
    plant(&ledger).await;
    let past = PastDays::new(ledger);
    let ben = PersonId(Uuid::from_u128(8));
    let before = |back| day("2026-02-09") - chrono::Days::new(back);
    let mut made = 0;
    while past.on(before(made), ADA).await.is_ok() {
        made += 1;
        assert!(made < 100);
    }
    assert!(matches!(past.on(before(made), ADA).await, Err(PastError::TooMany)));
    assert!(past.on(before(made - 1), ADA).await.is_ok(), "what is made already costs nothing");
    assert!(past.on(before(made), ben).await.is_ok(), "and others are not in the way");
}
