//! What the page for check-ins shows: what is due from somebody, one card at a time, and what came of it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::change::{Change, Record};
use super::command::Actor;
use super::day::{Day, day_words};
use super::ids::{CheckInId, KeyResultId, NodeId, PersonId};
use super::node_view::NodeView;
use super::okr::CheckIn;
use super::progress::percent;
use super::workspace::Workspace;

/// What the page for check-ins shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckInView {
    /// The organisation's name.
    pub workspace: String,
    /// Which day it is, and when it ends.
    pub today: Day,
    /// What is due, in the order of the cards.
    pub due: Vec<KeyResultId>,
    /// The card that is shown; `None` once there is none (any more).
    pub card: Option<Card>,
    /// What came of today's check-ins, where no card is shown.
    pub outcome: Option<Outcome>,
}

/// A key result to check in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Everything about it.
    pub view: NodeView,
    /// The due date that lacks a check-in.
    pub due: Option<NaiveDate>,
    /// What stands in its field at first: the current value as a form writes it.
    pub plain: String,
}

/// What somebody's check-ins of today did to the objectives above them, up to the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How many of them there are.
    pub check_ins: usize,
    /// What moved, from the root down.
    pub moved: Vec<Above>,
    /// The next day on which something falls due.
    pub next: Option<NaiveDate>,
}

/// A number above that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Above {
    /// Whose number it is.
    pub node: NodeId,
    /// Its title.
    pub title: String,
    /// The number before.
    pub was: String,
    /// The number now.
    pub is: String,
}

/// What was said of a key result after something else was said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newer {
    /// The check-in that counts.
    pub id: CheckInId,
    /// Who said it.
    pub by: String,
    /// What they said.
    pub value: String,
    /// The moment that it is for.
    pub at: DateTime<Utc>,
    /// The day that it is for.
    pub day: NaiveDate,
    /// Whether that is today.
    pub is_of_today: bool,
}

impl Card {
    /// Since when it is due, as a sentence says it; `until` tells when today ends, where that needs telling.
    #[must_use]
    pub fn due_words(due: Option<NaiveDate>, today: NaiveDate, until: Option<&str>) -> String {
        match due {
            Some(due) if due == today => match until {
                Some(until) => format!("due today, {until}"),
                None => "due today".to_owned(),
            },
            Some(due) => format!("due since {}", day_words(due)),
            None => "not due now".to_owned(),
        }
    }
}

impl Workspace {
    /// What the page shows to somebody: the card that they ask for by `card`, else the first that is due, after the one
    /// that was last seen.
    #[must_use]
    pub fn check_in_view(
        &self,
        person: PersonId,
        card: Option<KeyResultId>,
        after: Option<KeyResultId>,
    ) -> CheckInView {
        let due = self.due_from(person);
        let next = match after {
            Some(after) => self.card_after(&due, after),
            None => due.first().copied(),
        };
        let card = card.or(next).and_then(|id| self.card(id, Actor::Person(person)));
        CheckInView {
            workspace: self.settings.name.clone(),
            today: self.day(),
            outcome: card.is_none().then(|| self.outcome_of_today(person)),
            due,
            card,
        }
    }

    /// The same, of key results as an address names them; `None` where the card is of nothing that is there.
    #[must_use]
    pub fn check_in_view_named(
        &self,
        person: PersonId,
        card: Option<&str>,
        after: Option<&str>,
    ) -> Option<CheckInView> {
        let key_result = |name: &str| match self.node_named(name)? {
            NodeId::KeyResult(id) => Some(id),
            NodeId::Objective(_) => None,
        };
        let card = match card {
            Some(card) => Some(key_result(card)?),
            None => None,
        };
        Some(self.check_in_view(person, card, after.and_then(key_result)))
    }

    /// A key result to check in.
    #[must_use]
    pub fn card(&self, id: KeyResultId, actor: Actor) -> Option<Card> {
        let view = self.node_view(id.into(), actor)?;
        Some(Card { view, due: self.due(id), plain: self.plain_value(id) })
    }

    /// What counts of a key result instead of what was said of it for a moment: it was said for a later one.
    #[must_use]
    pub fn newer_check_in(&self, id: KeyResultId, than: DateTime<Utc>) -> Option<Newer> {
        let node = self.key_result(id)?;
        let current = node.current().filter(|current| current.at > than)?;
        let by = current.by.and_then(|by| self.person(by)).map_or("somebody", |person| person.name.as_str());
        Some(Newer {
            id: current.id,
            by: by.to_owned(),
            value: current.value.short(&node.key_result.measure),
            at: current.at,
            day: current.day,
            is_of_today: current.day == self.today(),
        })
    }

    /// The key results that somebody checked in today.
    pub fn checked_in_today(&self, person: PersonId) -> impl Iterator<Item = KeyResultId> {
        let is_of_today = move |node: &&super::workspace::KeyResultNode| {
            node.check_ins.iter().any(|it| it.by == Some(person) && it.day == self.today())
        };
        self.key_results().filter(is_of_today).map(|node| node.key_result.id)
    }

