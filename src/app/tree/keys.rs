//! The keys of the treegrid.

pub mod list;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use leptos_router::hooks::use_navigate;

use super::cursor::{cell_of, is_a};
use super::draft::{self, Wanted};
use super::window::Measured;
use super::{COLUMNS, Tree, VALUE_COLUMN, moving, panel, rename, value};
use crate::app::past::sight_address;
use crate::domain::expansion::Expansion;
use crate::domain::line::{Line, LineId};
use crate::domain::outline::above;
use crate::domain::type_ahead::{TypeAhead, next_titled};

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Goes to a line.
    To(usize),
    /// Goes to a cell, or back to the line.
    Column(Option<usize>),
    /// Opens or closes the line.
    Turn,
    /// Opens the lines beside it.
    OpenSiblings,
    /// Opens or closes everything under it.
    Branch(bool),
    /// Shows so many levels.
    Levels(u16),
    /// Does what the line or the cell is for.
    Enter,
    /// Makes the branch the whole page.
    Focus,
    /// Makes the tree the whole page again.
    Leave,
    /// Shows the way to the top.
    Sight,
    /// Shows everything about it.
    Open,
    /// Explains its numbers.
    Explain,
    /// Changes its title.
    Rename,
    /// Begins a new line.
    Write(Wanted),
    /// Shows what can be done.
    Menu,
    /// Asks what it shall hang under.
    Move,
    /// Moves it up or down among its siblings.
    Shift { up: bool },
}

/// A key as it was pressed.
#[derive(Clone, Copy, Debug)]
struct Pressed<'a> {
    key: &'a str,
    code: &'a str,
    shift: bool,
    ctrl: bool,
    alt: bool,
}

/// Where it was pressed.
#[derive(Clone, Copy, Debug)]
struct At<'a> {
    lines: &'a [Line],
    place: usize,
    column: Option<usize>,
    is_open: bool,
    /// How many lines fit on the screen.
    screen: usize,
}

/// Answers a key that was pressed in a line.
pub(super) fn press(event: &KeyboardEvent, tree: Tree, lines: &[Line], measured: Option<Measured>) {
    let target: Element = event_target(event);
    if event.key() == "Escape" && moving::cancel(tree) {
        event.prevent_default();
        return;
    }
    if event.meta_key() || event.is_composing() || !takes_keys(&target, &event.key()) {
        return;
    }
    let active = tree.cursor.active.get_untracked();
    let Some(place) = active.and_then(|active| lines.iter().position(|line| line.id == active)) else {
        return;
    };
    if type_ahead(event, tree, lines, place) {
        event.prevent_default();
        return;
    }
    tree.typed.set_value(TypeAhead::default());
    let (key, code) = (event.key(), event.code());
    let pressed =
        Pressed { key: &key, code: &code, shift: event.shift_key(), ctrl: event.ctrl_key(), alt: event.alt_key() };
    let screen = measured.map_or(1, |measured| (measured.screen / measured.row).max(4.0) as usize - 3);
    let is_open = tree.expansion.with_untracked(|expansion| expansion.is_open(&lines[place]));
    let at = At { lines, place, column: tree.cursor.column.get_untracked(), is_open, screen };
    if let Some(step) = step(pressed, at) {
        event.prevent_default();
        take(step, tree, lines, place, &target);
    }
}

/// Whether a key that was pressed on an element is for the line: what is typed belongs to the field that it is typed into,
/// and a link or a button answers to its own keys.
fn takes_keys(target: &Element, key: &str) -> bool {
    match target.tag_name().as_str() {
        "INPUT" | "TEXTAREA" | "SELECT" => false,
        "A" | "BUTTON" | "SUMMARY" => !matches!(key, "Enter" | " "),
        _ => is_a(target, "row") || is_a(target, "gridcell"),
    }
}

