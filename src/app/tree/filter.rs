//! What is looked for in the tree: the bar above the rows, and what it does to the address.

mod bar;
mod facet;
mod nothing;
mod views;

use std::time::Duration;

use leptos::ev::MouseEvent;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use rustc_hash::FxHashSet;

pub(super) use self::bar::FilterBar;
pub(super) use self::nothing::NothingFound;
pub(super) use self::views::Views;
use super::link::wants_more;
use crate::app::state::Memory;
use crate::domain::expansion::Expansion;
use crate::domain::filter::{Filter, FilterView, Matcher, Words, filter_pairs};
use crate::domain::line::LineId;
use crate::domain::outline::Outline;

/// How long after the last letter the address says what was typed.
const PAUSE: Duration = Duration::from_millis(350);

/// What is looked for. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct Finding {
    memory: Memory,
    /// The filter, as it is at this moment.
    pub filter: RwSignal<Filter>,
    /// The words of its text, for the titles that hold them.
    pub words: Memo<Words>,
    unknown: RwSignal<Vec<String>>,
    /// The query of the address.
    address: Memo<String>,
    /// What the address said of the filter that is on screen; whatever else it comes to say of it is read.
    applied: StoredValue<String>,
    later: StoredValue<Option<TimeoutHandle>>,
    /// Goes to an address: that, and whether it takes the place of the present one.
    go: Callback<(String, bool)>,
    expansion: RwSignal<Expansion>,
    /// What was open before anything was looked for.
    before: StoredValue<Expansion>,
    /// What was written since something is looked for.
    written: StoredValue<FxHashSet<LineId>>,
}

