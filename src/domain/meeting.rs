//! What a team looks at in its weekly meeting, since the due date before. Nothing in it is about a person.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cadence::Cadence;
use super::command::Actor;
use super::compare::{Baseline, Direction, Movement};
use super::ids::{KeyResultId, NodeId, TeamId};
use super::node_link::NodeLink;
use super::node_view::InitiativeLine;
use super::okr::{ConfidenceBand, State};
use super::pace::Pace;
use super::row::{Row, Status};
use super::workspace::{KeyResultNode, Workspace};

/// What a team looks at in its meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// The organisation's name.
    pub workspace: String,
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
    /// When its check-ins fall due.
    pub cadence: Cadence,
    /// The same in words.
    pub cadence_words: String,
    /// Whether whoever looks may set that.
    pub may_set_cadence: bool,
    /// The due date before today, since which things are told.
    pub since: Option<NaiveDate>,
    /// What moved since then.
    pub moved: Vec<Moved>,
    /// The key results that lack a check-in.
    pub missing: Vec<Topic>,
    /// Where the days gone by and the people say different things.
    pub disagreeing: Vec<Topic>,
    /// What is at risk by pace or by confidence.
    pub at_risk: Vec<Topic>,
    /// The work that is not done yet.
    pub initiatives: Vec<(NodeLink, InitiativeLine)>,
}

/// Something that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// As it is now.
    pub row: Row,
    /// Whether that is more, less or something else.
    pub is_up: Option<bool>,
    /// How it moved, in words.
    pub words: String,
}

/// Something to talk about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// The key result.
    pub row: Row,
    /// What was said of it last.
    pub note: String,
    /// The due date that lacks a check-in.
    pub due: Option<NaiveDate>,
}

impl Workspace {
    /// The due date before today of a team.
    #[must_use]
    pub fn last_meeting(&self, team: TeamId) -> Option<NaiveDate> {
        self.team(team)?.cadence.due_before(self.today())
    }

    /// How what a team looks at stood on a past day.
    #[must_use]
    pub fn baseline_of_meeting(&self, team: TeamId, past: &Self) -> Baseline {
        let nodes = self.key_results_met_about(team).into_iter().map(NodeId::from);
        Baseline { day: past.today(), nodes: nodes.filter_map(|node| Some((node, past.then(node)?))).collect() }
    }

    /// What a team looks at in its meeting, compared with how things stood then.
    #[must_use]
    pub fn meeting(&self, team: TeamId, then: Option<&Baseline>, actor: Actor) -> Option<Meeting> {
        let known = self.team(team)?;
        let key_results = self.key_results_met_about(team);
        let topics = |wanted: fn(&Row) -> bool| -> Vec<Topic> {
            let rows = key_results.iter().filter_map(|id| self.topic(*id, actor));
            rows.filter(|topic| wanted(&topic.row)).collect()
        };
        let nodes = key_results.iter().map(|id| NodeId::from(*id));
        let moved = then.map(|then| nodes.filter_map(|node| self.moved(node, then, actor)).collect());
        let missing = key_results.iter().filter(|id| self.due(**id).is_some());
        let open = |id: &KeyResultId| self.key_result(*id).map(|node| node.initiatives.clone()).unwrap_or_default();
        let initiatives = key_results.iter().flat_map(|id| {
            let lines = open(id).into_iter().filter_map(|it| self.initiative_line(it)).filter(|line| !line.done);
            lines.filter_map(|line| Some((self.node_link((*id).into())?, line))).collect::<Vec<_>>()
        });
        Some(Meeting {
            workspace: self.settings.name.clone(),
            team,
            name: known.name.clone(),
            cadence: known.cadence,
            cadence_words: known.cadence.words(),
            may_set_cadence: self.may_administrate(actor),
            since: then.map(|then| then.day),
            moved: moved.unwrap_or_default(),
            missing: missing.filter_map(|id| self.topic(*id, actor)).collect(),
            disagreeing: topics(disagrees),
            at_risk: topics(is_at_risk),
            initiatives: initiatives.collect(),
        })
    }

    /// The agreed key results that follow the cadence of a team, in the order of the tree.
    fn key_results_met_about(&self, team: TeamId) -> Vec<KeyResultId> {
        let is_of_team = |node: &&KeyResultNode| {
            let objective = self.objective_of(node.key_result.id.into());
            let leads = |objective: &super::okr::Objective| {
                node.key_result.team.or(objective.teams.first().copied()) == Some(team)
                    && objective.state == State::Agreed
            };
            objective.is_some_and(leads)
        };
        let mut ids: Vec<_> = self.key_results().filter(is_of_team).map(|node| node.key_result.id).collect();
        ids.sort_by_cached_key(|id| self.place_in_tree((*id).into()));
        ids
    }

