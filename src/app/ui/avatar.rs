//! People as badges.

use super::plain::{Plain, visually_hidden};
use crate::domain::row::PersonLabel;

/// A person's initials on one of eight colours, with the name for whoever asks; nobody is an empty place.
#[must_use]
pub fn avatar(person: Option<&PersonLabel>) -> Plain {
    let (class, initials, name) = match person {
        Some(person) => (format!("avatar colour-{}", person.colour), person.initials.clone(), person.name.clone()),
        None => ("avatar nobody".to_owned(), String::new(), "No owner".to_owned()),
    };
    Plain::new("span")
        .class(class)
        .attribute("title", name.clone())
        .child(Plain::new("span").attribute("aria-hidden", "true").text(initials))
        .child(visually_hidden(name))
}