/// Goes to the next title that begins with what was typed. Capitals are for doing something, unless they follow a letter.
fn type_ahead(event: &KeyboardEvent, tree: Tree, lines: &[Line], place: usize) -> bool {
    let key = event.key();
    let mut letters = key.chars();
    let (Some(letter), None, false) = (letters.next(), letters.next(), event.ctrl_key() || event.alt_key()) else {
        return false;
    };
    let at = event.time_stamp();
    let is_first = letter.is_alphanumeric() && !letter.is_uppercase() && !event.shift_key();
    if !is_first && !tree.typed.with_value(|typed| typed.continues(at)) {
        return false;
    }
    let typed = tree.typed.try_update_value(|typed| typed.press(&key, at));
    if let Some((beginning, beyond)) = typed
        && let Some(found) = next_titled(lines, place + usize::from(beyond), &beginning, |node| tree.memory.title(node))
    {
        tree.cursor.go_to(lines[found].id);
    }
    true
}

fn step(pressed: Pressed, at: At) -> Option<Step> {
    let Pressed { key, code, shift, ctrl, alt } = pressed;
    let At { lines, place, column, is_open, screen } = at;
    let line = lines.get(place)?;
    let last = lines.len() - 1;
    let last_column = if line.id == LineId::Unaligned { 0 } else { COLUMNS - 1 };
    let is_parent = line.below > 0;
    if ctrl {
        return match key {
            "Home" => Some(Step::To(0)),
            "End" => Some(Step::To(last)),
            _ => None,
        };
    }
    if alt {
        return match key {
            "ArrowUp" => Some(Step::Shift { up: true }),
            "ArrowDown" => Some(Step::Shift { up: false }),
            _ => None,
        };
    }
    Some(match (key, column) {
        ("*", _) => Step::OpenSiblings,
        ("ArrowRight", _) if shift => Step::Branch(true),
        ("ArrowLeft", _) if shift => Step::Branch(false),
        ("F10", _) if shift => Step::Menu,
        ("F", _) if shift => Step::Focus,
        ("L", _) if shift => Step::Sight,
        ("M", _) if shift => Step::Move,
        ("O", _) if shift => Step::Open,
        ("W", _) if shift => Step::Explain,
        ("N", _) if shift => Step::Write(Wanted::Sibling),
        ("C", _) if shift => Step::Write(Wanted::Objective),
        ("K", _) if shift => Step::Write(Wanted::KeyResult),
        _ if shift => Step::Levels(levels(code)?),
        ("ArrowDown", _) => Step::To((place + 1).min(last)),
        ("ArrowUp", _) => Step::To(place.saturating_sub(1)),
        ("PageDown", _) => Step::To((place + screen).min(last)),
        ("PageUp", _) => Step::To(place.saturating_sub(screen)),
        ("Home", None) => Step::To(0),
        ("End", None) => Step::To(last),
        ("Home", Some(_)) => Step::Column(Some(0)),
        ("End", Some(_)) => Step::Column(Some(last_column)),
        ("ArrowRight", None) if is_parent && !is_open => Step::Turn,
        ("ArrowRight", None) => Step::Column(Some(0)),
        ("ArrowRight", Some(column)) => Step::Column(Some((column + 1).min(last_column))),
        ("ArrowLeft", None) if is_parent && is_open => Step::Turn,
        ("ArrowLeft", None) => Step::To(above(lines, place).next()?),
        ("ArrowLeft", Some(column)) => Step::Column(column.min(last_column).checked_sub(1)),
        ("Escape", Some(_)) => Step::Column(None),
        ("Escape", None) => Step::Leave,
        (" ", _) if is_parent => Step::Turn,
        ("F2", None | Some(0)) => Step::Rename,
        ("Enter" | "F2", _) => Step::Enter,
        ("Insert", _) => Step::Write(Wanted::Sibling),
        ("ContextMenu", _) => Step::Menu,
        _ => return None,
    })
}

/// How many levels may be open for as many to show as a digit says, whatever the keyboard prints with Shift.
fn levels(code: &str) -> Option<u16> {
    match code.strip_prefix("Digit")?.parse().ok()? {
        0 => Some(u16::MAX),
        levels => Some(levels - 1),
    }
}

