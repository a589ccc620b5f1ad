//! What a line of the tree says about an objective or a key result.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::command::{Actor, Refusal, sentence};
use super::ids::{KeyResultId, NodeId, PersonId};
use super::measure::{Bounds, Measure, Share, Value};
use super::number::{Finite, short};
use super::okr::{Confidence, DrivenBy, KeyResult, State};
use super::pace::Pace;
use super::progress::{Ppm, Weight, percent, unclamped_ppm};
use super::workspace::{KeyResultNode, Workspace};

/// What a line of the tree says about an objective or a key result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it is about.
    pub node: NodeId,
    /// Its title.
    pub title: String,
    /// Who answers for it.
    pub owner: Option<PersonLabel>,
    /// The names of its teams, the leading one first.
    pub teams: Vec<String>,
    /// Its state where that is not simply agreed.
    pub state: Option<State>,
    /// Its own progress, as a person reads it.
    pub percent: String,
    /// The same in parts per million; `None` is unknown.
    pub ppm: Option<i64>,
    /// The progress that counts: how far the bar goes.
    pub progress: Option<Ppm>,
    /// The progress that the days gone by would have: the mark on the bar.
    pub expected: Option<Ppm>,
    /// How it is going.
    pub status: Status,
    /// The owner's own forecast, or that of the weakest contribution.
    pub confidence: Option<Confidence>,
    /// A key result's value and where it shall be.
    pub value: Option<ValueLabel>,
    /// When it was last checked in.
    pub checked: Option<Age>,
    /// Whether a due check-in is missing.
    pub stale: bool,
    /// How many objectives elsewhere it also helps.
    pub supports: u32,
    /// How much it counts beside its siblings, where that is not 1.
    pub weight: Option<u16>,
    /// Whether whoever looks may edit it.
    pub editable: bool,
}

/// How something is going, as far as numbers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Compared with the days gone by.
    Pace(Pace),
    /// A value that is within its bounds.
    Holds,
    /// A value that is outside of its bounds.
    Broken,
    /// Measurable, and not checked in yet.
    NotStarted,
    /// Progress that cannot be told.
    Unknown,
    /// Over, not begun, or without a cycle to compare with.
    Silent,
}

impl Status {
    /// As a person reads it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Pace(pace) => pace.label(),
            Self::Holds => "holds",
            Self::Broken => "does not hold",
            Self::NotStarted => "not started",
            Self::Unknown => "unknown",
            Self::Silent => "no pace",
        }
    }
}

/// A person as a badge shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLabel {
    /// Who it is.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// One or two letters of it.
    pub initials: String,
    /// Which of the eight colours of badges it has, from 0.
    pub colour: u8,
}

impl PersonLabel {
    fn new(id: PersonId, name: &str) -> Self {
        let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
        let first = words.next();
        let initials = first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect();
        let colour = id.0.as_bytes().iter().fold(0, |sum: u8, byte| sum.wrapping_mul(31).wrapping_add(*byte)) % 8;
        Self { id, name: name.to_owned(), initials, colour }
    }
}

/// A key result's value and where it shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueLabel {
    /// The value to be read at a glance; "–" where there is none.
    pub current: String,
    /// What follows it: `/ 25 rides`, `of 6`, `≥ 99.9 %`.
    pub aim: String,
    /// The value as an input takes it.
    pub plain: String,
    /// Whether whoever looks may type another one.
    pub editable: bool,
}

/// What a typed value would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedValue {
    /// The value.
    pub value: Value,
    /// The value and where it shall be.
    pub label: String,
    /// The progress of the key result's own row then; where the share of check-ins counts, as it is now.
    pub percent: String,
    /// Whether a value that shall hold is within its bounds.
    pub holds: Option<bool>,
}

/// How many days ago something was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Age {
    days: i64,
}

impl Age {
    /// How long before a day another one was.
    #[must_use]
    pub fn between(day: NaiveDate, today: NaiveDate) -> Self {
        Self { days: (today - day).num_days() }
    }

