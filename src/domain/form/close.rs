//! The form that closes an objective.

use super::fields::{Fields, Problem};
use crate::domain::command::{Close, Command, sentence};
use crate::domain::ids::{KeyResultId, ObjectiveId};
use crate::domain::okr::{Verdict, parse_score};
use crate::domain::progress::Ppm;
use crate::domain::workspace::Workspace;

/// A score for each key result whose progress is known, the lesson, and what becomes of the objective.
pub(super) fn close(workspace: &Workspace, id: ObjectiveId, fields: &Fields) -> Result<Vec<Command>, Problem> {
    let key_results = workspace.objective(id).map_or(&[][..], |node| &node.key_results);
    let mut scores = Vec::new();
    let mut seen = Vec::new();
    for id in key_results {
        scores.extend(score(workspace, *id, fields)?.map(|score| (*id, score)));
        seen.extend(seen_of(*id, fields));
    }
    let verdict = Verdict::from_name(&fields.get("verdict"))
        .ok_or_else(|| Problem::at("verdict", "Choose what becomes of it: keep, adapt or drop."))?;
    let learned = fields.get("learned").trim().to_owned();
    Ok(vec![Command::Close(Close { objective: id, scores, seen, learned, verdict: Some(verdict) })])
}

fn score(workspace: &Workspace, id: KeyResultId, fields: &Fields) -> Result<Option<Ppm>, Problem> {
    let name = format!("score:{id}");
    let text = fields.get(&name);
    if text.trim().is_empty() {
        // What cannot be measured need not be scored, and counts nowhere then.
        return match workspace.progress(id.into()) {
            None => Ok(None),
            Some(_) => {
                let title = workspace.node_title(id.into()).unwrap_or_default();
                Err(Problem::at(&name, format!("Give “{title}” a score from 0.0 to 1.0.")))
            }
        };
    }
    parse_score(&text).map(Some).map_err(|problem| Problem::at(&name, sentence(&problem.to_string())))
}

/// The progress that the form showed beside the field; nothing is said of one that it did not show.
fn seen_of(id: KeyResultId, fields: &Fields) -> Option<(KeyResultId, Option<Ppm>)> {
    let name = format!("seen:{id}");
    fields.has(&name).then(|| (id, fields.get(&name).parse().ok().and_then(Ppm::new)))
}
