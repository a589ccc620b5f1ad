//! People as badges.

use leptos::prelude::*;

use crate::domain::row::PersonLabel;

/// A person's initials on one of eight colours, with the name for whoever asks.
#[component]
pub fn Avatar(
    /// Who it is; nobody is an empty place.
    person: Option<PersonLabel>,
) -> impl IntoView {
    let name = person.as_ref().map_or_else(|| "No owner".to_owned(), |person| person.name.clone());
    let class =
        person.as_ref().map_or_else(|| "avatar nobody".to_owned(), |person| format!("avatar colour-{}", person.colour));
    let title = name.clone();
    view! {
        <span class=class title=title>
            <span aria-hidden="true">{person.map(|person| person.initials)}</span>
            <span class="visually-hidden">{name}</span>
        </span>
    }
}
