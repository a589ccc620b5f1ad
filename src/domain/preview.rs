//! What a command would do to numbers, told before it is done.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::change::Change;
use super::command::{Actor, Command, Refusal};
use super::effects::Effects;
use super::ids::NodeId;
use super::progress::percent;
use super::workspace::Workspace;

/// The number of a node as it is and as it would be, as a person reads it. The two differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberMove {
    /// Whose number it is.
    pub node: NodeId,
    /// The number as it is.
    pub was: String,
    /// The number as it would be.
    pub is: String,
}

impl Workspace {
    /// What a command would do to the numbers of all nodes, in no particular order. In the end the workspace is as it was:
    /// the command is carried out and taken back, which costs the depth of the tree and not its size.
    ///
    /// # Errors
    /// Why the command would be refused.
    pub fn preview(&mut self, actor: Actor, now: DateTime<Utc>, command: &Command) -> Result<Vec<NumberMove>, Refusal> {
        let changes = self.decide(actor, now, command)?;
        let mut done = Effects::default();
        for change in &changes {
            done.merge(self.apply(change));
        }
        let would_be: Vec<(NodeId, Option<i64>)> =
            done.nodes.into_iter().map(|node| (node, self.shown_ppm(node))).collect();
        for change in changes.iter().rev() {
            self.apply(&Change::inverse(change.clone()));
        }
        let moves = would_be.into_iter().filter_map(|(node, ppm)| {
            let (was, is) = (percent(self.shown_ppm(node)), percent(ppm));
            (was != is).then_some(NumberMove { node, was, is })
        });
        Ok(moves.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Move;
    use crate::domain::testing::{Company, noon};

    #[test]
    fn a_move_is_told_before_it_is_made() {
        let mut company = Company::on("2026-05-04");
        let top = company.objective(None);
        let [one, two] = [(); 2].map(|()| company.objective(Some(top.into())));
        let below = company.objective(Some(one.into()));
        company.key_result_at(one, 20.0);
        company.key_result_at(two, 40.0);
        company.key_result_at(below, 60.0);
        let before = company.workspace.clone();
        let wanted =
            |to: Option<NodeId>| Command::Move(Move { node: below.into(), from: Some(one.into()), to, before: None });
        let now = noon(company.workspace.today());
        let mut moves = company.workspace.preview(Actor::Operator, now, &wanted(Some(two.into()))).unwrap();
        assert_eq!(company.workspace, before);
        moves.sort_by_key(|told| told.node);
        let told: Vec<_> = moves.iter().map(|told| (told.node, told.was.as_str(), told.is.as_str())).collect();
        let told: Vec<_> =
            told.iter().map(|(node, was, is)| (*node, was.replace('\u{a0}', " "), is.replace('\u{a0}', " "))).collect();
        // The company's own number is the mean of 40 and 40, and of 20 and 50.
        assert_eq!(
            told,
            [
                (top.into(), "40 %".to_owned(), "35 %".to_owned()),
                (one.into(), "40 %".to_owned(), "20 %".to_owned()),
                (two.into(), "40 %".to_owned(), "50 %".to_owned()),
            ]
        );
        company.run(&wanted(Some(two.into())));
        assert_eq!(company.percent(top), "35 %");
        assert!(company.workspace.preview(Actor::Operator, now, &wanted(Some(below.into()))).is_err());
    }
}