    fn topic(&self, id: KeyResultId, actor: Actor) -> Option<Topic> {
        let note = self.key_result(id)?.current().map(|last| last.note.clone()).unwrap_or_default();
        Some(Topic { row: self.row(id.into(), actor)?, note, due: self.due(id) })
    }

    fn moved(&self, node: NodeId, then: &Baseline, actor: Actor) -> Option<Moved> {
        let row = self.row(node, actor)?;
        let movement = Movement::between(then.nodes.get(&node), &row);
        let is_up = match movement.direction()? {
            Direction::Up => Some(true),
            Direction::Down => Some(false),
            Direction::Other => None,
        };
        Some(Moved { row, is_up, words: movement.words(then.day) })
    }
}

/// The days gone by and the people say different things: one that it goes well, the other that it does not.
fn disagrees(row: &Row) -> bool {
    let Some(band) = row.confidence.map(super::okr::Confidence::band) else {
        return false;
    };
    match row.status {
        Status::Pace(Pace::OnTrack) | Status::Holds => band == ConfidenceBand::OffTrack,
        Status::Pace(Pace::Behind | Pace::AtRisk) | Status::Broken => band == ConfidenceBand::OnTrack,
        Status::NotStarted | Status::Unknown | Status::Silent => false,
    }
}

fn is_at_risk(row: &Row) -> bool {
    matches!(row.status, Status::Pace(Pace::AtRisk) | Status::Broken)
        || row.confidence.is_some_and(|it| it.band() == ConfidenceBand::OffTrack)
}

#[cfg(test)]
mod tests {
    use super::super::change::Record;
    use super::super::ids::InitiativeId;
    use super::super::okr::{Initiative, KeyResultField, ObjectiveField};
    use super::super::testing::{Company, day, number, reach};
    use super::*;

    #[test]
    fn tells_what_to_talk_about_and_nothing_about_people() {
        // Monday, with half of the cycle gone.
        let mut company = Company::on("2026-05-18");
        let team = company.team("Dock");
        let quarter = company.cycle("Spring", "2026-04-06", "2026-06-28");
        let top = company.objective(None);
        company.edit_objective(top, ObjectiveField::Cycle(None), ObjectiveField::Cycle(Some(quarter)));
        company.edit_objective(top, ObjectiveField::Teams(vec![]), ObjectiveField::Teams(vec![team]));
        let [moved, hopeful, missing] = [(); 3].map(|()| company.key_result(top, reach(0.0, 100.0)));
        let elsewhere = company.key_result(top, reach(0.0, 100.0));
        let other = company.team("Pier");
        company.edit_key_result(elsewhere, KeyResultField::Team(None), KeyResultField::Team(Some(other)));
        company.check_in_on(moved, "2026-05-10", number(40.0), Some(6));
        company.check_in_on(hopeful, "2026-05-16", number(1.0), Some(9));
        company.workspace.set_today(day("2026-05-11"));
        let then = company.workspace.baseline();
        company.workspace.set_today(day("2026-05-18"));
        company.check_in_on(moved, "2026-05-17", number(50.0), Some(6));
        let initiative = |company: &mut Company, done| {
            let (id, title) = (InitiativeId(company.id()), "Paint the pier".to_owned());
            company.add(Record::Initiative(Initiative { id, key_result: moved, title, owner: None, done }));
        };
        initiative(&mut company, false);
        initiative(&mut company, true);
        let meeting = company.workspace.meeting(team, Some(&then), Actor::Operator).unwrap();
        assert_eq!(company.workspace.last_meeting(team), meeting.since);
        let of = |topics: &[Topic]| topics.iter().map(|topic| topic.row.node).collect::<Vec<_>>();
        let told: Vec<_> = meeting.moved.iter().map(|it| (it.row.node, it.is_up)).collect();
        assert_eq!(told, [(moved.into(), Some(true))]);
        assert_eq!(of(&meeting.missing), [missing.into()]);
        assert_eq!(of(&meeting.disagreeing), [hopeful.into()]);
        assert_eq!(of(&meeting.at_risk), [hopeful.into()], "not begun is not yet at risk");
        assert_eq!(meeting.initiatives.len(), 1);
        assert_eq!(meeting.cadence_words, "every Monday");
        let first = company.workspace.meeting(team, None, Actor::Operator).unwrap();
        assert_eq!((first.since, first.moved), (None, vec![]));
    }
}
