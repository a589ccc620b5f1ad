//! Where the keyboard is: on a line, or in one of its cells.

use leptos::html::Div;
use leptos::leptos_dom::helpers::queue_microtask;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

use crate::domain::line::LineId;

/// Where the keyboard is. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct Cursor {
    /// The line that the keys start from.
    pub active: RwSignal<Option<LineId>>,
    /// The cell of that line, where the keys walk through cells; `None` where they walk through lines.
    pub column: RwSignal<Option<usize>>,
    /// Whether the line or the cell shall get the focus as soon as it is there.
    pub takes_focus: RwSignal<bool>,
}

impl Cursor {
    pub fn new(active: Option<LineId>, takes_focus: bool) -> Self {
        Self { active: RwSignal::new(active), column: RwSignal::new(None), takes_focus: RwSignal::new(takes_focus) }
    }

    /// Goes to a line, or to its cell in the same column.
    pub fn go_to(self, id: LineId) {
        self.active.set(Some(id));
        self.takes_focus.set(true);
    }

    /// Goes to a cell of the line, or back to the line.
    pub fn go_to_column(self, column: Option<usize>) {
        self.column.set(column);
        self.takes_focus.set(true);
    }

    /// Gives the focus to the row, or to the cell that the keys are in.
    pub fn focus(self, row: &HtmlElement) {
        let cell = self.column.get_untracked().and_then(|column| cell_of(row, column));
        move_stop(row, cell.as_ref());
        // An element that cannot take the focus leaves it where it is.
        let _ = cell.as_ref().unwrap_or(row).focus();
    }

    /// The focus came to something in a line: the line itself, a cell, or what is in one.
    pub fn arrived(self, id: LineId, at: &Element) {
        if self.active.get_untracked() != Some(id) {
            self.active.set(Some(id));
        }
        if is_a(at, "row") && self.column.get_untracked().is_some() {
            self.column.set(None);
            move_stop(at, None);
        }
    }
}

/// Has the tab key lead to a cell instead of its row, or to the rows again.
fn move_stop(row: &Element, to: Option<&HtmlElement>) {
    let grid = row.closest("[role=treegrid]").ok().flatten();
    if let Some(stop) = grid.and_then(|grid| grid.query_selector("[role=gridcell][tabindex]").ok().flatten()) {
        // Fails for nothing but a name that is no attribute's.
        let _ = stop.remove_attribute("tabindex");
    }
    if let Some(cell) = to {
        cell.set_tab_index(0);
    }
}

/// Takes what the rows hold out of the order of the tab key: once the script runs, the arrow keys lead to it. Rows that are
/// drawn from then on say so themselves; those of the page are not drawn again for that.
#[cfg(feature = "hydrate")]
pub(super) fn leave_tab_order(rows: &Element) {
    let Ok(links) = rows.query_selector_all("[data-act]") else { return };
    for link in (0..links.length()).filter_map(|place| links.get(place)?.dyn_into::<HtmlElement>().ok()) {
        link.set_tab_index(-1);
    }
}

/// Gives the focus back where it is lost now, while rows come, go and move: what is moved within the document loses it. Where
/// what has it goes, the place that the tab key leads to has it instead.
pub(super) fn keep_focus(rows: NodeRef<Div>) {
    let focused =
        document().active_element().filter(|focused| focused.closest(".rows .row").is_ok_and(|row| row.is_some()));
    let Some(focused) = focused.and_then(|focused| focused.dyn_into::<HtmlElement>().ok()) else { return };
    // Before anything else is typed.
    queue_microtask(move || {
        if is_focus_lost() && focused.is_connected() {
            focus_in_place(&focused);
        }
    });
    // Once it is known what is active now.
    request_animation_frame(move || {
        if is_focus_lost()
            && let Some(place) = stop_of_tab(rows)
        {
            focus_in_place(&place);
        }
    });
}

fn is_focus_lost() -> bool {
    document().active_element().is_none_or(|focused| focused.tag_name() == "BODY")
}

/// Where the tab key leads to in the rows.
fn stop_of_tab(rows: NodeRef<Div>) -> Option<HtmlElement> {
    let rows = rows.try_get_untracked()??;
    let stop = |selector: &str| rows.query_selector(selector).ok().flatten();
    stop("[role=gridcell][tabindex='0']").or_else(|| stop(".row[tabindex='0']"))?.dyn_into().ok()
}

/// Gives the focus to an element, and scrolls nothing: it may have been scrolled away on purpose.
fn focus_in_place(element: &HtmlElement) {
    let scrolled = (window().scroll_x().unwrap_or_default(), window().scroll_y().unwrap_or_default());
    // An element that cannot take the focus leaves it where it is.
    let _ = element.focus();
    window().scroll_to_with_x_and_y(scrolled.0, scrolled.1);
}

/// A cell of a row.
pub(super) fn cell_of(row: &Element, column: usize) -> Option<HtmlElement> {
    let cell = row.query_selector(&format!(":scope > [role=gridcell]:nth-child({})", column + 1)).ok()?;
    cell?.dyn_into().ok()
}

/// Whether an element has that role.
pub(super) fn is_a(element: &Element, role: &str) -> bool {
    element.get_attribute("role").as_deref() == Some(role)
}
