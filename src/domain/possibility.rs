//! What a field of a line can become by choosing: its owner, its teams, its state. Each possibility is an edit, or says why
//! it is none.

use super::change::{Edit, Replaced};
use super::command::{Actor, Command};
use super::ids::{KeyResultId, NodeId, ObjectiveId, TeamId};
use super::okr::{KeyResultField, ObjectiveField, State};
use super::palette::{MAX_FOUND, Wanted};
use super::people::Team;
use super::workspace::Workspace;

/// A field that is changed by choosing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChosenField {
    /// Who answers for it.
    Owner,
    /// The teams that share an objective, or the team of a key result.
    Teams,
    /// How far an objective has come in being agreed.
    State,
}

/// Something that a field can become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Possibility {
    /// As a person reads it.
    pub title: String,
    /// What tells it from others of that name, or what it means; may be empty.
    pub context: String,
    /// What makes it so.
    pub edit: Edit,
    /// Why it cannot be chosen; `None` where it can.
    pub obstacle: Option<String>,
}

impl Workspace {
    /// What a field of a node can become, of what fits a text: what can be chosen first, and of that the best fit first; at
    /// most [`MAX_FOUND`].
    #[must_use]
    pub fn possibilities(&self, node: NodeId, field: ChosenField, text: &str, actor: Actor) -> Vec<Possibility> {
        let all = match (field, node) {
            (ChosenField::Owner, _) => self.owners(node),
            (ChosenField::Teams, NodeId::Objective(id)) => self.sharing_teams(id),
            (ChosenField::Teams, NodeId::KeyResult(id)) => self.leading_teams(id),
            (ChosenField::State, NodeId::Objective(id)) => self.states(id),
            (ChosenField::State, NodeId::KeyResult(_)) => Vec::new(),
        };
        let wanted = Wanted::new(text);
        let mut found: Vec<_> = all
            .into_iter()
            .enumerate()
            .filter_map(|(place, possibility)| Some((wanted.fit(&possibility.title)?, place, possibility)))
            .collect();
        found.sort_by_key(|(fit, place, _)| (*fit, *place));
        found.truncate(MAX_FOUND);
        let mut offers: Vec<Possibility> = found.into_iter().map(|(.., possibility)| possibility).collect();
        for offer in offers.iter_mut().filter(|offer| offer.obstacle.is_none()) {
            let command = Command::Edit(offer.edit.clone());
            offer.obstacle =
                self.decide(actor, chrono::DateTime::UNIX_EPOCH, &command).err().map(|refusal| refusal.message);
        }
        offers.sort_by_key(|offer| offer.obstacle.is_some());
        offers
    }

    fn owners(&self, node: NodeId) -> Vec<Possibility> {
        let was = match node {
            NodeId::Objective(id) => self.objective(id).and_then(|node| node.objective.owner),
            NodeId::KeyResult(id) => self.key_result(id).and_then(|node| node.key_result.owner),
        };
        let becomes = |is| match node {
            NodeId::Objective(id) => of_objective(id, ObjectiveField::Owner(was), ObjectiveField::Owner(is)),
            NodeId::KeyResult(id) => of_key_result(id, KeyResultField::Owner(was), KeyResultField::Owner(is)),
        };
        let mut people: Vec<_> = self.people().collect();
        people.sort_by(|one, other| one.name.cmp(&other.name));
        let people = people.into_iter().map(|person| {
            let teams = person.teams.iter().filter_map(|id| Some(self.team(*id)?.name.as_str()));
            Possibility {
                title: person.name.clone(),
                context: teams.collect::<Vec<_>>().join(", "),
                edit: becomes(Some(person.id)),
                obstacle: (was == Some(person.id)).then(|| "Owns it now.".to_owned()),
            }
        });
        let nobody = Possibility {
            title: "Nobody yet".to_owned(),
            context: String::new(),
            edit: becomes(None),
            obstacle: was.is_none().then(|| "So it is now.".to_owned()),
        };
        people.chain([nobody]).collect()
    }

    /// Each team shares an objective or does not: to choose it turns that.
    fn sharing_teams(&self, id: ObjectiveId) -> Vec<Possibility> {
        let was = self.objective(id).map(|node| node.objective.teams.clone()).unwrap_or_default();
        let turned = |team: TeamId| {
            let mut is = was.clone();
            is.retain(|known| *known != team);
            if is.len() == was.len() {
                is.push(team);
            }
            is
        };
        let possibility = |team: &Team| Possibility {
            title: team.name.clone(),
            context: match was.iter().position(|known| *known == team.id) {
                Some(0) => "leads it: take it off".to_owned(),
                Some(_) => "shares it: take it off".to_owned(),
                None => String::new(),
            },
            edit: of_objective(id, ObjectiveField::Teams(was.clone()), ObjectiveField::Teams(turned(team.id))),
            obstacle: None,
        };
        let mut found: Vec<Possibility> = self.teams_by_name().into_iter().map(possibility).collect();
        found.sort_by_key(|possibility| possibility.context.is_empty());
        found
    }

