//! The rows of the tables in which the example company is written down.

use crate::domain::okr::{Counts, DrivenBy, Stance, State, Verdict};

/// The cycle of an objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// The company's whole year.
    Year,
    /// Its first quarter, closed.
    First,
    /// Its second quarter, closed.
    Second,
    /// Its third quarter, two thirds of which are over.
    Third,
    /// Its fourth quarter, being drafted.
    Fourth,
}

impl When {
    pub const ALL: [Self; 5] = [Self::Year, Self::First, Self::Second, Self::Third, Self::Fourth];
}

/// An objective. People and teams stand for themselves by their keys; an empty key is nobody.
#[derive(Clone, Copy)]
pub(super) struct ObjectiveRow {
    pub key: &'static str,
    pub when: When,
    pub title: &'static str,
    pub why: &'static str,
    pub owner: &'static str,
    pub teams: &'static [&'static str],
    /// The key of the objective or key result that it is aligned under.
    pub under: &'static str,
    pub supports: &'static [&'static str],
    pub stance: Stance,
    pub state: State,
    pub weight: u16,
    pub counts: Counts,
    pub key_results: &'static [KeyResultRow],
    /// What became of it and what was learned, once it is closed.
    pub outcome: Option<(Verdict, &'static str)>,
}

/// A key result.
#[derive(Clone, Copy)]
pub(super) struct KeyResultRow {
    pub key: &'static str,
    pub title: &'static str,
    /// Empty: the objective's owner.
    pub owner: &'static str,
    /// Empty: the objective's first team.
    pub team: &'static str,
    pub measure: MeasureRow,
    pub unit: &'static str,
    pub weight: u16,
    pub driven_by: DrivenBy,
    /// Points on its way, the latest last, spread over the due dates so far; the dates between them are filled in.
    pub said: &'static [Said],
    /// How many due dates ago nothing was said: 0 is the latest due date.
    pub missed: &'static [usize],
    /// What was said yesterday, outside the cadence.
    pub yesterday: Option<Said>,
    /// What is done to move it, and whether it is done.
    pub initiatives: &'static [(&'static str, bool)],
    /// The owner's score, where it is not the progress.
    pub score: Option<f64>,
}

/// A value (steps done; grades from 0 for none to 3 for stretch), a confidence and a note.
pub(super) type Said = (f64, u8, &'static str);

/// How a key result is measured.
#[derive(Clone, Copy)]
pub(super) enum MeasureRow {
    Reach { from: f64, to: Option<f64> },
    AtLeast { bound: f64, share: bool },
    AtMost { bound: f64, share: bool },
    Between { low: f64, high: f64, share: bool },
    Milestones(&'static [(&'static str, u16)]),
    Graded { commit: &'static str, target: &'static str, stretch: &'static str },
}

pub(super) const fn objective(when: When, title: &'static str) -> ObjectiveRow {
    ObjectiveRow {
        key: "",
        when,
        title,
        why: "",
        owner: "",
        teams: &[],
        under: "",
        supports: &[],
        stance: Stance::Committed,
        state: State::Agreed,
        weight: 1,
        counts: Counts::Both,
        key_results: &[],
        outcome: None,
    }
}

impl ObjectiveRow {
    pub const fn key(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    pub const fn why(self, why: &'static str) -> Self {
        Self { why, ..self }
    }

    pub const fn of(self, owner: &'static str, teams: &'static [&'static str]) -> Self {
        Self { owner, teams, ..self }
    }

    pub const fn under(self, under: &'static str) -> Self {
        Self { under, ..self }
    }

    pub const fn supports(self, supports: &'static [&'static str]) -> Self {
        Self { supports, ..self }
    }

    pub const fn aspirational(self) -> Self {
        Self { stance: Stance::Aspirational, ..self }
    }

    pub const fn state(self, state: State) -> Self {
        Self { state, ..self }
    }

    pub const fn weighs(self, weight: u16) -> Self {
        Self { weight, ..self }
    }

    pub const fn counts(self, counts: Counts) -> Self {
        Self { counts, ..self }
    }

    pub const fn known_by(self, key_results: &'static [KeyResultRow]) -> Self {
        Self { key_results, ..self }
    }

    pub const fn learned(self, verdict: Verdict, learned: &'static str) -> Self {
        Self { outcome: Some((verdict, learned)), ..self }
    }
}

const fn key_result(title: &'static str, unit: &'static str, measure: MeasureRow) -> KeyResultRow {
    KeyResultRow {
        key: "",
        title,
        owner: "",
        team: "",
        measure,
        unit,
        weight: 1,
        driven_by: DrivenBy::CheckIns,
        said: &[],
        missed: &[],
        yesterday: None,
        initiatives: &[],
        score: None,
    }
}

pub(super) const fn reach(title: &'static str, unit: &'static str, from: f64, to: f64) -> KeyResultRow {
    key_result(title, unit, MeasureRow::Reach { from, to: Some(to) })
}

/// Nobody has agreed on a target yet.
pub(super) const fn reach_unknown(title: &'static str, unit: &'static str, from: f64) -> KeyResultRow {
    key_result(title, unit, MeasureRow::Reach { from, to: None })
}

pub(super) const fn at_least(title: &'static str, unit: &'static str, bound: f64) -> KeyResultRow {
    key_result(title, unit, MeasureRow::AtLeast { bound, share: false })
}

pub(super) const fn at_most(title: &'static str, unit: &'static str, bound: f64) -> KeyResultRow {
    key_result(title, unit, MeasureRow::AtMost { bound, share: false })
}

pub(super) const fn between(title: &'static str, unit: &'static str, low: f64, high: f64) -> KeyResultRow {
    key_result(title, unit, MeasureRow::Between { low, high, share: false })
}

pub(super) const fn milestones(title: &'static str, steps: &'static [(&'static str, u16)]) -> KeyResultRow {
    key_result(title, "", MeasureRow::Milestones(steps))
}

pub(super) const fn graded(
    title: &'static str,
    commit: &'static str,
    target: &'static str,
    stretch: &'static str,
) -> KeyResultRow {
    key_result(title, "", MeasureRow::Graded { commit, target, stretch })
}

impl KeyResultRow {
    pub const fn key(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    pub const fn by(self, owner: &'static str) -> Self {
        Self { owner, ..self }
    }

    pub const fn of(self, team: &'static str) -> Self {
        Self { team, ..self }
    }

    pub const fn weighs(self, weight: u16) -> Self {
        Self { weight, ..self }
    }

    /// The share of due dates on which it held counts.
    pub const fn every_time(self) -> Self {
        let measure = match self.measure {
            MeasureRow::AtLeast { bound, .. } => MeasureRow::AtLeast { bound, share: true },
            MeasureRow::AtMost { bound, .. } => MeasureRow::AtMost { bound, share: true },
            MeasureRow::Between { low, high, .. } => MeasureRow::Between { low, high, share: true },
            other => other,
        };
        Self { measure, ..self }
    }

    /// By the objectives aligned under it.
    pub const fn driven(self) -> Self {
        Self { driven_by: DrivenBy::Aligned, ..self }
    }

    pub const fn said(self, said: &'static [Said]) -> Self {
        Self { said, ..self }
    }

    pub const fn missed(self, missed: &'static [usize]) -> Self {
        Self { missed, ..self }
    }

    pub const fn yesterday(self, said: Said) -> Self {
        Self { yesterday: Some(said), ..self }
    }

    pub const fn doing(self, initiatives: &'static [(&'static str, bool)]) -> Self {
        Self { initiatives, ..self }
    }

    pub const fn scored(self, score: f64) -> Self {
        Self { score: Some(score), ..self }
    }
}