impl Finding {
    /// Begins with what the page was made with.
    ///
    /// `is_here` tells whether the address is still that of the page: what it says of another one is not for this one.
    pub fn new(
        memory: Memory,
        view: &FilterView,
        expansion: RwSignal<Expansion>,
        before: Expansion,
        is_here: Signal<bool>,
    ) -> Self {
        let location = use_location();
        let address = location.search;
        let navigate = use_navigate();
        let go = Callback::new(move |(query, replace): (String, bool)| {
            let address = if query.is_empty() { "/tree".to_owned() } else { format!("/tree?{query}") };
            navigate(&address, NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
        });
        let filter = RwSignal::new(view.filter.clone());
        let finding = Self {
            memory,
            filter,
            words: Memo::new(move |_| filter.with(|filter| Words::new(filter.text()))),
            unknown: RwSignal::new(view.unknown.clone()),
            address,
            applied: StoredValue::new(filter_pairs(&address.get_untracked())),
            later: StoredValue::new(None),
            go,
            expansion,
            before: StoredValue::new(before),
            written: StoredValue::default(),
        };
        Effect::new(move |_| {
            let query = address.get();
            let is_here = is_here.get_untracked() && location.pathname.get_untracked() == "/tree";
            let says_other = || finding.applied.with_value(|applied| *applied != filter_pairs(&query));
            if memory.is_loaded().get() && is_here && says_other() {
                finding.read(&query);
            }
        });
        on_cleanup(move || finding.not_later());
        finding
    }

    /// The lines of a tree that are found, with what leads to them. Lines that were found and are not any more, since
    /// their numbers changed, stay until something else is looked for, and so do lines that are written meanwhile: nothing
    /// vanishes under somebody's hands.
    pub fn found(self, whole: Memo<Option<Outline>>) -> Memo<Option<Outline>> {
        let last = StoredValue::new(Filter::default());
        Memo::new(move |before: Option<&Option<Outline>>| {
            let filter = self.filter.get();
            let is_new =
                last.try_update_value(|last| std::mem::replace(last, filter.clone()) != filter).unwrap_or(true);
            if is_new {
                self.written.set_value(FxHashSet::default());
            }
            if !filter.is_on() {
                return whole.get();
            }
            let before = before.and_then(Option::as_ref).filter(|_| !is_new);
            let before = before.into_iter().flat_map(Outline::lines).map(|line| line.id);
            let kept = self.written.with_value(|written| before.chain(written.iter().copied()).collect());
            self.memory.follow_closely(|workspace, actor| {
                whole.with(|whole| Some(whole.as_ref()?.filtered(&Matcher::new(&filter, workspace, actor), &kept)))
            })?
        })
    }

    /// A line is about to be written: it is found, whatever is looked for.
    pub fn keep(self, id: LineId) {
        self.written.update_value(|written| {
            written.insert(id);
        });
    }

    /// What is looked for in words, and how much was found; `shipped` is what the server said.
    pub fn view(
        self,
        whole: Memo<Option<Outline>>,
        found: Memo<Option<Outline>>,
        shipped: FilterView,
    ) -> Memo<FilterView> {
        Memo::new(move |_| {
            let (filter, unknown) = (self.filter.get(), self.unknown.get());
            let told = self.memory.follow(|workspace, actor| {
                whole.with(|whole| {
                    found.with(|found| {
                        Some(workspace.filter_view(&filter, unknown, whole.as_ref()?, found.as_ref()?, actor))
                    })
                })
            });
            told.flatten().unwrap_or_else(|| shipped.clone())
        })
    }

    /// The address of the same tree with another filter.
    pub fn address_of(self, filter: &Filter) -> String {
        let query = self.address.with(|address| filter.written_into(address));
        if query.is_empty() { "/tree".to_owned() } else { format!("/tree?{query}") }
    }

    /// The query of the present tree with the present filter.
    pub fn query(self) -> String {
        self.address.with(|address| self.filter.with(|filter| filter.written_into(address)))
    }

    /// Whether every cycle is looked through.
    pub fn is_of_all_cycles(self) -> bool {
        let is_all = |(name, value): (String, String)| name == "cycle" && value == "all";
        self.address.with(|address| crate::domain::filter::other_pairs(address).any(is_all))
    }

    /// What the address says besides the filter.
    pub fn others(self) -> Vec<(String, String)> {
        self.address.with_untracked(|address| crate::domain::filter::other_pairs(address).collect())
    }

    /// Looks for a text; the address says it once nothing more is typed for a moment.
    pub fn type_text(self, text: &str) {
        self.show(self.filter.get_untracked().with_text(text));
        self.not_later();
        let handle = set_timeout_with_handle(move || self.write(true), PAUSE).ok();
        self.later.set_value(handle);
    }

    /// Looks for something else.
    pub fn set(self, filter: Filter) {
        self.show(filter);
        self.write(false);
    }

    /// Follows a link to another filter at once, also while what was typed is not yet in the address that it would lead
    /// away from.
    pub fn follow(self, click: &MouseEvent, filter: Filter) {
        if !wants_more(click) && self.memory.is_loaded().get_untracked() {
            click.prevent_default();
            self.set(filter);
        }
    }

    fn show(self, filter: Filter) {
        let was_on = self.filter.with_untracked(Filter::is_on);
        match (was_on, filter.is_on()) {
            (false, true) => {
                self.before.set_value(self.expansion.get_untracked());
                self.expansion.set(Expansion::all());
            }
            (true, false) => self.expansion.set(self.before.get_value()),
            // Whoever looks for something else sees all of what is found.
            (true, true) if self.filter.with_untracked(|now| *now != filter) => self.expansion.set(Expansion::all()),
            _ => {}
        }
        self.unknown.set(Vec::new());
        self.filter.set(filter);
    }

    fn read(self, query: &str) {
        self.not_later();
        self.applied.set_value(filter_pairs(query));
        let read = self.memory.read(|workspace, _| Filter::read(query, workspace));
        if let Some(read) = read {
            self.show(read.filter);
            self.unknown.set(read.unknown);
        }
    }

    fn write(self, replace: bool) {
        self.not_later();
        let query =
            self.address.with_untracked(|address| self.filter.with_untracked(|filter| filter.written_into(address)));
        if self.address.with_untracked(|address| *address != query) {
            self.applied.set_value(filter_pairs(&query));
            self.go.run((query, replace));
        }
    }

    fn not_later(self) {
        if let Some(Some(handle)) = self.later.try_update_value(Option::take) {
            handle.clear();
        }
    }
}