    fn teams_by_name(&self) -> Vec<&Team> {
        let mut teams: Vec<_> = self.teams().collect();
        teams.sort_by(|one, other| one.name.cmp(&other.name));
        teams
    }

    fn leading_teams(&self, id: KeyResultId) -> Vec<Possibility> {
        let was = self.key_result(id).and_then(|node| node.key_result.team);
        let becomes = |is| of_key_result(id, KeyResultField::Team(was), KeyResultField::Team(is));
        let teams = self.teams_by_name().into_iter().map(|team| Possibility {
            title: team.name.clone(),
            context: String::new(),
            edit: becomes(Some(team.id)),
            obstacle: (was == Some(team.id)).then(|| "It is theirs now.".to_owned()),
        });
        let none = Possibility {
            title: "As the objective".to_owned(),
            context: String::new(),
            edit: becomes(None),
            obstacle: was.is_none().then(|| "So it is now.".to_owned()),
        };
        teams.chain([none]).collect()
    }

    fn states(&self, id: ObjectiveId) -> Vec<Possibility> {
        let Some(was) = self.objective(id).map(|node| node.objective.state) else { return Vec::new() };
        let possibility = |is: State| Possibility {
            title: capitalised(is.name()),
            context: meaning(is).to_owned(),
            edit: of_objective(id, ObjectiveField::State(was), ObjectiveField::State(is)),
            obstacle: match is {
                is if is == was => Some("So it is now.".to_owned()),
                State::Closed => Some("Open it to close it: scores and what was learned belong to that.".to_owned()),
                _ => None,
            },
        };
        State::ALL.map(possibility).into()
    }
}

fn of_objective(id: ObjectiveId, was: ObjectiveField, is: ObjectiveField) -> Edit {
    Edit::Objective(id, Replaced { was, is })
}

fn of_key_result(id: KeyResultId, was: KeyResultField, is: KeyResultField) -> Edit {
    Edit::KeyResult(id, Replaced { was, is })
}

fn meaning(state: State) -> &'static str {
    match state {
        State::Draft => "being written; counts nowhere",
        State::Proposed => "offered to be talked about; counts nowhere",
        State::Agreed => "counts",
        State::Closed => "over, with its numbers kept",
        State::Dropped => "given up; counts nowhere",
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sample::{Sample, sample};
    use crate::domain::testing::Company;

    fn free(offers: &[Possibility]) -> Vec<&str> {
        offers.iter().filter(|offer| offer.obstacle.is_none()).map(|offer| offer.title.as_str()).collect()
    }

    #[test]
    fn an_owner_is_chosen_by_name_and_the_present_one_says_so() {
        let Sample { workspace, member, sell, .. } = sample();
        let actor = Actor::Person(member);
        let all = workspace.possibilities(sell.into(), ChosenField::Owner, "", actor);
        assert_eq!(free(&all), ["Ada King", "Wim", "Nobody yet"]);
        assert_eq!(all[3].title, "Jonas Maria Silva");
        assert_eq!((all[3].context.as_str(), all[3].obstacle.as_deref()), ("Sales", Some("Owns it now.")));
        let found = workspace.possibilities(sell.into(), ChosenField::Owner, "wi", actor);
        assert_eq!(free(&found), ["Wim"]);
    }

    #[test]
    fn a_state_goes_where_it_may() {
        let Sample { workspace, member, viewer, sell, .. } = sample();
        let may = workspace.possibilities(sell.into(), ChosenField::State, "", Actor::Person(member));
        assert_eq!(free(&may), ["Proposed", "Dropped"]);
        let closed = may.iter().find(|offer| offer.title == "Closed").unwrap();
        assert!(closed.obstacle.as_ref().is_some_and(|why| why.contains("scores")));
        let may = workspace.possibilities(sell.into(), ChosenField::State, "", Actor::Person(viewer));
        assert_eq!(free(&may), [""; 0], "viewers change nothing");
    }

    #[test]
    fn a_team_joins_and_leaves() {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        let (north, _) = (company.team("North"), company.team("South"));
        let teams = |company: &Company| company.workspace.objective(top).unwrap().objective.teams.clone();
        let choose = |company: &mut Company, text: &str| {
            let offers = company.workspace.possibilities(top.into(), ChosenField::Teams, text, Actor::Operator);
            company.run(&Command::Edit(offers[0].edit.clone()));
            offers[0].context.clone()
        };
        assert_eq!(choose(&mut company, "north"), "");
        assert_eq!(teams(&company), [north]);
        assert_eq!(choose(&mut company, "south"), "");
        assert_eq!(choose(&mut company, "north"), "leads it: take it off");
        assert_eq!(teams(&company).len(), 1);
    }

    #[test]
    fn a_key_result_has_one_team_or_that_of_its_objective() {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        let calls = company.key_result_at(top, 50.0);
        company.team("North");
        let offers = company.workspace.possibilities(calls.into(), ChosenField::Teams, "", Actor::Operator);
        assert_eq!(free(&offers), ["North"]);
        company.run(&Command::Edit(offers[0].edit.clone()));
        let offers = company.workspace.possibilities(calls.into(), ChosenField::Teams, "", Actor::Operator);
        assert_eq!(free(&offers), ["As the objective"]);
    }
}
