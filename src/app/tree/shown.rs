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
