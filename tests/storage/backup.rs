//! Back-ups of either database, restored into either.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::TempDir;
use trellis::domain::workspace::{History, Workspace};
use trellis::server::store::backup::backup;
use trellis::server::store::restore::restore;
use trellis::server::store::{Db, StoreError};

use crate::round_trip::fill;
use crate::support::{TestDb, add_check_in, memory, plant, submission, submit, whole_log};

on_both_databases!(is_restored_into_either, is_taken_while_others_write, is_refused_where_it_would_harm);

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("okr.backup")
}

async fn is_restored_into_either(db: &TestDb) {
    let ledger = db.ledger().await;
    fill(&ledger).await;
    let folder = TempDir::new().unwrap();
    backup(ledger.db(), &file(&folder), &|_| ()).await.unwrap();
    for target in [TestDb::sqlite(), TestDb::postgres().await] {
        // Also where a server made its empty workspace already.
        drop(target.ledger().await);
        restore(&file(&folder), &target.connect().await, &|_| ()).await.unwrap();
        let restored = target.ledger().await;
        assert_eq!(memory(&restored), memory(&ledger));
        assert_eq!(whole_log(&restored).await, whole_log(&ledger).await);
        // What was carried out there is not carried out again here.
        assert_eq!(
            target.count("SELECT count(*) FROM mutation").await,
            db.count("SELECT count(*) FROM mutation").await
        );
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["okr.backup"], "nothing else is left behind");
}

async fn is_taken_while_others_write(db: &TestDb) {
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn({
        let (ledger, stop) = (ledger.clone(), stop.clone());
        async move {
            let mut kept = 0;
            while !stop.load(Ordering::Relaxed) {
                ledger.submit(submission(vec![add_check_in(key_result, f64::from(kept % 100))])).await.unwrap();
                kept += 1;
            }
            kept
        }
    });
    let folder = TempDir::new().unwrap();
    backup(&db.connect().await, &file(&folder), &|_| ()).await.unwrap();
    stop.store(true, Ordering::Relaxed);
    assert!(writing.await.unwrap() > 0);
    let target = TestDb::sqlite();
    restore(&file(&folder), &target.connect().await, &|_| ()).await.unwrap();
    let restored = target.ledger().await;
    let (seq, snapshot) = memory(&restored);
    let log = whole_log(&restored).await;
    assert!(log.iter().map(|entry| entry.seq).eq(1..=seq), "of one moment");
    let mut replayed = Workspace::empty(snapshot.id, snapshot.today);
    for entry in &log {
        replayed.apply(&entry.change);
    }
    assert_eq!(replayed.snapshot(History::Full), snapshot);
}

async fn is_refused_where_it_would_harm(db: &TestDb) {
    let ledger = db.ledger().await;
    plant(&ledger).await;
    let folder = TempDir::new().unwrap();
    let path = file(&folder);
    backup(ledger.db(), &path, &|_| ()).await.unwrap();
    let kept = std::fs::read(&path).unwrap();
    assert!(matches!(backup(ledger.db(), &path, &|_| ()).await, Err(StoreError::File { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), kept, "a back-up is not written over");
    let before = memory(&ledger);
    assert!(matches!(restore(&path, ledger.db(), &|_| ()).await, Err(StoreError::NotEmpty)));
    assert_eq!(memory(&db.ledger().await), before);

    // Cut off in the middle.
    std::fs::write(&path, &kept[..kept.len() * 2 / 3]).unwrap();
    for target in [TestDb::sqlite(), TestDb::postgres().await] {
        let error = restore(&path, &target.connect().await, &|_| ()).await.unwrap_err();
        assert!(error.to_string().contains("okr.backup"), "{error}");
        assert_eq!(target.count("SELECT count(*) FROM objective").await, 0, "all or nothing");
    }
    std::fs::write(&path, "Dear all,\n").unwrap();
    let target = TestDb::sqlite();
    assert!(matches!(restore(&path, &target.connect().await, &|_| ()).await, Err(StoreError::Backup { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_lacks_a_row_is_refused() {
    let db = TestDb::postgres().await;
    let ledger = db.ledger().await;
    let (_, key_result) = plant(&ledger).await;
    submit(&ledger, vec![add_check_in(key_result, 40.0)]).await;
    let folder = TempDir::new().unwrap();
    backup(ledger.db(), &file(&folder), &|_| ()).await.unwrap();
    let archive = std::fs::read_to_string(file(&folder)).unwrap();
    let lacking: Vec<&str> = archive.lines().filter(|line| !line.contains(r#""table":"check_in""#)).collect();
    std::fs::write(file(&folder), lacking.join("\n")).unwrap();
    let target = TestDb::sqlite();
    let error = restore(&file(&folder), &target.connect().await, &|_| ()).await.unwrap_err();
    assert!(matches!(error, StoreError::Backup { .. }), "{error}");
    assert_eq!(target.count("SELECT count(*) FROM objective").await, 0, "all or nothing");
}

#[tokio::test]
async fn of_sqlite_is_a_plain_database() {
    let db = TestDb::sqlite();
    plant(&db.ledger().await).await;
    let folder = TempDir::new().unwrap();
    backup(&db.connect().await, &file(&folder), &|_| ()).await.unwrap();
    let Db::Sqlite { writer, .. } = Db::connect(&format!("sqlite:{}", file(&folder).display())).await.unwrap() else {
        panic!("not SQLite")
    };
    let check: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&writer).await.unwrap();
    let objectives: i64 = sqlx::query_scalar("SELECT count(*) FROM objective").fetch_one(&writer).await.unwrap();
    assert_eq!((check.as_str(), objectives), ("ok", 1));
}
