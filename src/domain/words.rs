//! What changes did, in words: for an undo, a notice, a list of what happened.

use super::change::{Change, Edit, Record};
use super::day::day_words;
use super::ids::{KeyResultId, NodeId, PersonId};
use super::measure::Measure;
use super::number::{Finite, short};
use super::okr::{CheckIn, KeyResultField, Objective, ObjectiveField};
use super::workspace::Workspace;

mod field;

pub use field::FieldWords;

/// What stands for nothing.
const NONE: &str = "none";

impl Workspace {
    /// What a change did, as a phrase without a full stop: `value of “Orders” 150 → 160`. The workspace is the one
    /// before the change or any after it; names are those that hold in it.
    #[must_use]
    pub fn words(&self, change: &Change) -> String {
        match change {
            Change::Added(Record::CheckIn(check_in)) => self.check_in_words(check_in, false),
            Change::Removed(Record::CheckIn(check_in)) => self.check_in_words(check_in, true),
            Change::Added(record) => format!("new {}", self.record_words(record)),
            Change::Removed(record) => format!("{} taken back", self.record_words(record)),
            Change::Edited(edit) => self.edit_words(edit),
        }
    }

    /// What the changes of a submission did: the weightiest of them in words, and how many more there are.
    #[must_use]
    pub fn words_of_all<'a>(&self, changes: impl IntoIterator<Item = &'a Change>) -> Option<String> {
        let (places, others): (Vec<&Change>, Vec<&Change>) = changes.into_iter().partition(|change| is_rank(change));
        // Where something stands among its siblings goes along with what else was done to it.
        let changes = if others.is_empty() { places } else { others };
        let weight = |change: &Change| match change {
            Change::Edited(Edit::Objective(_, fields)) if matches!(fields.is, ObjectiveField::State(_)) => 0,
            Change::Added(Record::Objective(_)) | Change::Removed(Record::Objective(_)) => 1,
            Change::Added(_) | Change::Removed(_) => 2,
            Change::Edited(_) => 3,
        };
        let first = self.words(changes.iter().min_by_key(|change| weight(change))?);
        Some(match changes.len() - 1 {
            0 => first,
            1 => format!("{first}, and one more change"),
            more => format!("{first}, and {more} more changes"),
        })
    }

    /// What taking back the changes of a submission did, given the changes that took them back.
    #[must_use]
    pub fn undone_words<'a>(&self, changes: impl IntoIterator<Item = &'a Change>) -> Option<String> {
        // Named is what is undone: that a record came, or that it went. A check-in tells which value stands there again.
        let named: Vec<Change> = changes
            .into_iter()
            .map(|change| match change {
                Change::Added(Record::CheckIn(_)) | Change::Removed(Record::CheckIn(_)) | Change::Edited(_) => {
                    change.clone()
                }
                change => change.clone().inverse(),
            })
            .collect();
        self.words_of_all(&named)
    }

    fn check_in_words(&self, check_in: &CheckIn, is_taken_back: bool) -> String {
        let of = quoted(self.node_title(check_in.key_result.into()));
        let Some(node) = self.key_result(check_in.key_result) else {
            return format!("check-in of {of}");
        };
        let value = |check_in: &CheckIn| check_in.value.short(&node.key_result.measure);
        let recorded = node.check_ins.iter().position(|other| other.id == check_in.id);
        let before = &node.check_ins[..recorded.unwrap_or(node.check_ins.len())];
        let last = before.iter().max_by_key(|other| other.at);
        if last.is_some_and(|last| last.at > check_in.at) {
            let words = format!("check-in of {of} for {}: {}", day_words(check_in.day), value(check_in));
            return if is_taken_back { format!("{words}, taken back") } else { words };
        }
        let last = last.map_or_else(|| NONE.to_owned(), value);
        match is_taken_back {
            false => format!("value of {of} {last} → {}", value(check_in)),
            true => format!("value of {of} {} → {last}", value(check_in)),
        }
    }

    fn record_words(&self, record: &Record) -> String {
        let of = |kind: &str, title: &str| format!("{kind} {}", quoted(Some(title)));
        match record {
            Record::Team(team) => of("team", &team.name),
            Record::Person(person) => of("person", &person.name),
            Record::Cycle(cycle) => of("cycle", &cycle.name),
            Record::Objective(Objective { title, parent, .. }) => match parent.and_then(|above| self.node_title(above))
            {
                Some(above) => format!("{} under {}", of("objective", title), quoted(Some(above))),
                None => of("objective", title),
            },
            Record::KeyResult(key_result) => {
                let above = self.node_title(key_result.objective.into());
                format!("{} of {}", of("key result", &key_result.title), quoted(above))
            }
            Record::CheckIn(check_in) => of("check-in of", self.node_title(check_in.key_result.into()).unwrap_or("?")),
            Record::Initiative(initiative) => {
                let above = self.node_title(initiative.key_result.into());
                format!("{} for {}", of("initiative", &initiative.title), quoted(above))
            }
            Record::Comment(comment) => of("comment on", self.node_title(comment.node).unwrap_or("?")),
            Record::Kpi(kpi) => of("KPI", &kpi.name),
            Record::View(view) => of("view", &view.name),
            Record::KpiReading(reading) => {
                let name = self.kpi(reading.kpi).map(|node| node.kpi.name.as_str());
                format!("reading of KPI {}: {}", quoted(name), short(reading.value))
            }
        }
    }

    fn edit_words(&self, edit: &Edit) -> String {
        let FieldWords { what, was, is } = self.field_words(edit);
        match (was, is) {
            (Some(was), Some(is)) => format!("{what} {was} → {is}"),
            _ => format!("{what} rewritten"),
        }
    }

    pub(super) fn person_words(&self, person: Option<PersonId>) -> String {
        match person {
            None => "nobody".to_owned(),
            Some(id) => self.person(id).map_or_else(|| "somebody".to_owned(), |person| person.name.clone()),
        }
    }

    fn node_words(&self, node: impl Into<NodeId>) -> String {
        quoted(self.node_title(node.into()))
    }
}

