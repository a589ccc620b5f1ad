//! Pages that say what went wrong.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::ApiError;

/// Nothing answers to the address.
#[component]
pub fn NotFound() -> impl IntoView {
    crate::api::status::not_found();
    view! {
        <Title text="Not found – Trellis" />
        <main class="notice">
            <h1>"Nothing is here"</h1>
            <p>"The address may be mistyped, or what was here is gone. Nothing was changed."</p>
            <p>
                <a href="/tree">"Go to the tree"</a>
            </p>
        </main>
    }
}

/// The server gave no answer that a page could be made of.
#[component]
pub fn Failure(
    /// Why not.
    error: ApiError,
) -> impl IntoView {
    match error {
        ApiError::NotFound => view! { <NotFound /> }.into_any(),
        ApiError::SignedOut => view! {
            <Title text="Signed out – Trellis" />
            <main class="notice">
                <h1>"You are signed out"</h1>
                <p>"Nothing was changed. Sign in to go on."</p>
                <p>
                    <a href="/sign-in" rel="external">"Sign in"</a>
                </p>
            </main>
        }
        .into_any(),
        ApiError::NoSuchDay(why) => view! {
            <Title text="No such day – Trellis" />
            <main class="notice">
                <h1>"That day cannot be shown"</h1>
                <p>{why}</p>
                <p>
                    <a href="/tree">"Go to the tree of today"</a>
                </p>
            </main>
        }
        .into_any(),
        error @ (ApiError::Unavailable | ApiError::Rejected(_) | ApiError::Connection(_)) => view! {
            <Title text="No answer – Trellis" />
            <main class="notice">
                <h1>"The server gave no answer"</h1>
                <p>{error.to_string()}</p>
                <p>
                    <a href="/tree" rel="external">"Try again"</a>
                </p>
            </main>
        }
        .into_any(),
    }
}
