//! What the cells of a line show.

use std::sync::Arc;

use crate::domain::outline::Line;
use crate::domain::row::Row;

/// What the cells of a line show.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    pub row: Arc<Row>,
    pub line: Line,
    /// Whether the script runs, so that arrow keys replace the tab key.
    pub is_live: bool,
}

impl Shown {
    /// Whether nothing but numbers differs from `before`: a check-in changes those, all the way up.
    pub(super) fn is_same_but_for_numbers(&self, before: &Self) -> bool {
        self.line == before.line && self.is_live == before.is_live && still(&self.row) == still(&before.row)
    }
}

/// What stays as it is while numbers move.
fn still(row: &Row) -> impl PartialEq {
    // Named one by one, so that a new part of a row has its place chosen.
    let Row {
        node,
        title,
        owner,
        teams,
        state,
        percent: _,
        ppm: _,
        progress: _,
        expected: _,
        status: _,
        confidence: _,
        value,
        checked: _,
        stale: _,
        supports,
        weight,
        editable,
    } = row;
    (node, title, owner, teams, state, value.as_ref().map(|value| &value.aim), supports, weight, editable)
}