/// Whether a change is about nothing but the place among siblings.
fn is_rank(change: &Change) -> bool {
    match change {
        Change::Edited(Edit::Objective(_, fields)) => matches!(fields.is, ObjectiveField::Rank(_)),
        Change::Edited(Edit::KeyResult(_, fields)) => matches!(fields.is, KeyResultField::Rank(_)),
        _ => false,
    }
}

/// A title as part of a sentence, cut where it would fill the screen.
#[must_use]
pub fn quoted(title: Option<&str>) -> String {
    const LONGEST: usize = 60;
    let title = title.unwrap_or("something that is gone");
    match title.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("“{}…”", title[..end].trim_end()),
        None => format!("“{title}”"),
    }
}

fn list(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    if names.is_empty() { NONE.to_owned() } else { names.join(", ") }
}

fn measure_words(measure: &Measure) -> String {
    use super::measure::Bounds;
    let number = |value: &Option<Finite>| value.map_or_else(|| "?".to_owned(), short);
    match measure {
        Measure::Reach { baseline, target } => format!("from {} to {}", number(baseline), number(target)),
        Measure::Hold { bounds: Bounds::AtLeast(bound), .. } => format!("at least {}", number(bound)),
        Measure::Hold { bounds: Bounds::AtMost(bound), .. } => format!("at most {}", number(bound)),
        Measure::Hold { bounds: Bounds::Between(low, high), .. } => {
            format!("between {} and {}", number(low), number(high))
        }
        Measure::Milestones { steps } if steps.len() == 1 => "1 step".to_owned(),
        Measure::Milestones { steps } => format!("{} steps", steps.len()),
        Measure::Graded { .. } => "three grades".to_owned(),
    }
}

/// The key result that a check-in of a change is of.
#[must_use]
pub fn checked_in(change: &Change) -> Option<KeyResultId> {
    match change {
        Change::Added(Record::CheckIn(check_in)) | Change::Removed(Record::CheckIn(check_in)) => {
            Some(check_in.key_result)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
