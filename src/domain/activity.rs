//! What happened to a node, told from the log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::log::LogEntry;
use super::row::{Age, PersonLabel};
use super::workspace::Workspace;

/// The most entries of the log that are told of a node.
pub const MOST_TOLD: usize = 60;

/// Something that somebody did at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityLine {
    /// The number of its last change, which tells it from others.
    pub seq: u64,
    /// Who did it; `None` for the command line.
    pub by: Option<PersonLabel>,
    /// What it did, without a full stop.
    pub words: String,
    /// Whether it took something back.
    pub is_undo: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// How long ago that is.
    pub age: Age,
}

impl Workspace {
    /// What happened, the latest first, given what the log holds of it in order. What one submission did is one line.
    #[must_use]
    pub fn activity(&self, entries: &[LogEntry]) -> Vec<ActivityLine> {
        let line = |together: &[LogEntry]| {
            let last = together.last()?;
            Some(ActivityLine {
                seq: last.seq,
                by: last.by.person().and_then(|by| self.person_label(by)),
                words: self.words_of_all(together.iter().map(|entry| &entry.change))?,
                is_undo: last.undoes.is_some(),
                at: last.at,
                age: self.age_of(last.at),
            })
        };
        entries.chunk_by(|one, next| one.mutation == next.mutation).rev().filter_map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::change::{Change, Edit, Replaced};
    use crate::domain::command::Actor;
    use crate::domain::ids::MutationId;
    use crate::domain::okr::ObjectiveField;
    use crate::domain::sample::sample;

    #[test]
    fn a_submission_is_a_line_and_the_latest_comes_first() {
        let sample = sample();
        let entry = |seq: u64, mutation: u128, by, is: &str| LogEntry {
            seq,
            at: sample.now,
            by,
            mutation: MutationId(Uuid::from_u128(mutation)),
            undoes: None,
            change: Change::Edited(Edit::Objective(
                sample.sell,
                Replaced { was: ObjectiveField::Title("Sell".to_owned()), is: ObjectiveField::Title(is.to_owned()) },
            )),
        };
        let member = Actor::Person(sample.member);
        let log = [entry(1, 1, Actor::Operator, "A"), entry(2, 2, member, "B"), entry(3, 2, member, "C")];
        let told = sample.workspace.activity(&log);
        let words: Vec<_> = told.iter().map(|line| (line.seq, line.words.as_str())).collect();
        assert_eq!(
            words,
            [(3, "title of an objective “Sell” → “B”, and one more change"), (1, "title of an objective “Sell” → “A”"),]
        );
        assert_eq!(told[0].by.as_ref().unwrap().name, "Jonas Maria Silva");
        assert_eq!(told[1].by, None);
    }
}