fn take(step: Step, tree: Tree, lines: &[Line], place: usize, target: &Element) {
    let line = lines[place];
    let expand = |with: &dyn Fn(&mut Expansion)| {
        tree.expansion.update(with);
        // The line may have gone with what was closed: whatever is active then has the focus.
        tree.cursor.takes_focus.set(true);
    };
    match step {
        Step::To(place) => tree.cursor.go_to(lines[place].id),
        Step::Column(column) => tree.cursor.go_to_column(column),
        Step::Turn => expand(&|expansion| expansion.turn(line.id)),
        Step::OpenSiblings => {
            let siblings = tree.outline.read_untracked().as_ref().map(|outline| outline.siblings(line.id));
            expand(&|expansion| expansion.set_all(siblings.iter().flatten(), true));
        }
        Step::Branch(open) => tree.turn_branch(line.id, open),
        Step::Levels(levels) => expand(&|expansion| *expansion = Expansion::of_levels(levels)),
        Step::Enter => enter(tree, line.id, target),
        Step::Focus => {
            if let LineId::Node(node) = line.id {
                tree.hold();
                use_navigate()(&tree.focus_address(Some(node)), Default::default());
            }
        }
        Step::Leave => tree.leave_focus(),
        Step::Sight => {
            if let LineId::Node(node) = line.id {
                use_navigate()(&sight_address(node), Default::default());
            }
        }
        Step::Rename => {
            if let (LineId::Node(node), None) = (line.id, tree.day) {
                rename::begin(tree, node);
            }
        }
        Step::Write(wanted) => {
            if let (LineId::Node(node), None) = (line.id, tree.day) {
                draft::begin(tree, node, wanted);
            }
        }
        Step::Open => {
            if let LineId::Node(node) = line.id {
                panel::show(tree, node);
            }
        }
        Step::Explain => {
            if let LineId::Node(node) = line.id {
                tree.why.set(Some(node));
            }
        }
        Step::Move => {
            if let (LineId::Node(node), None) = (line.id, tree.day) {
                tree.moves.set(Some(node));
            }
        }
        Step::Shift { up } => {
            if tree.day.is_none() {
                moving::step(tree, line.id, up);
            }
        }
        Step::Menu => {
            if let Some(row) = target.closest("[role=row]").ok().flatten() {
                super::menu::open_at(tree, line.id, &row);
            }
        }
    }
}

