//! The workspace as it was at the end of a past day, made from the one of now and the log.
//!
//! Two kinds of facts make a past day:
//!
//! - **What people arranged** – objectives, key results, titles, owners, weights, states – counts from the moment at
//!   which it was changed, as the log tells it.
//! - **What was measured** – check-ins, readings of KPIs – counts from the day that it is *for*, however late it was
//!   recorded, corrected or taken back: a check-in says what was so on its day.
//!
//! The table that a workspace was founded with brings its history along: whatever the command line brought up to the end
//! of the first day on which it brought an objective is taken to have been so before, too.

use chrono::{DateTime, Days, NaiveDate, Utc};
use rustc_hash::{FxHashMap, FxHashSet};

use super::change::{Change, Edit, Record};
use super::command::Actor;
use super::day::day_words;
use super::ids::{NodeId, ObjectiveId};
use super::log::LogEntry;
use super::okr::{Objective, ObjectiveField};
use super::workspace::{History, Snapshot, Workspace};

/// How an address writes the day a week back.
const LAST_WEEK: &str = "last-week";

/// Why there is no tree of a day, to be told to whoever asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoSuchDay(pub String);

/// Reads which day an address asks for: `2026-10-01`, `yesterday` or `last-week`, counted from `today`. `None` is today.
///
/// # Errors
/// A sentence for the person, where it is no day, or none that the workspace, which began on `began`, has a past on.
pub fn day_asked(text: &str, began: NaiveDate, today: NaiveDate) -> Result<Option<NaiveDate>, NoSuchDay> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = read_day(text, began, today)?;
    if day > today {
        return Err(NoSuchDay(format!("{} is still to come. Nobody can tell yet.", day_words(day))));
    }
    Ok((day < today).then_some(day))
}

/// Reads which day an address asks to compare another one, `shown`, with: written like those of [`day_asked`], and counted
/// back from `shown`. `None` compares with nothing.
///
/// # Errors
/// A sentence for the person, where it is no day before `shown` that the workspace, which began on `began`, has a past on.
pub fn since_asked(text: &str, began: NaiveDate, shown: NaiveDate) -> Result<Option<NaiveDate>, NoSuchDay> {
    if text.is_empty() {
        return Ok(None);
    }
    match read_day(text, began, shown)? {
        day if day < shown => Ok(Some(day)),
        _ if text == LAST_WEEK => Ok(None),
        day => {
            let (day, shown) = (day_words(day), day_words(shown));
            Err(NoSuchDay(format!("Nothing can have moved since {day} on {shown}. Compare with an earlier day.")))
        }
    }
}

/// A day that is written out, or counted back from another one.
fn read_day(text: &str, began: NaiveDate, from: NaiveDate) -> Result<NaiveDate, NoSuchDay> {
    let back = |days| from.checked_sub_days(Days::new(days));
    let day = match text {
        "yesterday" => back(1),
        // At the beginning there is no week to look back on yet.
        LAST_WEEK => back(7).map(|day| day.max(began.min(from))),
        text => text.get(..10).filter(|day| *day == text).and_then(|text| text.parse().ok()),
    };
    match day {
        Some(day) if day < began => {
            let (day, began) = (day_words(day), day_words(began));
            Err(NoSuchDay(format!("Nothing is known of {day}: what is kept here begins on {began}.")))
        }
        Some(day) => Ok(day),
        None => {
            Err(NoSuchDay("This is no day of the calendar. Write it as year-month-day, such as 2026-10-01.".to_owned()))
        }
    }
}

/// Whether something that was logged later makes a day read otherwise than it did.
#[must_use]
pub fn rewrites(entry: &LogEntry, day: NaiveDate) -> bool {
    match measured_on(&entry.change) {
        Some(measured) => measured <= day,
        // The founding table may still be coming in, and another time zone has other days.
        None => entry.by == Actor::Operator || matches!(entry.change, Change::Edited(Edit::Settings(_))),
    }
}

