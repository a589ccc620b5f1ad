//! What the page of an objective shows of its closing: the form before it, and the outcome after it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::command::Actor;
use super::ids::{KeyResultId, ObjectiveId};
use super::node_link::NodeLink;
use super::okr::{State, Verdict, judgement, score_text};
use super::progress::{Ppm, Weight};
use super::row::PersonLabel;
use super::workspace::Workspace;

/// A key result that is to be scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToScore {
    /// Which one.
    pub id: KeyResultId,
    /// Its title.
    pub title: String,
    /// How much its score counts.
    pub weight: Weight,
    /// Its progress now, which is offered as its score.
    pub progress: Option<Ppm>,
}

/// How an objective ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its score; "–" where nothing in it was measured.
    pub score: String,
    /// Whether that is a success for its stance.
    pub is_success: bool,
    /// The same in words.
    pub judgement: String,
    /// Each key result and its score.
    pub scores: Vec<(NodeLink, String)>,
    /// What was learned.
    pub learned: String,
    /// What becomes of it.
    pub verdict: Option<Verdict>,
    /// Who closed it.
    pub by: Option<PersonLabel>,
    /// On which day.
    pub on: Option<NaiveDate>,
}

impl Workspace {
    /// The key results to score, where somebody may close an objective now.
    #[must_use]
    pub fn to_score(&self, actor: Actor, id: ObjectiveId) -> Option<Vec<ToScore>> {
        let node = self.objective(id)?;
        let may_close = self.may_edit_objective(actor, id) && node.objective.state.may_become(State::Closed);
        may_close.then(|| {
            let key_results = node.key_results.iter().filter_map(|id| self.key_result(*id));
            key_results
                .map(|node| ToScore {
                    id: node.key_result.id,
                    title: node.key_result.title.clone(),
                    weight: node.key_result.weight,
                    progress: self.progress(node.key_result.id.into()),
                })
                .collect()
        })
    }

    /// How an objective ended; `None` while it has not.
    #[must_use]
    pub fn outcome(&self, id: ObjectiveId) -> Option<Outcome> {
        let node = self.objective(id)?;
        let (objective, closing) = (&node.objective, node.objective.closing.as_ref()?);
        let scores = node.key_results.iter().filter_map(|id| {
            let score = self.key_result(*id)?.key_result.closing.as_ref()?.score;
            Some((self.node_link((*id).into())?, text_of(score)))
        });
        Some(Outcome {
            score: text_of(closing.score),
            is_success: closing.score.is_some_and(|score| objective.stance.is_success(score)),
            judgement: judgement(closing.score, objective.stance),
            scores: scores.collect(),
            learned: closing.learned.clone(),
            verdict: closing.verdict,
            by: closing.by.and_then(|by| self.person_label(by)),
            on: closing.on,
        })
    }
}

fn text_of(score: Option<Ppm>) -> String {
    score.map_or_else(|| "–".to_owned(), score_text)
}

#[cfg(test)]
mod tests {
    use super::super::command::{Close, Command};
    use super::super::sample::{Sample, sample};
    use super::*;

    #[test]
    fn only_whoever_may_close_it_is_asked_for_scores() {
        let Sample { workspace, member, viewer, company, sell, calls, .. } = sample();
        let to_score = workspace.to_score(Actor::Person(member), sell).unwrap();
        assert_eq!(to_score.iter().map(|it| (it.id, it.progress)).collect::<Vec<_>>(), [(calls, Some(Ppm::ZERO))]);
        assert_eq!(workspace.to_score(Actor::Person(viewer), sell), None);
        assert_eq!(workspace.outcome(company), None);
    }

    #[test]
    fn tells_how_it_ended_and_who_said_so() {
        let Sample { mut workspace, member, sell, calls, now, .. } = sample();
        let close = Command::Close(Close {
            objective: sell,
            scores: vec![(calls, Ppm::from_raw(0.7))],
            seen: vec![(calls, Some(Ppm::ZERO))],
            learned: "Call in the morning.".to_owned(),
            verdict: Some(Verdict::Adapt),
        });
        for change in workspace.decide(Actor::Person(member), now, &close).unwrap() {
            workspace.apply(&change);
        }
        let outcome = workspace.outcome(sell).unwrap();
        assert_eq!((outcome.score.as_str(), outcome.is_success), ("0.7", false));
        assert_eq!(outcome.by.unwrap().id, member);
        assert_eq!(outcome.on, Some(now.date_naive()));
        assert_eq!(outcome.scores[0].1, "0.7");
        assert_eq!(workspace.to_score(Actor::Person(member), sell), None);
    }
}