/// Does what a line or a cell is for: edits the value, follows the link in the cell, or opens the page.
fn enter(tree: Tree, id: LineId, target: &Element) {
    let LineId::Node(node) = id else {
        tree.expansion.update(|expansion| expansion.turn(id));
        return;
    };
    let column = tree.cursor.column.get_untracked();
    if column.is_none_or(|column| column == VALUE_COLUMN) && value::begin(tree, node) {
        return;
    }
    let row = target.closest("[role=row]").ok().flatten();
    let cell = column.and_then(|column| cell_of(&row?, column));
    let link = cell.and_then(|cell| cell.query_selector("a, button:not(.toggle, .more)").ok().flatten());
    match link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        Some(link) => link.click(),
        None => panel::show(tree, node),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ObjectiveId;

    fn line(depth: u16, below: u32) -> Line {
        let id = LineId::Node(ObjectiveId(uuid::Uuid::nil()).into());
        Line { id, depth, position: 1, set_size: 1, below, rails: 0, of_cycle: true, is_match: true }
    }

    fn lines() -> [Line; 4] {
        [line(0, 2), line(1, 1), line(2, 0), Line { id: LineId::Unaligned, ..line(0, 1) }]
    }

    fn plain(key: &'static str) -> Pressed<'static> {
        Pressed { key, code: "", shift: false, ctrl: false, alt: false }
    }

    fn pressed(pressed: Pressed, place: usize, column: Option<usize>, is_open: bool) -> Option<Step> {
        step(pressed, At { lines: &lines(), place, column, is_open, screen: 2 })
    }

    #[test]
    fn keys_walk_through_lines() {
        let step = |key, place, open| pressed(plain(key), place, None, open);
        assert_eq!(step("ArrowDown", 0, true), Some(Step::To(1)));
        assert_eq!(step("ArrowDown", 3, true), Some(Step::To(3)));
        assert_eq!(step("ArrowUp", 0, true), Some(Step::To(0)));
        assert_eq!(step("PageDown", 0, true), Some(Step::To(2)));
        assert_eq!(step("PageUp", 3, true), Some(Step::To(1)));
        assert_eq!(step("ArrowRight", 0, false), Some(Step::Turn));
        assert_eq!(step("ArrowRight", 0, true), Some(Step::Column(Some(0))));
        assert_eq!(step("ArrowRight", 2, true), Some(Step::Column(Some(0))));
        assert_eq!(step("ArrowLeft", 1, true), Some(Step::Turn));
        assert_eq!(step("ArrowLeft", 2, true), Some(Step::To(1)));
        assert_eq!(step("ArrowLeft", 3, false), None);
        assert_eq!(step("Home", 2, true), Some(Step::To(0)));
        assert_eq!(step("End", 0, true), Some(Step::To(3)));
        assert_eq!(step("Escape", 0, true), Some(Step::Leave));
        assert_eq!(step(" ", 2, true), None, "nothing hangs under it");
        assert_eq!(step("Tab", 0, true), None);
    }

    #[test]
    fn keys_walk_through_cells() {
        let step = |key, place, column| pressed(plain(key), place, Some(column), true);
        assert_eq!(step("ArrowRight", 0, 0), Some(Step::Column(Some(1))));
        assert_eq!(step("ArrowRight", 0, COLUMNS - 1), Some(Step::Column(Some(COLUMNS - 1))));
        assert_eq!(step("ArrowRight", 3, 0), Some(Step::Column(Some(0))), "the branch of the unaligned has one cell");
        assert_eq!(step("ArrowLeft", 0, 2), Some(Step::Column(Some(1))));
        assert_eq!(step("ArrowLeft", 0, 0), Some(Step::Column(None)));
        assert_eq!(step("ArrowLeft", 3, 4), Some(Step::Column(None)), "there is but one cell to leave");
        assert_eq!(step("Home", 2, 3), Some(Step::Column(Some(0))));
        assert_eq!(step("End", 2, 3), Some(Step::Column(Some(COLUMNS - 1))));
        assert_eq!(step("ArrowDown", 1, 3), Some(Step::To(2)));
        assert_eq!(step("Escape", 1, 3), Some(Step::Column(None)));
        let ctrl = |key| pressed(Pressed { ctrl: true, ..plain(key) }, 1, Some(3), true);
        assert_eq!((ctrl("Home"), ctrl("End"), ctrl("a")), (Some(Step::To(0)), Some(Step::To(3)), None));
    }

    #[test]
    fn shift_does_things() {
        let step = |key, code| pressed(Pressed { shift: true, code, ..plain(key) }, 0, None, true);
        assert_eq!(step("ArrowRight", "ArrowRight"), Some(Step::Branch(true)));
        assert_eq!(step("ArrowLeft", "ArrowLeft"), Some(Step::Branch(false)));
        assert_eq!(step("!", "Digit1"), Some(Step::Levels(0)));
        assert_eq!(step("§", "Digit3"), Some(Step::Levels(2)));
        assert_eq!(step("=", "Digit0"), Some(Step::Levels(u16::MAX)));
        assert_eq!(step("*", "Digit8"), Some(Step::OpenSiblings));
        assert_eq!(step("F", "KeyF"), Some(Step::Focus));
        assert_eq!(step("L", "KeyL"), Some(Step::Sight));
        assert_eq!(step("M", "KeyM"), Some(Step::Move));
        assert_eq!(step("W", "KeyW"), Some(Step::Explain));
        assert_eq!(step("F10", "F10"), Some(Step::Menu));
        assert_eq!(step("N", "KeyN"), Some(Step::Write(Wanted::Sibling)));
        assert_eq!(step("Tab", "Tab"), None);
        assert_eq!(pressed(plain("f"), 0, None, true), None);
        let alt = |key| pressed(Pressed { alt: true, ..plain(key) }, 1, None, true);
        assert_eq!(alt("ArrowUp"), Some(Step::Shift { up: true }));
        assert_eq!(alt("ArrowDown"), Some(Step::Shift { up: false }));
        assert_eq!((alt("ArrowLeft"), alt("F")), (None, None), "these are the browser's");
    }
}
