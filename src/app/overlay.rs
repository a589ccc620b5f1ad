//! Which of what any page can bring up is open: the palette, the list of keys; and what the page can do and knows for it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::state::Memory;
use crate::domain::palette::Action;

/// What lies over the pages, and what the page under it can do. Copies share it.
#[derive(Clone, Copy)]
pub struct Overlays {
    /// Whether the palette is open.
    pub palette: RwSignal<bool>,
    /// Whether the list of keys is open.
    pub keys: RwSignal<bool>,
    /// Where whoever wants to sign out is led to, once they know what is not sent.
    pub leaving: RwSignal<Option<&'static str>>,
    offered: RwSignal<Vec<(Action, Callback<()>)>>,
    past: RwSignal<Option<(NaiveDate, Memory)>>,
}

impl Default for Overlays {
    fn default() -> Self {
        Self::new()
    }
}

impl Overlays {
    /// Nothing is open.
    #[must_use]
    pub fn new() -> Self {
        Self {
            palette: RwSignal::new(false),
            keys: RwSignal::new(false),
            leaving: RwSignal::new(None),
            offered: RwSignal::new(Vec::new()),
            past: RwSignal::new(None),
        }
    }

    /// Whether anything lies over the page.
    #[must_use]
    pub fn is_any_open(self) -> bool {
        self.palette.get_untracked() || self.keys.get_untracked() || self.leaving.with_untracked(Option::is_some)
    }

    /// Offers what a page can do, for as long as the page is there.
    pub fn offer(self, actions: Vec<(Action, Callback<()>)>) {
        let names: Vec<Action> = actions.iter().map(|(action, _)| *action).collect();
        Effect::new(move |_| {
            self.offered.update(|offered| {
                offered.retain(|(known, _)| actions.iter().all(|(action, _)| action != known));
                offered.extend(actions.iter().cloned());
            });
        });
        on_cleanup(move || {
            // The whole application may be on its way out.
            let _ = self.offered.try_update(|offered| offered.retain(|(action, _)| !names.contains(action)));
        });
    }

    /// A page shows a past day, of which it has a memory of its own, for as long as the page is there.
    pub fn look_back(self, day: NaiveDate, memory: Memory) {
        Effect::new(move |_| self.past.set(Some((day, memory))));
        on_cleanup(move || {
            let is_of_page = |(_, of): &mut (NaiveDate, Memory)| of.viewer() == memory.viewer();
            // The whole application may be on its way out, and another page may have come.
            let _ = self.past.try_update(|past| past.take_if(is_of_page));
            let _ = self.palette.try_set(false);
        });
    }

    /// The past day that the page shows, and the memory of the page.
    #[must_use]
    pub fn past(self) -> Option<(NaiveDate, Memory)> {
        self.past.get_untracked()
    }

    /// What can be done now.
    #[must_use]
    pub fn actions(self) -> Vec<Action> {
        let own = self.offered.with(|offered| offered.iter().map(|(action, _)| *action).collect::<Vec<_>>());
        own.into_iter().chain([Action::Keys, Action::SignOut]).collect()
    }

    /// Does what the page offers.
    pub fn act(self, wanted: Action) {
        let offered =
            self.offered.with_untracked(|offered| offered.iter().find(|(action, _)| *action == wanted).cloned());
        if let Some((_, act)) = offered {
            act.run(());
        }
    }

    /// Searches on the page, or else everywhere.
    pub fn search(self) {
        if self.offered.with_untracked(|offered| offered.iter().any(|(action, _)| *action == Action::Search)) {
            self.act(Action::Search);
        } else {
            self.palette.set(true);
        }
    }
}