    /// To be read at a glance: `today`, `3 d`, `5 w`, `4 mo`, `2 y`.
    #[must_use]
    pub fn short(self) -> String {
        match self.days {
            ..=0 => "today".to_owned(),
            days @ 1..=13 => format!("{days} d"),
            days @ 14..=62 => format!("{} w", days / 7),
            days @ 63..=729 => format!("{} mo", days / 30),
            days => format!("{} y", days / 365),
        }
    }
}

impl Workspace {
    /// The title of an objective or a key result.
    #[must_use]
    pub fn node_title(&self, node: NodeId) -> Option<&str> {
        match node {
            NodeId::Objective(id) => self.objective(id).map(|node| node.objective.title.as_str()),
            NodeId::KeyResult(id) => self.key_result(id).map(|node| node.key_result.title.as_str()),
        }
    }

    /// A person as a badge shows them.
    #[must_use]
    pub fn person_label(&self, id: PersonId) -> Option<PersonLabel> {
        self.person(id).map(|person| PersonLabel::new(id, &person.name))
    }

    /// What the line of a node says to somebody.
    #[must_use]
    pub fn row(&self, node: NodeId, actor: Actor) -> Option<Row> {
        let state = self.objective_of(node)?.state;
        let (owner, teams) = match node {
            NodeId::Objective(id) => {
                let objective = &self.objective(id)?.objective;
                (objective.owner, objective.teams.clone())
            }
            NodeId::KeyResult(id) => {
                let key_result = &self.key_result(id)?.key_result;
                (key_result.owner, key_result.team.into_iter().collect())
            }
        };
        let key_result = match node {
            NodeId::KeyResult(id) => self.key_result(id),
            NodeId::Objective(_) => None,
        };
        Some(Row {
            node,
            title: self.node_title(node)?.to_owned(),
            owner: owner.and_then(|owner| self.person_label(owner)),
            teams: teams.into_iter().filter_map(|team| Some(self.team(team)?.name.clone())).collect(),
            state: (matches!(node, NodeId::Objective(_)) && state != State::Agreed).then_some(state),
            percent: percent(self.shown_ppm(node)),
            ppm: self.shown_ppm(node),
            progress: self.progress(node),
            expected: self.expected(node),
            status: self.status(node),
            confidence: self.confidence(node),
            value: key_result.map(|node| self.value_label(node, actor)),
            checked: key_result
                .filter(|node| !node.is_driven())
                .and_then(KeyResultNode::current)
                .map(|check_in| self.age(check_in.day)),
            stale: key_result.is_some_and(|node| self.is_stale(node.key_result.id)),
            supports: match node {
                NodeId::Objective(id) => self.supported(id).count() as u32,
                NodeId::KeyResult(_) => 0,
            },
            weight: self.weight(node).map(Weight::get).filter(|weight| *weight != 1),
            editable: self.edit_obstacle(actor, node).is_none(),
        })
    }

    /// How long ago a day was.
    #[must_use]
    pub fn age(&self, day: NaiveDate) -> Age {
        Age::between(day, self.today())
    }

    /// How long ago a moment was.
    #[must_use]
    pub fn age_of(&self, moment: DateTime<Utc>) -> Age {
        self.age(self.day().date_of(moment))
    }

    /// How a node is going, as far as numbers tell.
    #[must_use]
    pub fn status(&self, node: NodeId) -> Status {
        if self.progress(node).is_none() {
            return Status::Unknown;
        }
        if let NodeId::KeyResult(id) = node
            && let Some(node) = self.key_result(id)
        {
            if self.is_not_started(id) {
                return Status::NotStarted;
            }
            let value = node.current().filter(|_| !node.is_driven()).map(|check_in| &check_in.value);
            if let (Measure::Hold { bounds, .. }, Some(Value::Number(value))) = (&node.key_result.measure, value)
                && let Some(holds) = bounds.holds(*value)
            {
                return if holds { Status::Holds } else { Status::Broken };
            }
        }
        self.pace(node).map_or(Status::Silent, Status::Pace)
    }

