//! What an open page hears, and from where on.

use std::time::Duration;

use axum::body::{Body, BodyDataStream, to_bytes};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use futures::StreamExt;
use tower::ServiceExt;
use trellis::domain::change::{Edit, Record, Replaced};
use trellis::domain::command::Command;
use trellis::domain::day::Day;
use trellis::domain::encoded::from_text;
use trellis::domain::ids::{KeyResultId, PersonId};
use trellis::domain::log::LogEntry;
use trellis::domain::measure::Value;
use trellis::domain::okr::CheckIn;
use trellis::domain::people::{Person, Role};
use trellis::domain::settings::SettingsField;
use trellis::domain::workspace::{Snapshot, Workspace};
use trellis::server::ServerState;
use trellis::server::http::router;
use trellis::server::session::cookie::Transport;
use uuid::Uuid;

use crate::support::{
    TestDb, add_check_in, check_in, finite, many_check_ins, memory, plant, submission, submit, whole_log,
};

on_both_databases!(resumes_after_the_last_event, tells_a_submission_together, asks_those_far_behind_to_start_afresh);

/// A server, and somebody who is signed in.
struct Site {
    state: ServerState,
    cookie: String,
}

impl Site {
    async fn on(db: &TestDb) -> Self {
        let state = ServerState::new(db.ledger().await);
        let reader = Person {
            id: PersonId(Uuid::now_v7()),
            name: "Ines".to_owned(),
            email: None,
            role: Role::Viewer,
            teams: Vec::new(),
        };
        let id = reader.id;
        submit(&state.ledger, vec![Command::Add(Record::Person(reader))]).await;
        let token = state.sessions.begin(id, false, None).await.unwrap();
        let cookie = format!("{}={}", Transport::Secure.cookie_name(), token.reveal());
        Self { state, cookie }
    }

    /// Compression is always offered.
    async fn get(&self, path: &str, last: Option<u64>) -> Response {
        let mut request = Request::get(path).header("cookie", &self.cookie).header("accept-encoding", "br");
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        router(self.state.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }
}

/// An open stream, read event by event.
struct Stream {
    body: BodyDataStream,
    read: String,
}

#[derive(Debug, PartialEq, Eq)]
struct Event {
    id: Option<u64>,
    name: String,
    data: String,
}

impl Stream {
    async fn open(site: &Site, path: &str, last: Option<u64>) -> Self {
        let response = site.get(path, last).await;
        assert_eq!(response.status(), StatusCode::OK);
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header("content-type").as_deref(), Some("text/event-stream"));
        assert_eq!(header("cache-control").as_deref(), Some("no-store"));
        assert_eq!(header("x-accel-buffering").as_deref(), Some("no"));
        assert_eq!(header("content-encoding"), None);
        let mut stream = Self { body: response.into_body().into_data_stream(), read: String::new() };
        assert_eq!(stream.today().await, site.state.ledger.read(|workspace, _| workspace.day()));
        stream
    }

    /// The next event; `None` at the end of the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.read.split_once("\n\n") {
                let field = |name: &str| {
                    let lines = event.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
                    lines.map(str::to_owned).next()
                };
                let id = field("id").map(|id| id.parse().unwrap());
                let event =
                    Event { id, name: field("event").unwrap_or_default(), data: field("data").unwrap_or_default() };
                self.read = rest.to_owned();
                return Some(event);
            }
            let chunk =
                tokio::time::timeout(Duration::from_secs(20), self.body.next()).await.expect("an event in time");
            self.read.push_str(std::str::from_utf8(&chunk?.unwrap()).unwrap());
        }
    }

    async fn today(&mut self) -> Day {
        let event = self.next().await.unwrap();
        assert_eq!((event.name.as_str(), event.id), ("today", None), "{event:?}");
        from_text(&event.data).unwrap()
    }

    async fn changes(&mut self) -> Vec<LogEntry> {
        let event = self.next().await.unwrap();
        assert_eq!(event.name, "changes", "{event:?}");
        let entries: Vec<LogEntry> = from_text(&event.data).unwrap();
        assert_eq!(event.id, entries.last().map(|entry| entry.seq));
        entries
    }
}

async fn resumes_after_the_last_event(db: &TestDb) {
    let site = Site::on(db).await;
    let ledger = &site.state.ledger;
    let (_, key_result) = plant(ledger).await;
    submit(ledger, vec![add_check_in(key_result, 10.0)]).await;
    let log = whole_log(ledger).await;
    let mut from_the_start = Stream::open(&site, "/api/live?after=0", None).await;
    assert_eq!(from_the_start.changes().await, log[..1]);
    assert_eq!(from_the_start.changes().await, log[1..3]);
    assert_eq!(from_the_start.changes().await, log[3..]);
    // The browser says where it was, whatever the address said at first.
    let mut resumed = Stream::open(&site, "/api/live?after=0", Some(3)).await;
    assert_eq!(resumed.changes().await, log[3..]);
    let mut from_now = Stream::open(&site, "/api/live", None).await;
    submit(ledger, vec![add_check_in(key_result, 20.0)]).await;
    let newest = &whole_log(ledger).await[4..];
    for stream in [&mut from_the_start, &mut resumed, &mut from_now] {
        assert_eq!(stream.changes().await, newest);
    }
    // While they are being listened to, as they always are.
    let stop = async { site.state.shutdown.cancel() };
    let (one, two, three, ()) = tokio::join!(biased; from_the_start.next(), resumed.next(), from_now.next(), stop);
    assert_eq!([one, two, three], [None, None, None], "open streams do not hold up the end");
}

