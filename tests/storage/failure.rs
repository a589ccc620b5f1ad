//! A database that fails: nothing is acknowledged that is not kept, reading goes on, and writing resumes by itself.

use trellis::server::store::{Db, StoreError};

use crate::support::{TestDb, add_check_in, is_unavailable, memory, plant, progress, submission, submit};

on_both_databases!(what_cannot_be_written_is_not_acknowledged, a_lost_connection_is_made_again, a_panic_is_survived,);

async fn what_cannot_be_written_is_not_acknowledged(db: &TestDb) {
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    let before = memory(&ledger);
    db.execute("ALTER TABLE mutation RENAME TO elsewhere").await;
    let check_in = submission(vec![add_check_in(key_result, 40.0)]);
    assert!(is_unavailable(&ledger.submit(check_in.clone()).await));
    assert_eq!(memory(&ledger), before);
    db.execute("ALTER TABLE elsewhere RENAME TO mutation").await;
    assert_eq!(ledger.submit(check_in).await.unwrap().seq, before.0 + 1);
    assert_eq!(progress(&ledger, key_result), Some(400_000));
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
}

async fn a_lost_connection_is_made_again(db: &TestDb) {
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    if db.address.starts_with("postgres") {
        db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()").await;
    }
    let check_in = submission(vec![add_check_in(key_result, 40.0)]);
    let mut result = ledger.submit(check_in.clone()).await;
    for _ in 0..20 {
        if result.is_ok() {
            break;
        }
        assert!(is_unavailable(&result));
        result = ledger.submit(check_in.clone()).await;
    }
    result.unwrap();
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
}

async fn a_panic_is_survived(db: &TestDb) {
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    let before = memory(&ledger);
    let check_in = submission(vec![add_check_in(key_result, 40.0)]);
    let result = ledger.submit_with_progress(check_in.clone(), |_| panic!("on purpose")).await;
    assert!(is_unavailable(&result));
    assert_eq!(memory(&ledger), before);
    assert_eq!(ledger.submit(check_in).await.unwrap().seq, before.0 + 1);
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_waited_out() {
    let db = TestDb::sqlite();
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    let Db::Sqlite { writer, .. } = ledger.db().clone() else { panic!("not SQLite") };
    // The least that is possible: as many pages as there are.
    sqlx::query("PRAGMA max_page_count = 1").execute(&writer).await.unwrap();
    let mut kept = 0;
    let refused = loop {
        let check_in = submission(vec![add_check_in(key_result, f64::from(kept))]);
        match ledger.submit(check_in.clone()).await {
            Ok(_) => kept += 1,
            result => {
                assert!(is_unavailable(&result), "{result:?}");
                break check_in;
            }
        }
        assert!(kept < 10_000, "the disk was never full");
    };
    let seq = memory(&ledger).0;
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
    assert!(is_unavailable(&ledger.submit(refused.clone()).await), "it is still full");
    sqlx::query("PRAGMA max_page_count = 1000000").execute(&writer).await.unwrap();
    assert_eq!(ledger.submit(refused).await.unwrap().seq, seq + 1);
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_fails_is_not_acknowledged() {
    let db = TestDb::postgres().await;
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    let before = memory(&ledger);
    db.execute(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$;
         CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON change_log DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION fail()",
    )
    .await;
    let check_in = submission(vec![add_check_in(key_result, 40.0)]);
    assert!(is_unavailable(&ledger.submit(check_in.clone()).await));
    assert_eq!(memory(&ledger), before);
    db.execute("DROP TRIGGER fail ON change_log").await;
    assert_eq!(ledger.submit(check_in).await.unwrap().seq, before.0 + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_serialisation_failure_is_tried_again() {
    let db = TestDb::postgres().await;
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    // A sequence counts on where a transaction is taken back.
    db.execute(
        "CREATE SEQUENCE attempts;
         CREATE FUNCTION fail_twice() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN
             IF nextval('attempts') < 3 THEN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END IF;
             RETURN NEW;
         END $$;
         CREATE TRIGGER fail_twice BEFORE INSERT ON change_log FOR EACH ROW EXECUTE FUNCTION fail_twice()",
    )
    .await;
    submit(&ledger, vec![add_check_in(key_result, 40.0)]).await;
    assert_eq!(db.count("SELECT last_value FROM attempts").await, 3);
    assert_eq!(memory(&db.ledger().await), memory(&ledger));
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("letter.txt");
    std::fs::write(&path, "Dear all,\n".repeat(1_000)).unwrap();
    let error = Db::connect(&format!("sqlite:{}", path.display())).await.unwrap_err();
    assert!(matches!(error, StoreError::Open { .. }), "{error}");
    assert!(error.to_string().contains("letter.txt"), "{error}");
}
