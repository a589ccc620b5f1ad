//! The door: everything is closed to nobody, except what is listed here.

use std::borrow::Cow;

use axum::Json;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::LOCATION;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Sessions;
use super::cookie::Transport;
use crate::api::ApiError;
use crate::server::refusal::{Refusal, accepts_html};

/// What nobody in particular may ask for, as the router writes it. Besides these only the client's files are open.
pub const OPEN: [&str; 6] =
    ["/healthz", "/sign-in", "/sign-in/example", "/set-up/{token}", "/api/sign_in_page", "/api/set_up_page"];

/// What stays readable in the address to come back to.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What cannot stand in a header: everything else is kept as the browser sent it.
const IN_HEADER: &AsciiSet = &CONTROLS.add(b' ');

/// The longest address to come back to, in bytes.
const LONGEST_NEXT: usize = 2000;

const SIGNED_OUT: Refusal = Refusal {
    status: StatusCode::UNAUTHORIZED,
    title: "You are not signed in",
    advice: "Nothing was changed. Sign in and try again.",
};

/// Middleware: finds out who asks, and lets nobody through where somebody is wanted.
pub async fn admit(State(sessions): State<Sessions>, mut request: Request, next: Next) -> Response {
    // An address that no route answers to has no matched path, and is closed like the rest.
    if request.extensions().get::<MatchedPath>().is_some_and(|path| OPEN.contains(&path.as_str())) {
        return next.run(request).await;
    }
    let viewer = match Transport::of(&request).token(request.headers()) {
        Some(token) => sessions.find(&token).await,
        None => Ok(None),
    };
    match viewer {
        Ok(Some(viewer)) => {
            request.extensions_mut().insert(viewer);
            next.run(request).await
        }
        Ok(None) => turn_away(&request),
        Err(error) => {
            tracing::error!("a session could not be looked up: {error}");
            Refusal::FAULT.into_response()
        }
    }
}

/// Whoever looks at a page is asked to sign in and comes back to it; everybody else is told.
fn turn_away(request: &Request) -> Response {
    let is_page = accepts_html(request.headers()) && matches!(*request.method(), Method::GET | Method::HEAD);
    if request.uri().path().starts_with("/api/") {
        return (SIGNED_OUT.status, Json(ApiError::SignedOut)).into_response();
    }
    if !is_page {
        return SIGNED_OUT.into_response();
    }
    match request.uri().path_and_query().map_or("/", |address| address.as_str()) {
        "/" => Redirect::to("/sign-in").into_response(),
        address => Redirect::to(&format!("/sign-in?next={}", encoded(address))).into_response(),
    }
}

fn encoded(address: &str) -> Cow<'_, str> {
    utf8_percent_encode(address, KEPT).into()
}

/// Sends a browser on to `next` if that is an address of ours, else to the front page.
///
/// A browser takes `//host`, and `\` for `/`, and drops tabs and line breaks: whatever could lead elsewhere is refused.
pub fn go_on_to(next: &str) -> Response {
    let is_local = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= LONGEST_NEXT
        && !next.contains(|c: char| c == '\\' || c.is_control());
    let mut response = StatusCode::SEE_OTHER.into_response();
    let location = if is_local { utf8_percent_encode(next, IN_HEADER).to_string() } else { "/".to_owned() };
    if let Ok(location) = location.parse() {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leads_elsewhere() {
        let location = |next: &str| go_on_to(next).headers()[LOCATION].to_str().unwrap().to_owned();
        for local in ["/", "/tree", "/tree?cycle=2026-Q1&open=a,b#row", "/node/1%20x"] {
            assert_eq!(location(local), local);
        }
        assert_eq!(location("/tree?q=größer als"), "/tree?q=gr%C3%B6%C3%9Fer%20als");
        let long = format!("/{}", "x".repeat(LONGEST_NEXT));
        for foreign in [
            "",
            "tree",
            "//example.org",
            "///example.org",
            "/\\example.org",
            "\\/example.org",
            "/\t/example.org",
            "/\n/example.org",
            "/tree\r\nset-cookie: a=b",
            "https://example.org",
            "javascript:alert(1)",
            " //example.org",
            &long,
        ] {
            assert_eq!(location(foreign), "/", "{foreign:?}");
        }
    }
}
