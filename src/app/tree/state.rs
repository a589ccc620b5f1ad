//! What the parts of the tree share.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use rustc_hash::FxHashSet;

use super::act::Changed;
use super::cursor::Cursor;
use super::draft::Draft;
use super::filter::Finding;
use super::menu::OpenMenu;
use super::moving::{Hold, Preview};
use super::rename::Renaming;
use crate::app::state::Memory;
use crate::domain::expansion::Expansion;
use crate::domain::filter::Filter;
use crate::domain::ids::NodeId;
use crate::domain::line::LineId;
use crate::domain::outline::Outline;
use crate::domain::tree_view::{TreeQuery, TreeView};
use crate::domain::type_ahead::TypeAhead;

/// What the parts of the tree share. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct Tree {
    pub(super) memory: Memory,
    /// The lines of the chosen cycle that are found, once the workspace is here.
    pub(super) outline: Memo<Option<Outline>>,
    /// What is looked for.
    pub(super) finding: Finding,
    /// Which of them are open.
    pub(super) expansion: RwSignal<Expansion>,
    /// Where the keyboard is.
    pub(super) cursor: Cursor,
    /// The line that shall have the focus in the tree that is shown next.
    pub(super) held: StoredValue<Option<LineId>>,
    /// The address of this cycle and branch, without what is open.
    pub(super) query: StoredValue<TreeQuery>,
    /// What is being typed of a title.
    pub(super) typed: StoredValue<TypeAhead>,
    /// A move that is not made yet, and what it would do.
    pub(super) preview: RwSignal<Option<Preview>>,
    /// The pointer that holds a line.
    pub(super) hold: StoredValue<Option<Hold>>,
    /// What the pointer or the keyboard is on.
    pub(super) looked_at: RwSignal<Option<NodeId>>,
    /// The objectives that it is linked with by support.
    pub(super) linked: Memo<FxHashSet<NodeId>>,
    /// What is shown beside the tree.
    pub(super) panel: RwSignal<Option<NodeId>>,
    /// What a place is chosen for by name.
    pub(super) moves: RwSignal<Option<NodeId>>,
    /// What is being changed of a line.
    pub(super) changed: RwSignal<Option<(NodeId, Changed)>>,
    /// Whose numbers are being explained.
    pub(super) why: RwSignal<Option<NodeId>>,
    /// The menu of a line, where one is open.
    pub(super) menu: RwSignal<Option<OpenMenu>>,
    /// The line that is being written.
    pub(super) draft: RwSignal<Option<Draft>>,
    /// How many were begun, which tells one from the next.
    pub(super) drafts: StoredValue<u32>,
    /// Whether a field was begun, which has the focus as soon as it is there.
    pub(super) enters: StoredValue<bool>,
    /// The title that is being changed.
    pub(super) renaming: RwSignal<Option<Renaming>>,
    /// The value that is being typed.
    pub(super) editing: RwSignal<Option<Editing>>,
    /// Whether the script runs, so that arrow keys replace the tab key.
    pub(super) is_live: RwSignal<bool>,
    /// The past day that the tree is of.
    pub(super) day: Option<NaiveDate>,
}

impl Tree {
    /// What a page begins with: `whole` are the lines of its cycle and branch, which `query` asks for, and `is_here` tells whether
    /// that is still what the address asks for.
    pub(super) fn new(
        memory: Memory,
        view: &TreeView,
        query: TreeQuery,
        day: Option<NaiveDate>,
        held: StoredValue<Option<LineId>>,
        whole: Memo<Option<Outline>>,
        is_here: Signal<bool>,
    ) -> Self {
        let (cursor, expansion) = arrive(held, whole, view);
        let expansion = RwSignal::new(expansion);
        let finding = Finding::new(memory, &view.filter, expansion, view.resting.clone(), is_here);
        let looked_at = RwSignal::new(None);
        Self {
            memory,
            outline: finding.found(whole),
            finding,
            expansion,
            cursor,
            held,
            query: StoredValue::new(query),
            typed: StoredValue::default(),
            preview: RwSignal::new(None),
            hold: StoredValue::new(None),
            looked_at,
            linked: linked(memory, looked_at),
            panel: RwSignal::new(None),
            moves: RwSignal::new(None),
            changed: RwSignal::new(None),
            why: RwSignal::new(None),
            menu: RwSignal::new(None),
            draft: RwSignal::new(None),
            drafts: StoredValue::default(),
            enters: StoredValue::new(false),
            renaming: RwSignal::new(None),
            editing: RwSignal::new(None),
            is_live: RwSignal::new(false),
            day,
        }
    }