    /// Why somebody cannot check a key result in; `None` where they can.
    #[must_use]
    pub fn check_in_obstacle(&self, actor: Actor, id: KeyResultId) -> Option<Refusal> {
        let node = self.key_result(id)?;
        if let Err(refusal) = self.require(actor, self.may_edit_key_result(actor, id), "key result") {
            return Some(refusal);
        }
        let objective = self.objective_of(id.into())?;
        if !objective.state.is_open() {
            let state = objective.state.name();
            return Some(Refusal::not_allowed(format!(
                "“{}” is {state}, and its numbers are frozen.",
                objective.title
            )));
        }
        (node.key_result.driven_by == DrivenBy::Aligned)
            .then(|| Refusal::not_allowed("Its progress comes from the objectives aligned under it."))
    }

    /// Reads what somebody types as the value of a key result, or says why it cannot be one.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn read_typed(&self, id: KeyResultId, text: &str) -> Result<TypedValue, String> {
        let node = self.key_result(id).ok_or_else(|| "This key result is gone.".to_owned())?;
        let KeyResult { measure, unit, .. } = &node.key_result;
        let current = node.current().map(|check_in| &check_in.value);
        let value = measure
            .parse_value(text, unit, current)
            .and_then(|value| measure.check_value(&value).map(|()| value))
            .map_err(|problem| sentence(&problem.to_string()))?;
        let ppm = if measure.counts_share() {
            self.shown_ppm(id.into())
        } else {
            measure.raw_progress(Some(&value), Share::default()).map(unclamped_ppm)
        };
        let label = format!("{} {}", at_a_glance(&value), measure.aim(unit));
        let holds = match (measure, &value) {
            (Measure::Hold { bounds, .. }, Value::Number(value)) => bounds.holds(*value),
            _ => None,
        };
        Ok(TypedValue { label: label.trim_end().to_owned(), percent: percent(ppm), holds, value })
    }

    /// The time of a check-in that is made now, by a clock that may be behind others: not before the one that its author
    /// sees, or it would not count.
    #[must_use]
    pub fn check_in_time(&self, id: KeyResultId, now: DateTime<Utc>) -> DateTime<Utc> {
        let seen = self.key_result(id).and_then(KeyResultNode::current).map(|check_in| check_in.at);
        // What somebody dated for later today or tomorrow shall not push everything after it there.
        let is_by_a_clock = |seen: &DateTime<Utc>| *seen - now < TimeDelta::minutes(5);
        seen.filter(is_by_a_clock).map_or(now, |seen| seen.max(now))
    }

    /// The current value of a key result as an input takes it; empty where there is none.
    #[must_use]
    pub fn plain_value(&self, id: KeyResultId) -> String {
        let current = self.key_result(id).and_then(KeyResultNode::current);
        current.map(|check_in| check_in.value.plain()).unwrap_or_default()
    }

    fn value_label(&self, node: &KeyResultNode, actor: Actor) -> ValueLabel {
        let key_result = &node.key_result;
        let current = node.current().map(|check_in| &check_in.value);
        let editable = self.check_in_obstacle(actor, key_result.id).is_none();
        if node.is_driven() {
            let (current, aim) = (String::new(), "from aligned".to_owned());
            return ValueLabel { current, aim, plain: String::new(), editable };
        }
        ValueLabel {
            current: current.map_or_else(|| key_result.measure.start(), at_a_glance),
            aim: key_result.measure.aim(&key_result.unit),
            plain: current.map(Value::plain).unwrap_or_default(),
            editable,
        }
    }
}

/// Like [`Value::short`], but without what [`Measure::aim`] says.
fn at_a_glance(value: &Value) -> String {
    match value {
        Value::Number(value) => short(*value),
        Value::Steps(done) => done.len().to_string(),
        Value::Grade(grade) => grade.name().to_owned(),
    }
}

impl Measure {
    /// What stands for the value before the first check-in.
    fn start(&self) -> String {
        match self {
            Self::Reach { baseline: Some(baseline), .. } => short(*baseline),
            Self::Milestones { .. } => "0".to_owned(),
            Self::Reach { .. } | Self::Hold { .. } | Self::Graded { .. } => "–".to_owned(),
        }
    }

