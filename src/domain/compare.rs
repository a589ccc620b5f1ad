//! What moved since a day: up, down, new, closed, and by how much.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::day::day_words;
use super::ids::NodeId;
use super::okr::State;
use super::progress::percent;
use super::row::Row;
use super::workspace::{History, Workspace};

/// How a node stood on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Then {
    /// The progress of its own row in parts per million; `None` is unknown.
    pub ppm: Option<i64>,
    /// Whether it is an objective that was closed or dropped by then.
    pub is_over: bool,
}

/// How every node stood on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The day.
    pub day: NaiveDate,
    /// Those that were there.
    #[serde(with = "pairs")]
    pub nodes: FxHashMap<NodeId, Then>,
}

/// A map as a list, since nodes are no keys in JSON.
mod pairs {
    use rustc_hash::FxHashMap;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::{NodeId, Then};

    pub(super) fn serialize<S: Serializer>(nodes: &FxHashMap<NodeId, Then>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(nodes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<FxHashMap<NodeId, Then>, D::Error> {
        Ok(Vec::deserialize(from)?.into_iter().collect())
    }
}

/// How a node stands compared with a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// It was not there.
    New,
    /// It was closed or dropped since.
    Over,
    /// It was opened again since.
    Reopened,
    /// It moved from one progress to another, in parts per million.
    Moved(i64, i64),
    /// Its progress was unknown.
    Known(i64),
    /// Its progress is unknown now.
    Unknown(i64),
    /// It is as it was.
    Still,
}

/// The sign of a movement, for those who look and for those who listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More progress.
    Up,
    /// Less progress.
    Down,
    /// Something else to look at.
    Other,
}

impl Movement {
    /// What became of a node that now reads as its row does.
    #[must_use]
    pub fn between(then: Option<&Then>, row: &Row) -> Self {
        let Some(then) = then else {
            return Self::New;
        };
        let is_over = matches!(row.state, Some(State::Closed | State::Dropped));
        match (then.is_over, is_over, then.ppm, row.ppm) {
            (false, true, ..) => Self::Over,
            (true, false, ..) => Self::Reopened,
            (_, _, Some(was), Some(is)) if was != is => Self::Moved(was, is),
            (_, _, None, Some(is)) => Self::Known(is),
            (_, _, Some(was), None) => Self::Unknown(was),
            _ => Self::Still,
        }
    }

    /// Which way it went; `None` where it stands still.
    #[must_use]
    pub fn direction(self) -> Option<Direction> {
        match self {
            Self::Still => None,
            Self::Moved(was, is) if was < is => Some(Direction::Up),
            Self::Moved(..) => Some(Direction::Down),
            Self::New | Self::Over | Self::Reopened | Self::Known(_) | Self::Unknown(_) => Some(Direction::Other),
        }
    }

    /// At a glance: percentage points, or a word.
    #[must_use]
    pub fn short(self) -> String {
        match self {
            Self::New | Self::Known(_) => "new".to_owned(),
            Self::Over => "closed".to_owned(),
            Self::Reopened => "reopened".to_owned(),
            Self::Unknown(_) => "unknown".to_owned(),
            Self::Moved(was, is) => points(was, is),
            Self::Still => String::new(),
        }
    }

    /// In a sentence, for a day to compare with.
    #[must_use]
    pub fn words(self, since: NaiveDate) -> String {
        let since = day_words(since);
        let number = |ppm| percent(Some(ppm));
        match self {
            Self::New => format!("new since {since}"),
            Self::Over => format!("closed or dropped since {since}"),
            Self::Reopened => format!("opened again since {since}"),
            Self::Known(is) => format!("{} now, unknown on {since}", number(is)),
            Self::Unknown(was) => format!("unknown now, {} on {since}", number(was)),
            Self::Moved(was, is) => {
                let way = if was < is { "up" } else { "down" };
                let unit = if points(was, is) == "1" { "percentage point" } else { "percentage points" };
                format!("{way} {} {unit} since {since}: {} → {}", points(was, is), number(was), number(is))
            }
            Self::Still => format!("as on {since}"),
        }
    }
}

/// The distance in whole percentage points; never 0 for what did move.
fn points(was: i64, is: i64) -> String {
    match is.abs_diff(was).saturating_add(5_000) / 10_000 {
        0 => "<1".to_owned(),
        points => points.to_string(),
    }
}

impl Workspace {
    /// How every node stands on the workspace's day.
    #[must_use]
    pub fn baseline(&self) -> Baseline {
        let snapshot = self.snapshot(History::Current);
        let objectives = snapshot.objectives.iter().map(|objective| NodeId::from(objective.id));
        let key_results = snapshot.key_results.iter().map(|key_result| NodeId::from(key_result.id));
        let nodes = objectives.chain(key_results).filter_map(|node| Some((node, self.then(node)?)));
        Baseline { day: self.today(), nodes: nodes.collect() }
    }

    /// How a node stands on the workspace's day; `None` where it is not there.
    #[must_use]
    pub fn then(&self, node: NodeId) -> Option<Then> {
        let objective = self.objective_of(node)?;
        let is_over = matches!(node, NodeId::Objective(_)) && !objective.state.is_open();
        Some(Then { ppm: self.shown_ppm(node), is_over })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Company, day, number, reach};
    use super::*;
    use crate::domain::command::Actor;

    #[test]
    fn tells_what_moved_and_which_way() {
        let mut company = Company::on("2026-05-04");
        let root = company.objective(None);
        let one = company.key_result_at(root, 20.0);
        let same = company.key_result_at(root, 50.0);
        let then = company.workspace.baseline();
        let sent = serde_json::from_str(&serde_json::to_string(&then).unwrap()).unwrap();
        assert_eq!(then, sent);
        assert_eq!(then, postcard::from_bytes(&postcard::to_allocvec(&then).unwrap()).unwrap());
        company.check_in(one, number(32.0));
        let new = company.key_result(root, reach(0.0, 1.0));
        let movement = |company: &Company, node: NodeId| {
            let row = company.workspace.row(node, Actor::Operator).unwrap();
            Movement::between(then.nodes.get(&node), &row)
        };
        assert_eq!(movement(&company, one.into()), Movement::Moved(200_000, 320_000));
        assert_eq!(movement(&company, same.into()), Movement::Still);
        assert_eq!(movement(&company, new.into()), Movement::New);
        let down = movement(&company, root.into());
        assert_eq!((down.direction(), down.short().as_str()), (Some(Direction::Down), "8"));
        company.set_state(root, State::Dropped);
        assert_eq!(movement(&company, root.into()), Movement::Over);
    }

    #[test]
    fn says_it_in_words() {
        let since = day("2026-05-04");
        let words = |was, is| Movement::Moved(was, is).words(since).replace('\u{a0}', " ");
        assert_eq!(words(200_000, 320_000), "up 12 percentage points since 4 May 2026: 20 % → 32 %");
        assert_eq!(words(320_000, 310_000), "down 1 percentage point since 4 May 2026: 32 % → 31 %");
        assert_eq!(Movement::Moved(200_000, 200_001).short(), "<1");
        assert_eq!(Movement::New.words(since), "new since 4 May 2026");
        assert_eq!(Movement::Still.direction(), None);
    }
}
