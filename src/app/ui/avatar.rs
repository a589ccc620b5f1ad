//! People as badges.

use leptos::prelude::*;
use maud::{Markup, html};

use crate::domain::row::PersonLabel;

/// A person's initials on one of eight colours, with the name for whoever asks.
#[component]
pub fn Avatar(
    /// Who it is; nobody is an empty place.
    person: Option<PersonLabel>,
) -> impl IntoView {
    let person = person.as_ref();
    view! { <span class=class(person) title=name(person).to_owned() inner_html=inside(person).into_string()></span> }
        .into_any()
}

/// The same as markup.
#[must_use]
pub fn avatar(person: Option<&PersonLabel>) -> Markup {
    html! {
        span class=(class(person)) title=(name(person)) { (inside(person)) }
    }
}

fn name(person: Option<&PersonLabel>) -> &str {
    person.map_or("No owner", |person| &person.name)
}

fn class(person: Option<&PersonLabel>) -> String {
    person.map_or_else(|| "avatar nobody".to_owned(), |person| format!("avatar colour-{}", person.colour))
}

fn inside(person: Option<&PersonLabel>) -> Markup {
    html! {
        span aria-hidden="true" { @if let Some(person) = person { (person.initials) } }
        span.visually-hidden { (name(person)) }
    }
}
