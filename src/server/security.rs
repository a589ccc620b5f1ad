//! The headers that tell a browser what a page of ours may do.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use leptos::nonce::use_nonce;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Headers that every response has, unless it says something else itself.
const DEFAULTS: [(HeaderName, &str); 6] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (CACHE_CONTROL, "no-store"),
];

/// A year, as the lists of sites that are only ever reached by HTTPS ask for.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Middleware: adds the headers. HTTPS is insisted on only where a proxy says that the browser came by it.
pub async fn add_headers(request: Request, next: Next) -> Response {
    let is_https = request.headers().get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if !headers.contains_key(CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&policy(""))
    {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    if is_https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    response
}

/// Lets the page that is being rendered run the one inline script that carries its nonce.
pub fn allow_nonce() {
    let source = use_nonce().map(|nonce| format!(" 'nonce-{nonce}'"));
    if let (Some(source), Some(response)) = (source, use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&policy(&source))
    {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// The policy with `nonce`, which is empty or a blank and a source expression.
fn policy(nonce: &str) -> String {
    // `cargo leptos watch` tells the page over a socket of its own to reload.
    let watch = if std::env::var_os("LEPTOS_WATCH").is_some() { " ws:" } else { "" };
    format!(
        "default-src 'none'; script-src 'self'{nonce} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'{watch}; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}
