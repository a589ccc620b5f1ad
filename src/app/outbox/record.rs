//! How an item is written where it outlives the page, and this version of Trellis.
//!
//! A record holds plain texts, of which any version can show what it is and send it as it was, and the details, which
//! only a version that knows their format reads.

use super::{Details, Item, Kept, State};
use crate::app::replica::Submission;
use crate::domain::form::Fields;

/// The number of the format of the details, which is their first byte.
const FORMAT: u8 = 1;

/// An item as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The id of whoever did it.
    pub person: String,
    /// The id of the submission.
    pub mutation: String,
    /// What it does, for people.
    pub words: String,
    /// What is sent.
    pub body: String,
    /// `waiting`, `refused` or `saved`.
    pub state: String,
    /// Why it was refused.
    pub refused: String,
    /// What it is made of.
    pub details: Vec<u8>,
}

impl From<&Item> for Record {
    fn from(item: &Item) -> Self {
        let (state, refused) = match &item.state {
            State::Waiting | State::Sending => ("waiting", ""),
            State::Refused(why) => ("refused", why.as_str()),
            State::Saved => ("saved", ""),
        };
        Self {
            person: item.person.to_string(),
            mutation: item.mutation.to_string(),
            words: item.words.clone(),
            body: item.body.clone(),
            state: state.to_owned(),
            refused: refused.to_owned(),
            details: item.details.as_ref().map(written).unwrap_or_default(),
        }
    }
}

impl Record {
    /// The item, kept under a number; `None` where it does not even say whose it is.
    #[must_use]
    pub fn read(self, place: f64) -> Option<Item> {
        Some(Item {
            mutation: self.mutation.parse().ok()?,
            person: self.person.parse().ok()?,
            words: self.words,
            body: self.body,
            details: details(&self.details),
            state: match self.state.as_str() {
                "refused" => State::Refused(self.refused),
                "saved" => State::Saved,
                _ => State::Waiting,
            },
            kept: Kept::At(place),
        })
    }
}

fn written(details: &Details) -> Vec<u8> {
    // What cannot be written is sent all the same, and only not shown before that.
    postcard::to_allocvec(&(FORMAT, &details.submission, &details.form)).unwrap_or_default()
}

fn details(bytes: &[u8]) -> Option<Details> {
    let (format, rest) = bytes.split_first()?;
    if *format != FORMAT {
        return None;
    }
    let ((submission, form), rest) = postcard::take_from_bytes::<(Submission, Option<Fields>)>(rest).ok()?;
    rest.is_empty().then_some(Details { submission, form })
}