    /// What somebody's check-ins of today did to what stands above them.
    #[must_use]
    pub fn outcome_of_today(&self, person: PersonId) -> Outcome {
        let is_of_today = |it: &&CheckIn| it.by == Some(person) && it.day == self.today();
        let nodes = self.checked_in_today(person).filter_map(|id| self.key_result(id));
        let today: Vec<&CheckIn> = nodes.flat_map(|node| node.check_ins.iter().filter(is_of_today)).collect();
        if today.is_empty() {
            return Outcome { next: self.next_due(person), ..Outcome::default() };
        }
        let mut before = self.clone();
        let mut above: Vec<NodeId> = Vec::new();
        for check_in in &today {
            before.apply(&Change::Removed(Record::CheckIn((*check_in).clone())));
            above.extend(self.ancestors(check_in.key_result.into()));
        }
        above.sort_by_cached_key(|node| self.place_in_tree(*node));
        above.dedup();
        let moved = above.into_iter().filter_map(|node| {
            let (was, is) = (before.shown_ppm(node), self.shown_ppm(node));
            let title = self.node_title(node)?.to_owned();
            (was != is).then(|| Above { node, title, was: percent(was), is: percent(is) })
        });
        Outcome { check_ins: today.len(), moved: moved.collect(), next: self.next_due(person) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::okr::KeyResultField;
    use super::super::people::Role;
    use super::super::testing::{Company, number, reach};
    use super::*;

    #[test]
    fn what_was_said_for_a_later_moment_is_told_with_who_said_it() {
        let mut company = Company::on("2026-05-04");
        let ada = company.person("Ada", Role::Admin, &[]);
        let top = company.objective(None);
        let id = company.key_result(top, reach(0.0, 100.0));
        let mut check_in = company.check_in_record(id, company.workspace.today(), number(42.0), None);
        check_in.by = Some(ada);
        let at = check_in.at;
        company.add(Record::CheckIn(check_in));
        let newer = |at| company.workspace.newer_check_in(id, at).map(|it| (it.by, it.value, it.is_of_today));
        assert_eq!(newer(at), None, "it is what was said itself");
        let earlier = at - chrono::TimeDelta::minutes(1);
        assert_eq!(newer(earlier), Some(("Ada".to_owned(), "42".to_owned(), true)));
    }

    #[test]
    fn only_of_what_is_due_today_is_said_until_when() {
        let words = |due: Option<&str>| {
            let day = |text: &str| text.parse().unwrap();
            Card::due_words(due.map(day), day("2026-05-04"), Some("until 17:00 your time"))
        };
        assert_eq!(words(Some("2026-05-04")), "due today, until 17:00 your time");
        assert_eq!(words(Some("2026-04-27")), "due since 27 April 2026");
        assert_eq!(words(None), "not due now");
    }

    #[test]
    fn one_card_after_the_other_and_what_came_of_them() {
        let mut company = Company::on("2026-05-04");
        let ben = company.person("Ben", Role::Member, &[]);
        let top = company.objective(None);
        let own = |company: &mut Company, objective| {
            let id = company.key_result(objective, reach(0.0, 100.0));
            company.edit_key_result(id, KeyResultField::Owner(None), KeyResultField::Owner(Some(ben)));
            id
        };
        let below = company.objective(Some(top.into()));
        let (one, two) = (own(&mut company, below), own(&mut company, below));
        let shown = |company: &Company, card, after| {
            let view = company.workspace.check_in_view(ben, card, after);
            view.card.map(|card| card.view.row.node)
        };
        assert_eq!(shown(&company, None, None), Some(one.into()));
        assert_eq!(shown(&company, None, Some(one)), Some(two.into()));
        assert_eq!(shown(&company, None, Some(two)), None);
        assert_eq!(shown(&company, Some(two), None), Some(two.into()));
        company.check_in_on(one, "2026-04-20", number(10.0), None);
        let mut check_in = company.check_in_record(one, company.workspace.today(), number(50.0), None);
        check_in.by = Some(ben);
        company.add(Record::CheckIn(check_in));
        assert_eq!(shown(&company, None, None), Some(two.into()));
        let before = company.workspace.clone();
        let outcome = company.workspace.outcome_of_today(ben);
        assert_eq!(company.workspace, before);
        assert_eq!(outcome.check_ins, 1);
        let told: Vec<_> = outcome.moved.iter().map(|it| (it.node, it.was.as_str(), it.is.as_str())).collect();
        assert_eq!(told, [(top.into(), "5\u{a0}%", "25\u{a0}%"), (below.into(), "5\u{a0}%", "25\u{a0}%")]);
        assert_eq!(outcome.next.unwrap().to_string(), "2026-05-11");
    }
}
