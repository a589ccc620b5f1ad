//! Titles with what was looked for in them.

use leptos::prelude::*;

use crate::domain::filter::Words;

/// A title with the words that were looked for marked.
#[must_use]
pub fn marked(words: &Words, title: &str) -> AnyView {
    if words.is_empty() {
        return title.to_owned().into_any();
    }
    let piece = |(found, text): (bool, String)| {
        if found { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    };
    words.mark(title).into_iter().map(piece).collect_view().into_any()
}
