//! What was done here, until the server has it for good: each piece with where it is.

mod record;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

pub use self::record::Record;
use super::replica::Submission;
use crate::domain::change;
use crate::domain::command::Command;
use crate::domain::form::{Fields, Problem, Returned};
use crate::domain::ids::{CheckInId, KeyResultId, MutationId, NodeId, PersonId};

/// The field of a form that names what was refused and is mended by it.
pub const MENDS: &str = "mends";

/// How many that are saved are remembered, the latest.
const SAVED: usize = 5;

/// Something that was done here.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its name: sent twice, it counts once.
    pub mutation: MutationId,
    /// Who did it. Nobody else sends it.
    pub person: PersonId,
    /// What it does, for people.
    pub words: String,
    /// What is sent, to the letter, whichever version of Trellis wrote it.
    pub body: String,
    /// What it is made of; `None` where another version of Trellis wrote it. It is sent all the same.
    pub details: Option<Details>,
    /// How far it is.
    pub state: State,
    /// Where it is kept.
    pub kept: Kept,
}

/// What an item is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// What is wanted.
    pub submission: Submission,
    /// The form that it was typed into, if it was.
    pub form: Option<Fields>,
}

/// How far an item is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for its turn, or for the network.
    Waiting,
    /// It is on its way.
    Sending,
    /// The server does not take it, and why. It stays until somebody mends it or lets it go.
    Refused(String),
    /// The server has it for good.
    Saved,
}

/// Where an item is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kept {
    /// It is being written.
    NotYet,
    /// In the browser, under this number: it outlives the page.
    At(f64),
    /// In this page alone, since the browser keeps nothing.
    Nowhere,
}

impl Item {
    /// Whether the server is still to answer.
    #[must_use]
    pub fn is_unsent(&self) -> bool {
        matches!(self.state, State::Waiting | State::Sending)
    }

    /// Whether the server said no.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        matches!(self.state, State::Refused(_))
    }

    /// Whether it may be sent in its turn: it is kept first, where the browser keeps anything.
    fn is_ready(&self) -> bool {
        self.state == State::Waiting && self.kept != Kept::NotYet
    }

    /// The submission, where this version can read it.
    #[must_use]
    pub fn submission(&self) -> Option<&Submission> {
        self.details.as_ref().map(|details| &details.submission)
    }

    /// Whether it is about a node.
    #[must_use]
    pub fn is_of(&self, node: NodeId) -> bool {
        self.submission().and_then(Submission::node) == Some(node)
    }

    /// The check-in that it makes: of what, when and which.
    #[must_use]
    pub fn check_in(&self) -> Option<(KeyResultId, DateTime<Utc>, CheckInId)> {
        self.submission()?.commands.iter().find_map(|command| match command {
            Command::Add(change::Record::CheckIn(it)) => Some((it.key_result, it.at, it.id)),
            _ => None,
        })
    }

    /// The form with what was typed, and why it was refused. A check-in that was typed in the tree gets the form of its card.
    #[must_use]
    pub fn returned(&self) -> Option<Returned> {
        let State::Refused(why) = &self.state else { return None };
        let Details { submission, form } = self.details.as_ref()?;
        let mut fields = form.clone().or_else(|| card_of(submission))?;
        fields.0.retain(|(name, _)| name != MENDS);
        fields.0.push((MENDS.to_owned(), self.mutation.to_string()));
        Some(Returned { fields, problem: Problem::general(why.clone()) })
    }

    /// Where it can be mended.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let returned = self.returned()?;
        let mutation = self.mutation;
        if returned.fields.has("card") {
            return Some(format!("/check-in?card={}&mend={mutation}", returned.fields.get("card")));
        }
        Some(format!("/node/{}?mend={mutation}", self.submission()?.node()?))
    }
}

