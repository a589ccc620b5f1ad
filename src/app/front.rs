//! The front page: on a phone what is due from whoever looks, elsewhere the tree.

use leptos::prelude::*;
use leptos_router::components::Redirect;

/// Leads on to where most begin.
#[component]
pub fn FrontPage() -> impl IntoView {
    view! { <Redirect path=if is_phone() { "/check-in" } else { "/tree" } /> }
}

/// Whether the browser says that it runs on a phone.
#[cfg(feature = "ssr")]
fn is_phone() -> bool {
    let Some(parts) = use_context::<axum::http::request::Parts>() else { return false };
    let says = |header: &str, word: &str| {
        parts.headers.get(header).and_then(|text| text.to_str().ok()).is_some_and(|text| text.contains(word))
    };
    says("sec-ch-ua-mobile", "?1") || says("user-agent", "Mobi")
}

/// No link leads here: the server has answered whoever comes.
#[cfg(not(feature = "ssr"))]
fn is_phone() -> bool {
    false
}
