//! What the parts of a row share.

use std::sync::Arc;

use leptos::prelude::*;
use rustc_hash::FxHashMap;

use crate::app::state::Mark;
use crate::domain::outline::{Line, LineId};
use crate::domain::row::Row;

/// What a row shows besides its content, as its cells need it.
#[derive(Clone, Copy)]
pub(super) struct RowContext {
    pub row: Signal<Arc<Row>>,
    pub mark: RwSignal<Option<Mark>>,
}

/// What a row needs to know of its line: where it is among those that show, and the line itself.
pub(super) type Places = Memo<Arc<FxHashMap<LineId, (usize, Line)>>>;

/// The active row where it is not among those of the window, so that it keeps the focus.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Parked {
    pub id: LineId,
    /// How far below the first row of all it stands, in CSS pixels.
    pub top: f64,
}
