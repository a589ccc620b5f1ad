//! Open while something changes in it, and closed or dropped again afterwards.

use std::cmp::Reverse;

use chrono::TimeZone;

use super::Plan;
use crate::domain::change::{Edit, Replaced};
use crate::domain::command::{Close, Command};
use crate::domain::ids::ObjectiveId;
use crate::domain::okr::{ObjectiveField, State};

impl<Zone: TimeZone> Plan<'_, Zone> {
    /// The states to set before anything else, and those to set after everything else, from the leaves up: what an
    /// objective closes with depends on what is below it.
    pub(super) fn plan_states(&self) -> (Vec<Command>, Vec<Command>) {
        let mut objectives: Vec<ObjectiveId> = self.states.keys().chain(&self.touched).copied().collect();
        objectives.sort_by_cached_key(|id| (Reverse(self.places.depth(self.workspace, (*id).into())), *id));
        objectives.dedup();
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for id in objectives {
            let known = self.workspace.objective(id).map(|node| node.objective.state);
            let wanted = self.states.get(&id).copied().or(known).unwrap_or_default();
            let now = known.unwrap_or_default();
            let meanwhile = match known {
                None => State::default(),
                Some(_) if now == wanted && (now.is_open() || !self.touched.contains(&id)) => continue,
                Some(_) if wanted.is_open() => wanted,
                Some(_) if now.is_open() => now,
                Some(_) => State::default(),
            };
            if known.is_some() && now != meanwhile {
                first.push(set_state(id, now, meanwhile));
            }
            match wanted {
                State::Closed => last.push(Command::Close(self.close(id))),
                State::Dropped => last.push(set_state(id, meanwhile, State::Dropped)),
                State::Draft | State::Proposed | State::Agreed => {}
            }
        }
        (first, last)
    }

    /// Closes an objective as it was closed before, where it was.
    fn close(&self, id: ObjectiveId) -> Close {
        let before = self.workspace.objective(id);
        let closing = before.and_then(|node| node.objective.closing.as_ref());
        let scored = before.map_or(&[][..], |node| &node.key_results);
        let score = |id| self.workspace.key_result(id)?.key_result.closing.as_ref()?.score;
        Close {
            objective: id,
            scores: scored.iter().filter_map(|id| Some((*id, score(*id)?))).collect(),
            seen: Vec::new(),
            learned: closing.map(|closing| closing.learned.clone()).unwrap_or_default(),
            verdict: closing.and_then(|closing| closing.verdict),
        }
    }
}

fn set_state(id: ObjectiveId, was: State, is: State) -> Command {
    let fields = Replaced { was: ObjectiveField::State(was), is: ObjectiveField::State(is) };
    Command::Edit(Edit::Objective(id, fields))
}
