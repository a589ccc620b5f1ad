//! The marks of what was just changed: a pulse on the row and on its way up, and who did it.

use std::time::Duration;

use leptos::prelude::*;

use super::{Mark, Memory};
use crate::domain::command::Actor;
use crate::domain::ids::NodeId;

/// How long a change stays marked.
const PULSE: Duration = Duration::from_secs(5);

impl Memory {
    /// Marks a node as changed by somebody, and its way up as changed through it.
    pub(super) fn pulse_of(self, node: NodeId, by: Actor) {
        let above = self.read(|workspace, _| {
            let name = by.person().and_then(|id| workspace.person(id)).map(|person| first_name(&person.name));
            (workspace.ancestors(node).collect::<Vec<_>>(), name.unwrap_or_else(|| "The command line".to_owned()))
        });
        if let Some((above, name)) = above {
            self.pulse(&[node], Some(name));
            self.pulse(&above, None);
        }
    }

    /// Marks nodes as just changed. What was refused at a row stays told there, with the words that were not taken, until
    /// somebody has read it.
    pub(super) fn pulse(self, nodes: &[NodeId], by: Option<String>) {
        let number = self.number();
        for node in nodes {
            let signals = self.rows.with_value(|rows| rows.get(node).cloned());
            let is_refused = |mark: &Option<Mark>| matches!(mark, Some(Mark::Refused(_)));
            if let Some(signals) = signals.filter(|signals| !signals.mark.with_untracked(is_refused)) {
                signals.mark.set(Some(Mark::Changed(by.clone(), number)));
            }
        }
        let nodes = nodes.to_vec();
        set_timeout(move || self.fade(&nodes, number), PULSE);
    }

    /// Takes a change's marks away, where no later one has replaced them.
    fn fade(self, nodes: &[NodeId], number: u32) {
        for node in nodes {
            if let Some(signals) = self.rows.with_value(|rows| rows.get(node).cloned())
                && signals.mark.with_untracked(|mark| matches!(mark, Some(Mark::Changed(_, known)) if *known == number))
            {
                signals.mark.set(None);
            }
        }
    }
}

fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or(name).to_owned()
}
