//! Titles with what was looked for in them.

use super::plain::Plain;
use crate::domain::filter::Words;

/// A title with the words that were looked for marked, kept apart from the direction of the text around it.
#[must_use]
pub fn marked(words: &Words, title: &str) -> Plain {
    let isolated = Plain::new("bdi");
    if words.is_empty() {
        return isolated.text(title.to_owned());
    }
    words.mark(title).into_iter().fold(isolated, |title, (found, text)| match found {
        true => title.child(Plain::new("mark").text(text)),
        false => title.text(text),
    })
}