    /// Where the value shall be, to stand after it: `/ 25 rides`, `of 6`, `≥ 99.9 %`.
    #[must_use]
    pub fn aim(&self, unit: &str) -> String {
        let number = |value: &Option<Finite>| value.map_or_else(|| "?".to_owned(), short);
        let sentence = match self {
            Self::Reach { target, .. } => format!("/ {} {unit}", number(target)),
            Self::Hold { bounds: Bounds::AtLeast(bound), .. } => format!("≥ {} {unit}", number(bound)),
            Self::Hold { bounds: Bounds::AtMost(bound), .. } => format!("≤ {} {unit}", number(bound)),
            Self::Hold { bounds: Bounds::Between(low, high), .. } => {
                format!("in {}–{} {unit}", number(low), number(high))
            }
            Self::Milestones { steps } => format!("of {} {unit}", steps.len()),
            Self::Graded { .. } => String::new(),
        };
        sentence.trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, sample};
    use super::super::testing::{self, Company, day, noon, number};
    use super::*;

    #[test]
    fn says_what_there_is_to_say() {
        let Sample { workspace, member, viewer, calls, company, .. } = sample();
        let row = workspace.row(calls.into(), Actor::Person(member)).unwrap();
        assert_eq!(row.title, "Calls");
        assert_eq!(row.percent.replace('\u{a0}', " "), "0 %");
        assert_eq!(row.status, Status::NotStarted);
        let owner = row.owner.unwrap();
        assert_eq!((owner.name.as_str(), owner.initials.as_str()), ("Jonas Maria Silva", "JS"));
        let value = row.value.unwrap();
        assert_eq!((value.current.as_str(), value.aim.as_str(), value.editable), ("0", "/ 50", true));
        assert_eq!(row.checked, None);
        let row = workspace.row(calls.into(), Actor::Person(viewer)).unwrap();
        assert!(!row.value.unwrap().editable);
        let row = workspace.row(company.into(), Actor::Person(viewer)).unwrap();
        assert_eq!(row.teams, ["Sales"]);
        assert_eq!(row.value, None);
    }

    #[test]
    fn tells_what_a_typed_value_would_be() {
        let Sample { workspace, calls, .. } = sample();
        let typed = workspace.read_typed(calls, "+10").unwrap();
        assert_eq!((typed.label.as_str(), typed.percent.replace('\u{a0}', " ").as_str()), ("10 / 50", "20 %"));
        assert!(workspace.read_typed(calls, "many").unwrap_err().ends_with('.'));
    }

    #[test]
    fn a_check_in_of_now_counts_after_the_one_that_its_author_saw() {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        let id = company.key_result(top, testing::reach(0.0, 100.0));
        let noon = noon(day("2026-05-04"));
        assert_eq!(company.workspace.check_in_time(id, noon), noon);
        company.check_in(id, number(10.0));
        let slow = noon - TimeDelta::seconds(1);
        assert_eq!(company.workspace.check_in_time(id, slow), noon, "by a clock that is a second behind");
        let wrong = noon - TimeDelta::hours(3);
        assert_eq!(company.workspace.check_in_time(id, wrong), wrong, "what was dated for later is not by a clock");
    }

    #[test]
    fn initials_are_letters_of_the_first_and_last_name() {
        let initials = |name: &str| PersonLabel::new(PersonId(uuid::Uuid::nil()), name).initials;
        assert_eq!(initials("Wim"), "W");
        assert_eq!(initials("łukasz (he) Ögren"), "ŁÖ");
        assert_eq!(initials("  "), "");
    }

    #[test]
    fn ages_are_read_at_a_glance() {
        let short = |days| Age { days }.short();
        assert_eq!([short(-1), short(0), short(1), short(13)], ["today", "today", "1 d", "13 d"]);
        assert_eq!([short(14), short(62), short(63), short(365), short(800)], ["2 w", "8 w", "2 mo", "12 mo", "2 y"]);
    }
}
