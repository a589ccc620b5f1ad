use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ORIGIN};
use axum::response::Sse;
use axum::response::sse::Event;
use axum::routing::post;
use futures::stream;
use tokio::sync::Notify;
use tower::ServiceExt;

use super::*;
use crate::server::testing::TestServer;

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: impl axum::http::header::AsHeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

async fn ask(router: Router, request: Request) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

async fn trellis(request: Request) -> Answer {
    let server = TestServer::empty().await;
    ask(router(server.state.clone()), request).await
}

fn get_page(path: &str) -> Request {
    Request::get(path).header(ACCEPT, "text/html").body(Body::empty()).unwrap()
}

/// Routes that misbehave, with what surrounds all routes around them.
fn surrounded() -> Router {
    let routes = Router::new()
        .route("/length", post(|body: Bytes| async move { body.len().to_string() }))
        .route(
            "/panic",
            get(|| async {
                if true {
                    panic!("on purpose")
                }
            }),
        )
        .route("/never", get(std::future::pending::<()>));
    surround(routes, Duration::from_millis(50), 1000)
}

fn sent(length: usize) -> axum::http::request::Builder {
    Request::post("/length").header("host", "trellis.example").header("content-length", length)
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    for path in ["/", "/sign-in", "/nowhere", "/healthz"] {
        let answer = trellis(get_page(path)).await;
        let policy = answer.header(CONTENT_SECURITY_POLICY);
        for directive in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "style-src 'self';"] {
            assert!(policy.contains(directive), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn every_inline_script_carries_the_nonce_of_the_policy() {
    let (first, second) = (trellis(get_page("/sign-in")).await, trellis(get_page("/sign-in")).await);
    let nonce = |answer: &Answer| {
        let policy = answer.header(CONTENT_SECURITY_POLICY);
        policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0.to_owned()
    };
    assert_ne!(nonce(&first), nonce(&second));
    let scripts = first.body.matches("<script").count();
    assert!(scripts > 0);
    assert_eq!(first.body.matches(&format!("<script nonce=\"{}\">", nonce(&first))).count(), scripts);
    assert!(!first.body.contains("<style") && !first.body.contains(" style="));
}

#[tokio::test]
async fn https_is_insisted_on_only_behind_https() {
    let plain = trellis(get_page("/healthz")).await;
    assert!(plain.header("strict-transport-security").is_empty());
    let request = Request::get("/healthz").header("x-forwarded-proto", "https").body(Body::empty()).unwrap();
    assert!(trellis(request).await.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn an_unknown_address_tells_a_stranger_nothing() {
    let (unknown, known) = (trellis(get_page("/nowhere")).await, trellis(get_page("/tree")).await);
    assert_eq!((unknown.status, known.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    assert_eq!(unknown.header("location"), known.header("location").replace("tree", "nowhere"));
    let answer = trellis(Request::post("/nowhere").body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_handler_comes_to_its_end_when_nobody_waits_for_it() {
    let (begun, done) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let handler = {
        let (begun, done) = (begun.clone(), done.clone());
        || async move {
            begun.notify_one();
            tokio::task::yield_now().await;
            done.notify_one();
        }
    };
    let routes = surround(Router::new().route("/", get(handler)), TIME_LIMIT, BODY_LIMIT);
    tokio::select! {
        _ = routes.oneshot(get_page("/")) => panic!("answered before it was left"),
        () = begun.notified() => {}
    }
    tokio::time::timeout(TIME_LIMIT, done.notified()).await.unwrap();
}

#[tokio::test]
async fn a_request_from_another_site_changes_nothing() {
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), (ORIGIN.as_str(), "https://evil.example")]
    {
        let answer = ask(surrounded(), sent(0).header(name, value).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(answer.body.contains("another site"), "{}", answer.body);
    }
    for (name, value) in [("sec-fetch-site", "same-origin"), (ORIGIN.as_str(), "https://trellis.example")] {
        let answer = ask(surrounded(), sent(0).header(name, value).body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_body_is_taken_up_to_the_limit() {
    for (length, status) in [(0, StatusCode::OK), (1000, StatusCode::OK), (1001, StatusCode::PAYLOAD_TOO_LARGE)] {
        let declared = sent(length).body(Body::from(vec![b'a'; length])).unwrap();
        assert_eq!(ask(surrounded(), declared).await.status, status, "{length}");
        let chunks = stream::iter((0..length).map(|_| Ok::<_, Infallible>("a")));
        let chunked = Request::post("/length").body(Body::from_stream(chunks)).unwrap();
        assert_eq!(ask(surrounded(), chunked).await.status, status, "{length} in chunks");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_never_reaches_a_handler() {
    let broken = stream::iter([Ok("half"), Err(std::io::Error::other("gone"))]);
    let answer = ask(surrounded(), Request::post("/length").body(Body::from_stream(broken)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_panic_is_a_page_without_its_cause() {
    let answer = ask(surrounded(), get_page("/panic")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.header(CONTENT_TYPE), "text/html; charset=utf-8");
    assert!(answer.body.contains("<h1>Trellis made a mistake</h1>") && !answer.body.contains("on purpose"));
    assert!(!answer.header(CONTENT_SECURITY_POLICY).is_empty());
}

#[tokio::test]
async fn a_handler_that_never_answers_is_given_up_on() {
    let answer = ask(surrounded(), get_page("/never")).await;
    assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT);
    assert!(answer.body.contains("took too long"));
}

#[tokio::test]
async fn pages_are_compressed_and_event_streams_are_not() {
    let ask_for_brotli = |path: &str| Request::get(path).header(ACCEPT_ENCODING, "br").body(Body::empty()).unwrap();
    assert_eq!(trellis(ask_for_brotli("/sign-in")).await.header(CONTENT_ENCODING), "br");
    let events = || async { Sse::new(stream::iter([Ok::<_, Infallible>(Event::default().data("x".repeat(500)))])) };
    let router = Router::new().route("/events", get(events)).layer(CompressionLayer::new());
    assert_eq!(ask(router, ask_for_brotli("/events")).await.header(CONTENT_ENCODING), "");
}
