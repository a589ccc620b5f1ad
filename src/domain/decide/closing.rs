//! The states of an objective: its numbers freeze when it is closed, and thaw when it is opened again.

use super::replace;
use crate::domain::change::{Change, Edit, Replaced};
use crate::domain::command::{Actor, Close, Refusal};
use crate::domain::ids::{KeyResultId, ObjectiveId};
use crate::domain::number::Finite;
use crate::domain::okr::{
    Closing, KeyResult, KeyResultClosing, KeyResultField, Objective, ObjectiveField, State, mean_score,
};
use crate::domain::progress::{Ppm, percent_of};
use crate::domain::text::check_text;
use crate::domain::workspace::Workspace;

impl Workspace {
    pub(super) fn decide_objective_edit(
        &self,
        actor: Actor,
        id: ObjectiveId,
        fields: &Replaced<ObjectiveField>,
    ) -> Result<Vec<Change>, Refusal> {
        let objective = &self.objective(id).ok_or_else(|| Refusal::not_found("objective"))?.objective;
        self.require(actor, self.may_edit_this_objective(actor, objective), "objective")?;
        let ObjectiveField::State(next) = &fields.is else {
            self.require_open(id)?;
            self.check_objective_field(id, &fields.is)?;
            let mut changes = replace(fields, objective.get(&fields.was), |fields| Edit::Objective(id, fields))?;
            if let (ObjectiveField::Parent(parent), false) = (&fields.is, changes.is_empty()) {
                changes.extend(self.rank_objective(id, *parent, None));
            }
            return Ok(changes);
        };
        let mut changes = replace(fields, objective.get(&fields.was), |fields| Edit::Objective(id, fields))?;
        if changes.is_empty() {
            return Ok(changes);
        }
        if *next == State::Closed {
            return Err(Refusal::invalid("state", "closing needs scores and what was learned"));
        }
        // Only those who answer for the whole may take a step that others cannot: an admin reopens, a table restates.
        if !objective.state.may_become(*next) && !self.may_administrate(actor) {
            let (from, to) = (objective.state.name(), next.name());
            return Err(Refusal::invalid("state", format!("an objective that is {from} cannot become {to}")));
        }
        if next.is_open() {
            changes.extend(self.thaw(objective));
        }
        Ok(changes)
    }

    /// Takes away what an objective and its key results closed with.
    fn thaw(&self, objective: &Objective) -> Vec<Change> {
        let id = objective.id;
        let mut changes = Vec::new();
        if let Some(closing) = &objective.closing {
            let fields =
                Replaced { was: ObjectiveField::Closing(Some(closing.clone())), is: ObjectiveField::Closing(None) };
            changes.push(Change::Edited(Edit::Objective(id, fields)));
        }
        for key_result in self.key_results_of(id) {
            if let Some(closing) = &key_result.closing {
                let fields =
                    Replaced { was: KeyResultField::Closing(Some(closing.clone())), is: KeyResultField::Closing(None) };
                changes.push(Change::Edited(Edit::KeyResult(key_result.id, fields)));
            }
        }
        changes
    }

    fn key_results_of(&self, id: ObjectiveId) -> impl Iterator<Item = &KeyResult> {
        let ids = self.objective(id).map_or(&[][..], |node| &node.key_results);
        ids.iter().filter_map(|id| self.key_result(*id)).map(|node| &node.key_result)
    }

    /// Freezes the numbers of an objective and its key results and scores them: the objective's score is the weighted
    /// mean of its key results' scores.
    pub(super) fn decide_close(&self, actor: Actor, close: &Close) -> Result<Vec<Change>, Refusal> {
        let id = close.objective;
        let objective = &self.objective(id).ok_or_else(|| Refusal::not_found("objective"))?.objective;
        self.require(actor, self.may_edit_this_objective(actor, objective), "objective")?;
        let by_table = actor == Actor::Operator && objective.state.is_open();
        if !(objective.state.may_become(State::Closed) || by_table) {
            return Err(match objective.state {
                State::Closed => Refusal::already_there("state", "this objective is closed already"),
                state => Refusal::invalid("state", format!("an objective that is {} cannot be closed", state.name())),
            });
        }
        if close.verdict.is_none() && actor != Actor::Operator {
            return Err(Refusal::invalid("verdict", "choose what becomes of it: keep, adapt or drop"));
        }
        check_text(&close.learned).map_err(|problem| Refusal::invalid("learned", problem))?;
        if let Some((unknown, _)) =
            close.scores.iter().find(|(scored, _)| self.key_results_of(id).all(|key_result| key_result.id != *scored))
        {
            return Err(Refusal::invalid("scores", format!("{unknown} is not a key result of this objective")));
        }
        self.require_seen(&close.seen)?;
        let scored = self.key_results_of(id).map(|it| (it.weight, self.score(it.id, &close.scores)));
        let score = mean_score(scored);
        let mut changes = Vec::new();
        for key_result in self.key_results_of(id) {
            let score = self.score(key_result.id, &close.scores);
            let closing = KeyResultClosing {
                raw: self.raw_progress(key_result.id).and_then(Finite::new),
                confidence: self.confidence(key_result.id.into()),
                score,
            };
            let fields = Replaced {
                was: KeyResultField::Closing(key_result.closing.clone()),
                is: KeyResultField::Closing(Some(closing)),
            };
            changes.push(Change::Edited(Edit::KeyResult(key_result.id, fields)));
        }
        let closing = Closing {
            progress: self.progress(id.into()),
            confidence: self.confidence(id.into()),
            score,
            learned: close.learned.clone(),
            verdict: close.verdict,
            by: actor.person(),
            on: actor.person().map(|_| self.today()),
        };
        let frozen = Replaced {
            was: ObjectiveField::Closing(objective.closing.clone()),
            is: ObjectiveField::Closing(Some(closing)),
        };
        let state = Replaced { was: ObjectiveField::State(objective.state), is: ObjectiveField::State(State::Closed) };
        changes.push(Change::Edited(Edit::Objective(id, frozen)));
        changes.push(Change::Edited(Edit::Objective(id, state)));
        Ok(changes)
    }

    /// Refuses scores that were given to a progress that is another by now.
    fn require_seen(&self, seen: &[(KeyResultId, Option<Ppm>)]) -> Result<(), Refusal> {
        let changed = seen.iter().find(|(id, progress)| self.progress((*id).into()) != *progress);
        changed.map_or(Ok(()), |(id, _)| {
            let title = self.node_title((*id).into()).unwrap_or_default();
            let now = percent_of(self.progress((*id).into()));
            let message =
                format!("“{title}” has moved in the meantime and is at {now} now. Look at its score once more");
            Err(Refusal::invalid(&format!("score:{id}"), message))
        })
    }

    fn score(&self, id: KeyResultId, given: &[(KeyResultId, Ppm)]) -> Option<Ppm> {
        let given = given.iter().find(|(scored, _)| *scored == id).map(|(_, score)| *score);
        given.or_else(|| self.progress(id.into()))
    }
}
