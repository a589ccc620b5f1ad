//! The routes and what surrounds them all.

use std::any::Any;
use std::panic::resume_unwind;
use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use futures::StreamExt;
use leptos::prelude::provide_context;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;
use tracing::Instrument;

use super::refusal::{Refusal, present};
use super::security::{add_headers, allow_nonce};
use super::session::access::admit;
use super::session::forms;
use super::{ServerState, assets, live, pages, past};
use crate::app::{App, shell};

/// The longest body that a request may have, in bytes.
pub const BODY_LIMIT: usize = 1 << 20;

/// How long a handler may take to begin its answer. The rest of an answer, such as an event stream, may take longer.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// How much of a body that is too long is read and thrown away, so that its sender gets to read why.
const DISCARD_LIMIT: usize = 128 << 20;

/// The pages. Listed once in a process: while they are, no page that is being rendered anywhere gets its data, and one
/// that asks for some just then never does.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// Everything that Trellis answers.
pub fn router(state: ServerState) -> Router {
    let (files, names) = assets::client();
    let options = state.leptos.clone();
    let document = move || shell(options.clone(), names.clone());
    let (ledger, sessions, past) = (state.ledger.clone(), state.sessions.clone(), state.past.clone());
    let context = move || {
        allow_nonce();
        provide_context(ledger.clone());
        provide_context(sessions.clone());
        provide_context(past.clone());
    };
    let render = render_app_async_with_context(context.clone(), document.clone());
    let not_found = render.clone();
    let pages = plain_routes()
        .into_iter()
        .fold(Router::new(), |router, (_, path, handler)| router.route(path, handler))
        .leptos_routes_with_context(&state, PAGES.clone(), context, document)
        .fallback(move |request: Request| async move {
            if request.method() != Method::GET {
                return Refusal::NOT_FOUND.into_response();
            }
            (StatusCode::NOT_FOUND, not_found(request).await).into_response()
        })
        .layer(from_fn(move |request, next| forms::show_problem(render.clone(), request, next)))
        .layer(from_fn_with_state(state.sessions.clone(), admit))
        .layer(CompressionLayer::new());
    surround(pages.merge(files), TIME_LIMIT, BODY_LIMIT).with_state(state)
}

/// Every route besides the pages, the server functions and the client's files.
fn plain_routes() -> Vec<(Method, &'static str, MethodRouter<ServerState>)> {
    vec![
        (Method::GET, "/healthz", get(|| async { "ok\n" })),
        (Method::GET, "/api/live", get(live::changes)),
        (Method::GET, "/api/snapshot", get(past::snapshot)),
        (Method::GET, "/api/baseline", get(past::baseline)),
        (Method::GET, "/api/own-changes", get(live::own_changes)),
        (Method::GET, "/api/key-result/{id}/check-ins", get(live::check_ins)),
        (Method::POST, "/sign-in", post(forms::sign_in)),
        (Method::POST, "/sign-in/example", post(forms::sign_in_as_example)),
        (Method::POST, "/sign-out", post(forms::sign_out)),
        (Method::POST, "/sign-out-everywhere", post(forms::sign_out_everywhere)),
        (Method::POST, "/set-up/{token}", post(forms::set_up)),
        (Method::POST, "/node/{id}", post(pages::on_node)),
        (Method::POST, "/check-in", post(pages::on_check_in)),
        (Method::POST, "/check-in/team/{id}", post(pages::on_meeting)),
        (Method::POST, "/tree", post(pages::on_tree)),
        (Method::POST, "/new-objective", post(pages::on_new_objective)),
    ]
}

/// Every route besides the client's files, so that a test can ask who may use it.
#[must_use]
pub fn routes() -> Vec<(Method, String)> {
    let plain = plain_routes().into_iter().map(|(method, path, _)| (method, path.to_owned()));
    let pages = PAGES.iter().map(|page| (Method::GET, page.path().to_owned()));
    let functions = server_fn_paths().map(|(path, method)| (method, path.to_owned()));
    plain.chain(pages).chain(functions).collect()
}

/// Puts what every request passes through around `routes`, the outermost first.
fn surround<S: Clone + Send + Sync + 'static>(routes: Router<S>, time_limit: Duration, body_limit: usize) -> Router<S> {
    routes.layer(
        ServiceBuilder::new()
            .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
            .layer(TraceLayer::new_for_http().make_span_with(span))
            .layer(PropagateRequestIdLayer::x_request_id())
            .layer(from_fn(add_headers))
            .layer(from_fn(present))
            .layer(CatchPanicLayer::custom(on_panic))
            .layer(from_fn(move |request, next| bound_time(time_limit, request, next)))
            .layer(CsrfLayer::new().with_rejection_response(|_| Refusal::CROSS_SITE.into_response()))
            .layer(from_fn(move |request, next| bound_body(body_limit, request, next))),
    )
}

/// A span without the query, which may hold what people typed.
fn span(request: &Request) -> tracing::Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    // As the router writes it where it holds a secret.
    let path = request.uri().path();
    let path = if path.starts_with("/set-up/") { "/set-up/…" } else { path };
    tracing::info_span!("request", method = %request.method(), path, id)
}

/// Lets a handler come to its end within the time, also where nobody waits for its answer any more: a page that is dropped half
/// rendered takes away what others of its tasks still read, and they panic.
async fn bound_time(limit: Duration, request: Request, next: Next) -> Response {
    let answer = tokio::time::timeout(limit, next.run(request));
    match tokio::spawn(answer.in_current_span()).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Refusal::TOO_SLOW.into_response(),
        Err(error) => match error.try_into_panic() {
            Ok(cause) => resume_unwind(cause),
            Err(_) => Refusal::FAULT.into_response(),
        },
    }
}

/// Hands the body on whole, or refuses it before a handler sees any of it.
async fn bound_body(limit: usize, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match read(body, limit).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// Reads a body of at most `limit` bytes.
///
/// A longer one is read on and thrown away: a connection that is closed on someone who still writes loses the answer.
async fn read(body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut frames = body.into_data_stream();
    let mut kept = Vec::new();
    let mut length = 0;
    while let Some(frame) = frames.next().await {
        let frame = frame.map_err(|_| Refusal::INCOMPLETE)?;
        length += frame.len();
        if length <= limit {
            kept.extend_from_slice(&frame);
        } else if length > DISCARD_LIMIT {
            break;
        }
    }
    if length <= limit { Ok(kept) } else { Err(Refusal::TOO_LARGE) }
}

fn on_panic(cause: Box<dyn Any + Send>) -> Response {
    let message = cause.downcast_ref::<&str>().copied().or_else(|| cause.downcast_ref::<String>().map(String::as_str));
    tracing::error!("a handler panicked: {}", message.unwrap_or("no message"));
    Refusal::FAULT.into_response()
}

#[cfg(test)]
mod tests;
