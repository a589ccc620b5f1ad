//! Answers that say what went wrong: a page for a person, a line of text for a program.

use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

/// A request that cannot be answered as it was meant.
///
/// As a response it is a line of plain text; [`present`] makes a page of it where a browser asked for a page.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// The status of the response.
    pub status: StatusCode,
    /// What happened, as a headline.
    pub title: &'static str,
    /// What was kept, and what to do now.
    pub advice: &'static str,
}

impl Refusal {
    /// Nothing answers to the address.
    pub const NOT_FOUND: Self = Self {
        status: StatusCode::NOT_FOUND,
        title: "Nothing is here",
        advice: "The address may be mistyped, or what was here is gone.",
    };
    /// The body is longer than the route takes.
    pub const TOO_LARGE: Self = Self {
        status: StatusCode::PAYLOAD_TOO_LARGE,
        title: "That is too much at once",
        advice: "A request may hold at most one mebibyte. Nothing was changed: send less, or use `trellis import` for a large table.",
    };
    /// The body ended early.
    pub const INCOMPLETE: Self = Self {
        status: StatusCode::BAD_REQUEST,
        title: "The request did not arrive whole",
        advice: "Nothing was changed. Please try again.",
    };
    /// The request took longer than it may.
    pub const TOO_SLOW: Self = Self {
        status: StatusCode::GATEWAY_TIMEOUT,
        title: "This took too long",
        advice: "The server gave up waiting. What you sent may or may not have been kept: look before you send it again.",
    };
    /// A page of another site sent the request.
    pub const CROSS_SITE: Self = Self {
        status: StatusCode::FORBIDDEN,
        title: "This request came from another site",
        advice: "Nothing was changed. Open Trellis itself and try there.",
    };
    /// A fault of the server's own.
    pub const FAULT: Self = Self {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        title: "Trellis made a mistake",
        advice: "It is in the server's log. What was acknowledged before is kept. Please try again.",
    };

    fn page(&self) -> Html<String> {
        let Self { title, advice, .. } = self;
        Html(format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title} – Trellis</title><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
             <link rel=\"stylesheet\" href=\"/pkg/trellis.css\"></head>\
             <body><main class=\"notice\"><h1>{title}</h1><p>{advice}</p>\
             <p><a href=\"/\">Go to the front page</a></p></main></body></html>"
        ))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, format!("{}. {}\n", self.title, self.advice)).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Middleware: shows a [`Refusal`] as a page to a browser that asked for one.
pub async fn present(request: Request, next: Next) -> Response {
    let wants_page = accepts_html(request.headers());
    let is_head = request.method() == Method::HEAD;
    let response = next.run(request).await;
    match response.extensions().get::<Refusal>().copied() {
        Some(refusal) if wants_page && !is_head => with_body_of(response, refusal.page()),
        _ => response,
    }
}

/// Whether a page is an answer that the sender can show.
pub fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

fn with_body_of(mut response: Response, page: Html<String>) -> Response {
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response.headers_mut().remove(axum::http::header::CONTENT_LENGTH);
    *response.body_mut() = page.0.into();
    response
}