async fn tells_a_submission_together(db: &TestDb) {
    let site = Site::on(db).await;
    let other = db.ledger().await;
    let (_, key_result) = plant(&site.state.ledger).await;
    let mut stream = Stream::open(&site, "/api/live?after=3", None).await;
    for size in [3, 1, 5] {
        let commands = (0..size).map(|value| add_check_in(key_result, f64::from(value))).collect();
        // Also what another process commits.
        other.submit(submission(commands)).await.unwrap();
        assert_eq!(stream.changes().await.len(), usize::try_from(size).unwrap());
    }
}

async fn asks_those_far_behind_to_start_afresh(db: &TestDb) {
    let site = Site::on(db).await;
    let ledger = &site.state.ledger;
    let (objective, key_result) = plant(ledger).await;
    submit(ledger, many_check_ins(objective, 5_001)).await;
    let now = memory(ledger).0;
    let resync = |event: Option<Event>| event.is_some_and(|event| event.name == "resync" && event.id == Some(now));
    let mut behind = Stream::open(&site, "/api/live?after=1", None).await;
    assert!(resync(behind.next().await));
    let mut ahead = Stream::open(&site, "/api/live", Some(now + 1)).await;
    assert!(resync(ahead.next().await));
    submit(ledger, vec![add_check_in(key_result, 1.0)]).await;
    assert_eq!(behind.changes().await, ahead.changes().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_holds_what_the_numbers_need() {
    let db = TestDb::sqlite();
    let site = Site::on(&db).await;
    let ledger = &site.state.ledger;
    let (_, key_result) = plant(ledger).await;
    let check_ins = [30.0, 60.0].map(|value| check_in(key_result, Value::Number(finite(value))));
    submit(ledger, check_ins.iter().cloned().map(|said| Command::Add(Record::CheckIn(said))).collect()).await;

    let mut request = Request::get("/api/snapshot").body(Body::empty()).unwrap();
    request.headers_mut().insert("cookie", site.cookie.parse().unwrap());
    let response = router(site.state.clone()).oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/octet-stream");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let (seq, snapshot): (u64, Snapshot) = postcard::from_bytes(&bytes).unwrap();
    assert_eq!(seq, 5);
    let workspace = Workspace::from_snapshot(snapshot);
    let shown = |workspace: &Workspace| workspace.progress(key_result.into());
    assert_eq!(shown(&workspace), ledger.read(|workspace, _| shown(workspace)));
    assert!(workspace.key_result(key_result).unwrap().incomplete);
    assert_eq!(site.get("/api/snapshot", None).await.headers()["content-encoding"], "br");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_check_ins_of_a_key_result_are_told() {
    let db = TestDb::sqlite();
    let site = Site::on(&db).await;
    let (_, key_result) = plant(&site.state.ledger).await;
    submit(&site.state.ledger, vec![add_check_in(key_result, 30.0), add_check_in(key_result, 60.0)]).await;
    let recorded = site.state.ledger.check_ins(key_result).unwrap();
    assert_eq!(recorded.len(), 2);
    let mut request = Request::get(format!("/api/key-result/{key_result}/check-ins")).body(Body::empty()).unwrap();
    request.headers_mut().insert("cookie", site.cookie.parse().unwrap());
    let response = router(site.state.clone()).oneshot(request).await.unwrap();
    assert_eq!(response.headers()["cache-control"], "no-store");
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert_eq!(postcard::from_bytes::<Vec<CheckIn>>(&bytes).unwrap(), recorded);
    let unknown = KeyResultId(Uuid::now_v7()).to_string();
    for id in [unknown.as_str(), "not-an-id"] {
        let response = site.get(&format!("/api/key-result/{id}/check-ins"), None).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_is_told_at_first_and_anew_where_it_ends_at_another_moment() {
    let db = TestDb::sqlite();
    let site = Site::on(&db).await;
    let mut stream = Stream::open(&site, "/api/live", None).await;
    let fields = Replaced {
        was: SettingsField::TimeZone("UTC".to_owned()),
        is: SettingsField::TimeZone("Asia/Kathmandu".to_owned()),
    };
    submit(&site.state.ledger, vec![Command::Edit(Edit::Settings(fields))]).await;
    let mut told = [stream.next().await.unwrap(), stream.next().await.unwrap()];
    told.sort_by(|one, other| one.name.cmp(&other.name));
    let [changes, today] = told;
    assert_eq!((changes.name.as_str(), today.name.as_str()), ("changes", "today"));
    let today: Day = from_text(&today.data).unwrap();
    assert_eq!(today.ends.unwrap().time(), "18:15:00".parse().unwrap());
    assert_eq!(today, site.state.ledger.read(|workspace, _| workspace.day()));
}
