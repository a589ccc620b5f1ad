//! Icons from the sprite.

use leptos::prelude::*;

/// An icon of `public/icons.svg`; whoever listens instead of looking does not meet it.
#[component]
pub fn Icon(
    /// Its id in the sprite.
    #[prop(into)]
    name: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use_ href=move || format!("/icons.svg#{}", name.get())></use_>
        </svg>
    }
}
