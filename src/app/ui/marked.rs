//! Titles with what was looked for in them.

use maud::{Markup, html};

use crate::domain::filter::Words;

/// A title with the words that were looked for marked.
#[must_use]
pub fn marked(words: &Words, title: &str) -> Markup {
    html! {
        @if words.is_empty() {
            (title)
        } @else {
            @for (found, text) in words.mark(title) {
                @if found { mark { (text) } } @else { (text) }
            }
        }
    }
}