    /// The address of what is shown, without what is open.
    pub(super) fn asked(self) -> TreeQuery {
        TreeQuery { filter: self.finding.filter.with_untracked(Filter::query), ..self.query.get_value() }
    }

    /// The address of a branch of this tree as the whole page, or of the whole tree.
    pub(super) fn focus_address(self, focus: Option<NodeId>) -> String {
        self.query.with_value(|query| query.clone().focused(focus).address())
    }

    /// The address of another cycle's tree, or of all cycles', on the same day.
    pub(super) fn cycle_address(self, cycle: Option<&str>) -> String {
        let (on, since) = self.query.with_value(|query| (query.on.clone(), query.since.clone()));
        TreeQuery { on, since, ..TreeQuery::of_cycle(cycle) }.address()
    }

    /// The pointer or the keyboard came to a line.
    pub(super) fn look_at(self, id: LineId) {
        if let LineId::Node(node) = id
            && self.looked_at.get_untracked() != Some(node)
        {
            self.looked_at.set(Some(node));
        }
    }

    /// Has the active line take the focus in the tree that is shown next.
    pub(super) fn hold(self) {
        self.held.set_value(self.cursor.active.get_untracked());
    }

    /// Makes the whole tree the page again where a branch was.
    pub(super) fn leave_focus(self) {
        if self.query.with_value(|query| query.focus.is_some()) {
            self.hold();
            use_navigate()(&self.focus_address(None), Default::default());
        }
    }

    /// Whether a line is open, once the workspace is here.
    pub(super) fn is_open(self, id: LineId) -> bool {
        self.outline.with_untracked(|outline| {
            let line = outline.as_ref().and_then(|outline| outline.branch(id).first());
            line.is_some_and(|line| self.expansion.with_untracked(|expansion| expansion.is_open(line)))
        })
    }

    /// Whether a line is in this tree, open or not.
    pub(super) fn holds(self, id: LineId) -> bool {
        self.outline.with_untracked(|outline| outline.as_ref().is_some_and(|outline| !outline.branch(id).is_empty()))
    }

    /// Opens whatever hides a line.
    pub(super) fn reveal(self, id: LineId) {
        self.outline.with_untracked(|outline| {
            if let Some(outline) = outline {
                self.expansion.update(|expansion| outline.reveal(id, expansion));
            }
        });
    }

    /// Opens a line, and whatever hides it.
    pub(super) fn open(self, id: LineId) {
        self.reveal(id);
        if !self.is_open(id) {
            self.outline.with_untracked(|outline| {
                let line = outline.as_ref().and_then(|outline| outline.branch(id).first());
                self.expansion.update(|expansion| expansion.set_all(line, true));
            });
        }
    }

    /// Opens or closes everything under a line.
    pub(super) fn turn_branch(self, id: LineId, open: bool) {
        self.outline.with_untracked(|outline| {
            if let Some(outline) = outline {
                self.expansion.update(|expansion| expansion.set_all(outline.branch(id), open));
            }
        });
    }
}

/// A value that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Editing {
    pub(super) node: NodeId,
    /// What stood there.
    pub(super) was: String,
    /// What is typed: kept here, since the field goes and comes with what hides it.
    pub(super) text: String,
}

impl Editing {
    /// Whether nothing was typed yet.
    pub(super) fn is_untouched(&self) -> bool {
        self.text == self.was
    }
}

/// The objectives that what is looked at supports, and that support it.
fn linked(memory: Memory, looked_at: RwSignal<Option<NodeId>>) -> Memo<FxHashSet<NodeId>> {
    Memo::new(move |_| match looked_at.get() {
        Some(NodeId::Objective(id)) => memory
            .follow(|workspace, _| {
                let both = workspace.supported(id).chain(workspace.supporters(id));
                both.map(NodeId::from).collect()
            })
            .unwrap_or_default(),
        _ => FxHashSet::default(),
    })
}

/// Sets the keyboard on the line that was held, if it is in this tree, and on the first line otherwise; and opens, besides
/// what the page says, what hides a held line.
fn arrive(held: StoredValue<Option<LineId>>, outline: Memo<Option<Outline>>, view: &TreeView) -> (Cursor, Expansion) {
    let mut expansion = view.expansion.clone();
    let held = held.try_update_value(Option::take).flatten();
    let found = outline.with_untracked(|outline| {
        let outline = outline.as_ref()?;
        held.filter(|id| !outline.branch(*id).is_empty()).inspect(|id| outline.reveal(*id, &mut expansion))
    });
    let active = found.or_else(|| view.rows.first().map(|(line, _)| line.id));
    (Cursor::new(active, held.is_some()), expansion)
}
