//! The command palette: find or do anything by a few letters.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::overlay::Overlays;
use super::past;
use super::state::Memory;
use super::ui::chooser::{Chooser, Offer};
use super::ui::dialog::Dialog;
use super::ui::icon::{Shape, icon};
use crate::domain::palette::{Action, Entry, Target};

/// The button that opens the palette.
#[component]
pub fn PaletteButton() -> impl IntoView {
    let overlays = expect_context::<Overlays>();
    view! {
        <button
            class="find-anything scripted"
            type="button"
            aria-label="Find or do anything"
            aria-keyshortcuts="Control+K Meta+K"
            aria-haspopup="dialog"
            on:click=move |_| overlays.palette.set(true)
        >
            {icon(Shape::SEARCH)}
            <span class="words">"Find or do anything"</span>
            <kbd>"Ctrl K"</kbd>
        </button>
    }
}

/// The palette.
#[component]
pub fn Palette() -> impl IntoView {
    let is_open = expect_context::<Overlays>().palette;
    view! {
        <Dialog is_open label="Find or do anything" class="palette">
            <Finder />
        </Dialog>
    }
}

#[component]
fn Finder() -> impl IntoView {
    let overlays = expect_context::<Overlays>();
    let (memory, day) = match overlays.past() {
        Some((day, page)) => (past::whole(page, day), Some(day)),
        None => (expect_context::<Memory>(), None),
    };
    let on_day = move |address: String| match day {
        Some(day) => past::on_day(address, day),
        None => address,
    };
    let navigate = use_navigate();
    let text = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let actions = overlays.actions();
        text.with(|text| memory.follow(|workspace, actor| workspace.palette(text, actor, &actions)))
    });
    let on_choose = Callback::new(move |place: usize| {
        let entry = found.with_untracked(|found| found.as_ref()?.get(place).cloned());
        let Some(Entry { target, .. }) = entry else { return };
        overlays.palette.set(false);
        match target {
            Target::Go(address) => navigate(&on_day(address), Default::default()),
            // By the next frame the palette is closed and the focus where it was, from where an action may take it.
            Target::Do(action) => request_animation_frame(move || act(overlays, action)),
        }
    });
    let offer = |entry: &Entry| Offer {
        kind: entry.kind.label(),
        title: entry.title.clone(),
        context: entry.context.clone(),
        obstacle: None,
    };
    view! {
        <Chooser
            label="Find or do anything"
            placeholder="Find an objective, a person, a team, or do something"
            text
            offers=Signal::derive(move || found.with(|found| found.as_ref().map(|found| found.iter().map(offer).collect())))
            chosen=RwSignal::new(0)
            on_choose
            on_close=Callback::new(move |()| overlays.palette.set(false))
        />
    }
}

fn act(overlays: Overlays, action: Action) {
    match action {
        Action::Keys => overlays.keys.set(true),
        Action::SignOut => overlays.leaving.set(Some("/sign-out")),
        action => overlays.act(action),
    }
}
