//! Support links: which objectives help which others, across the tree. They are drawn and never count in a number.

use super::change::{Edit, Replaced};
use super::command::{Actor, Command};
use super::ids::ObjectiveId;
use super::okr::ObjectiveField;
use super::palette::{MAX_FOUND, Wanted};
use super::workspace::Workspace;

/// An objective that another one could support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supportable {
    /// Which one.
    pub id: ObjectiveId,
    /// Its title.
    pub title: String,
    /// What it hangs under; may be empty.
    pub context: String,
    /// Why it cannot be supported; `None` where it can.
    pub obstacle: Option<String>,
}

impl Workspace {
    /// The objectives that an objective also helps, in the order in which they were named.
    pub fn supported(&self, id: ObjectiveId) -> impl Iterator<Item = ObjectiveId> {
        self.objective(id).into_iter().flat_map(|node| node.objective.supports.iter().copied())
    }

    /// The objectives that also help an objective, in the order of their making.
    #[must_use]
    pub fn supporters(&self, id: ObjectiveId) -> Vec<ObjectiveId> {
        let mut supporters: Vec<_> = self
            .objectives()
            .filter(|node| node.objective.supports.contains(&id))
            .map(|node| node.objective.id)
            .collect();
        supporters.sort_unstable();
        supporters
    }

    /// The command that makes an objective support another one, or no longer.
    #[must_use]
    pub fn support(&self, id: ObjectiveId, other: ObjectiveId, supports: bool) -> Command {
        let was: Vec<ObjectiveId> = self.supported(id).collect();
        let mut is = was.clone();
        is.retain(|known| *known != other);
        if supports {
            is.push(other);
        }
        let fields = Replaced { was: ObjectiveField::Supports(was), is: ObjectiveField::Supports(is) };
        Command::Edit(Edit::Objective(id, fields))
    }

    /// The objectives whose titles fit a text, as what an objective could support: the possible ones first, and of these the
    /// best fit first; at most [`MAX_FOUND`].
    #[must_use]
    pub fn supportable(&self, id: ObjectiveId, text: &str, actor: Actor) -> Vec<Supportable> {
        let wanted = Wanted::new(text);
        let mut found: Vec<_> = self
            .objectives()
            .filter_map(|node| {
                let title = &node.objective.title;
                let length = if wanted.words.is_empty() { 0 } else { title.len() };
                Some((wanted.fit(title)?, length, node.objective.id))
            })
            .collect();
        found.sort_unstable();
        let supported: Vec<ObjectiveId> = self.supported(id).collect();
        let offered = |other: ObjectiveId| {
            let obstacle = if supported.contains(&other) {
                Some("It supports this already.".to_owned())
            } else if self.ancestors(id.into()).any(|above| above == other.into()) {
                Some("It hangs under this, and counts in it.".to_owned())
            } else {
                let edit = self.support(id, other, true);
                self.decide(actor, chrono::DateTime::UNIX_EPOCH, &edit).err().map(|refusal| refusal.message)
            };
            let context = self.parent(other.into()).and_then(|above| self.node_title(above)).unwrap_or_default();
            let title = self.node_title(other.into()).unwrap_or_default().to_owned();
            Supportable { id: other, title, context: context.to_owned(), obstacle }
        };
        let mut offers: Vec<Supportable> =
            found.into_iter().take(MAX_FOUND).map(|(.., other)| offered(other)).collect();
        offers.sort_by_key(|offer| offer.obstacle.is_some());
        offers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::Company;

    #[test]
    fn a_link_is_made_told_on_both_ends_and_taken_away() {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        let [one, two] = [(); 2].map(|()| company.objective(Some(top.into())));
        company.key_result_at(one, 50.0);
        let before = company.percent(top);
        let link = company.workspace.support(one, two, true);
        company.run(&link);
        assert_eq!(company.workspace.supported(one).collect::<Vec<_>>(), [two]);
        assert_eq!(company.workspace.supporters(two), [one]);
        assert_eq!(company.percent(top), before, "it counts in no number");
        assert_eq!(company.percent(two), "–");
        let unlink = company.workspace.support(one, two, false);
        company.run(&unlink);
        assert!(company.workspace.supporters(two).is_empty());
    }

    #[test]
    fn what_cannot_be_supported_says_why() {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        let [one, two] = [(); 2].map(|()| company.objective(Some(top.into())));
        let link = company.workspace.support(one, two, true);
        company.run(&link);
        let three = company.objective(None);
        let offers = company.workspace.supportable(one, "", Actor::Operator);
        let why: Vec<_> = offers.iter().map(|offer| (offer.id, offer.obstacle.as_deref())).collect();
        assert_eq!(
            why,
            [
                (three, None),
                (top, Some("It hangs under this, and counts in it.")),
                (one, Some("An objective cannot support itself.")),
                (two, Some("It supports this already.")),
            ]
        );
    }
}