fn card_of(submission: &Submission) -> Option<Fields> {
    submission.commands.iter().find_map(|command| match command {
        Command::Add(change::Record::CheckIn(it)) => {
            let pairs =
                [("form", "check-in".to_owned()), ("card", it.key_result.to_string()), ("value", it.value.plain())];
            Some(Fields(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
        }
        _ => None,
    })
}

/// What was done here, in its order. Copies share it.
#[derive(Clone, Copy)]
pub struct Outbox {
    items: RwSignal<Vec<Item>>,
    sending: StoredValue<Sending>,
}

#[derive(Debug, Default)]
struct Sending {
    is_under_way: bool,
    /// How often it failed in a row.
    failures: u32,
}

impl Default for Outbox {
    fn default() -> Self {
        Self { items: RwSignal::new(Vec::new()), sending: StoredValue::default() }
    }
}

impl Outbox {
    /// All of it, with what was saved last.
    #[must_use]
    pub fn items(self) -> RwSignal<Vec<Item>> {
        self.items
    }

    /// How many the server has not answered.
    #[must_use]
    pub fn unsent(self) -> usize {
        self.items.with(|items| items.iter().filter(|item| item.is_unsent()).count())
    }

    /// One of them.
    #[must_use]
    pub fn find(self, mutation: MutationId) -> Option<Item> {
        self.items.with_untracked(|items| items.iter().find(|item| item.mutation == mutation).cloned())
    }

    /// Puts one at the end.
    pub fn push(self, item: Item) {
        self.items.update(|items| items.push(item));
    }

    /// Changes one, where it is still there.
    pub fn change(self, mutation: MutationId, change: impl FnOnce(&mut Item)) {
        self.items.update(|items| {
            if let Some(item) = items.iter_mut().find(|item| item.mutation == mutation) {
                change(item);
            }
            forget_old(items);
        });
    }

    /// Lets one go.
    pub fn drop(self, mutation: MutationId) {
        self.items.update(|items| items.retain(|item| item.mutation != mutation));
    }

    /// The next to be sent.
    #[must_use]
    pub fn next(self) -> Option<Item> {
        self.items.with_untracked(|items| items.iter().find(|item| item.is_ready()).cloned())
    }

    /// Whether nothing else waits for the server.
    #[must_use]
    pub fn is_alone(self, mutation: MutationId) -> bool {
        self.items.with_untracked(|items| items.iter().all(|item| item.mutation == mutation || !item.is_unsent()))
    }

    /// Begins to send, unless that is under way.
    #[must_use]
    pub fn begin(self) -> bool {
        let begun = self.sending.try_update_value(|sending| !std::mem::replace(&mut sending.is_under_way, true));
        begun == Some(true)
    }

    /// Sending is over for now.
    pub fn end(self) {
        self.sending.update_value(|sending| sending.is_under_way = false);
    }

    /// An attempt failed. Returns how many did in a row.
    #[must_use]
    pub fn failed(self) -> u32 {
        let failures = self.sending.try_update_value(|sending| {
            sending.failures += 1;
            sending.failures
        });
        failures.unwrap_or_default()
    }

    /// An attempt was answered.
    pub fn answered(self) {
        self.sending.update_value(|sending| sending.failures = 0);
    }

    /// Takes in what the browser keeps. `known` are the numbers under which it was known to keep something when it was
    /// asked: what is no longer under them was let go by another page.
    #[must_use]
    pub fn take_in(self, kept: Vec<Item>, known: &[f64]) -> Merged {
        let mut merged = Merged::default();
        self.items.update(|items| merged = merge(items, kept, known));
        merged
    }

    /// The numbers under which the browser keeps something, as far as this page knows.
    #[must_use]
    pub fn places(self, of: impl Fn(&Item) -> bool) -> Vec<f64> {
        let place = |item: &Item| match item.kept {
            Kept::At(place) if of(item) => Some(place),
            _ => None,
        };
        self.items.with_untracked(|items| items.iter().filter_map(place).collect())
    }
}

/// What came of taking in what the browser keeps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// What another page did, and is not known to be saved.
    pub arrived: Vec<Submission>,
    /// What was refused to another page.
    pub refused: Vec<(Submission, String)>,
}

fn merge(items: &mut Vec<Item>, kept: Vec<Item>, known: &[f64]) -> Merged {
    let mut merged = Merged::default();
    let old = std::mem::take(items);
    let is_gone = |item: &Item| matches!(item.kept, Kept::At(place) if known.contains(&place));
    let (mut mine, mut arrived): (Vec<Item>, Vec<Item>) = (Vec::new(), Vec::new());
    for item in kept {
        let Some(before) = old.iter().find(|before| before.mutation == item.mutation) else {
            merged.arrived.extend(item.submission().filter(|_| item.is_unsent()).cloned());
            arrived.push(item);
            continue;
        };
        if let (State::Refused(why), true, Some(submission)) = (&item.state, before.is_unsent(), item.submission()) {
            merged.refused.push((submission.clone(), why.clone()));
        }
        // An answer is known here before it is written down.
        mine.push(Item { state: if item.is_unsent() { before.state.clone() } else { item.state.clone() }, ..item });
    }
    let rest = old.into_iter().filter(|item| mine.iter().all(|it| it.mutation != item.mutation) && !is_gone(item));
    let rest: Vec<Item> = rest.collect();
    items.extend(mine);
    items.extend(arrived);
    items.extend(rest);
    // By the numbers, which the browser gives in the order of writing, whatever the clock says; what has none is new.
    items.sort_by(|one, other| place(one).total_cmp(&place(other)));
    forget_old(items);
    merged
}

fn place(item: &Item) -> f64 {
    match item.kept {
        Kept::At(place) => place,
        Kept::NotYet | Kept::Nowhere => f64::INFINITY,
    }
}

/// Forgets what was saved long ago, unless the browser keeps it: until there is a newer snapshot, it has to be done again.
fn forget_old(items: &mut Vec<Item>) {
    let is_over = |item: &Item| item.state == State::Saved && item.kept == Kept::Nowhere;
    let mut over = items.iter().filter(|item| is_over(item)).count().saturating_sub(SAVED);
    items.retain(|item| {
        let goes = over > 0 && is_over(item);
        over -= usize::from(goes);
        !goes
    });
}

#[cfg(test)]
mod tests;