/// The day that a measured fact is for; `None` for what was arranged.
fn measured_on(change: &Change) -> Option<NaiveDate> {
    match change {
        Change::Added(record) | Change::Removed(record) => match record {
            Record::CheckIn(check_in) => Some(check_in.day),
            Record::KpiReading(reading) => Some(reading.at.date_naive()),
            _ => None,
        },
        Change::Edited(_) => None,
    }
}

/// The objective that a change hung elsewhere.
fn hung(entry: &LogEntry) -> Option<ObjectiveId> {
    match &entry.change {
        Change::Edited(Edit::Objective(id, fields)) if matches!(fields.is, ObjectiveField::Parent(_)) => Some(*id),
        _ => None,
    }
}

impl Workspace {
    /// The first day that anything is known of, given the day of the first entry in the log.
    #[must_use]
    pub fn began(&self, first_logged: NaiveDate) -> NaiveDate {
        let measured = self.key_results().flat_map(|node| &node.check_ins).map(|check_in| check_in.day).min();
        measured.map_or(first_logged, |day| day.min(first_logged))
    }
}

impl Snapshot {
    /// The workspace as it was at the end of `day`, of which this is all of now.
    ///
    /// `later` is what the log holds from that moment on, in order; of the command line's, what came before `founded`
    /// is taken to have been so before.
    #[must_use]
    pub fn as_it_was(mut self, day: NaiveDate, later: &[LogEntry], founded: Option<DateTime<Utc>>) -> Workspace {
        self.today = day.into();
        self.check_ins.retain(|check_in| check_in.day <= day);
        self.kpi_readings.retain(|reading| reading.at.date_naive() <= day);
        let mut workspace = Workspace::from_snapshot(self);
        let is_founding =
            |entry: &LogEntry| entry.by == Actor::Operator && founded.is_some_and(|founded| entry.at < founded);
        for entry in later.iter().rev() {
            if measured_on(&entry.change).is_none() && !is_founding(entry) {
                workspace.apply(&entry.change.clone().inverse());
            }
        }
        let mut past = workspace.snapshot(History::Full);
        past.let_go_of_what_was_not_there();
        past.cut_circles(later.iter().rev().filter(|entry| is_founding(entry)).filter_map(hung));
        past.past = true;
        Workspace::from_snapshot(past)
    }

    /// What the founding table hung under something that was made later hangs under nothing before that.
    fn let_go_of_what_was_not_there(&mut self) {
        let objectives: FxHashSet<_> = self.objectives.iter().map(|objective| objective.id).collect();
        self.key_results.retain(|key_result| objectives.contains(&key_result.objective));
        let key_results: FxHashSet<_> = self.key_results.iter().map(|key_result| key_result.id).collect();
        for objective in &mut self.objectives {
            objective.parent = objective.parent.filter(|above| match above {
                NodeId::Objective(id) => objectives.contains(id),
                NodeId::KeyResult(id) => key_results.contains(id),
            });
        }
    }

    /// What the founding table hung under something that people had hung under it hangs under nothing before that: changes of
    /// which some count earlier than they happened may lead in a circle. `by_founding` names what the table hung, last first.
    fn cut_circles(&mut self, by_founding: impl Iterator<Item = ObjectiveId>) {
        let objective_of: FxHashMap<_, _> = self.key_results.iter().map(|it| (it.id, it.objective)).collect();
        let above = |objective: &Objective| match objective.parent? {
            NodeId::Objective(id) => Some(id),
            NodeId::KeyResult(id) => objective_of.get(&id).copied(),
        };
        let mut parents: FxHashMap<_, _> = self.objectives.iter().map(|it| (it.id, above(it))).collect();
        let mut cut = FxHashSet::default();
        for id in by_founding {
            let next = |id: &ObjectiveId| parents.get(id).copied().flatten();
            let mut way = std::iter::successors(next(&id), next).take(parents.len());
            if way.any(|above| above == id) {
                parents.insert(id, None);
                cut.insert(id);
            }
        }
        for objective in self.objectives.iter_mut().filter(|objective| cut.contains(&objective.id)) {
            objective.parent = None;
        }
    }
}

#[cfg(test)]
mod tests;
