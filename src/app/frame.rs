//! What stands around every page: where one is, who one is, and how the connection is; and what any page can bring up.

use std::time::Duration;

use leptos::prelude::*;
use leptos::web_sys::Element;

use super::density::DensityChoice;
use super::keys::{self, KeysDialog};
use super::overlay::Overlays;
use super::palette::{Palette, PaletteButton};
use super::sign_out::{SignOut, SignOutDialog};
use super::state::Memory;
use super::ui::avatar::avatar;
use super::undo::Notices;
use super::waiting::ConnectionState;
use crate::api::viewer::Viewer;

/// The bar at the top.
#[component]
pub fn TopBar(
    /// Who looks.
    viewer: Viewer,
    /// The organisation's name.
    #[prop(into)]
    workspace: Signal<String>,
    /// What belongs to the page.
    children: Children,
) -> impl IntoView {
    let name = viewer.person.name.clone();
    let due = viewer.due;
    view! {
        <header class="top">
            <a class="brand" href="/tree">
                <svg class="mark" viewBox="0 0 20 20" aria-hidden="true">
                    <path d="M10 2v16M4 6l6 3 6-3M4 12l6 3 6-3"></path>
                </svg>
                <span>"Trellis"</span>
            </a>
            <CheckInLink due />
            <span class="workspace">{workspace}</span>
            {children()}
            <PaletteButton />
            <ConnectionState />
            <Notices />
            <details class="menu account">
                <summary aria-label=format!("{name}: account")>
                    {avatar(Some(&viewer.person))}
                </summary>
                <div class="menu-panel">
                    <p>{name}</p>
                    <DensityChoice />
                    <SignOut action="/sign-out" label="Sign out" />
                    <SignOut action="/sign-out-everywhere" label="Sign out on all devices" />
                </div>
            </details>
        </header>
    }
    .into_any()
}

/// The way to what is due from whoever looks, with how much that is.
#[component]
fn CheckInLink(
    /// How much was due when the page was made.
    due: usize,
) -> impl IntoView {
    let memory = expect_context::<Memory>();
    let due = RwSignal::new(due);
    let count = move || {
        let now = memory.read(|workspace, actor| {
            actor.person().filter(|_| !workspace.is_past()).map(|person| workspace.count_due(person))
        });
        // The page may have been left.
        if let (Some(now), Some(known)) = (now.flatten(), due.try_get_untracked())
            && now != known
        {
            due.set(now);
        }
    };
    Effect::new(move |_| {
        memory.follow_closely(|_, _| ());
        // Counted once what has changed is on screen: for an owner of thousands, that takes as long as all the rest.
        request_animation_frame(move || set_timeout(count, Duration::ZERO));
    });
    let badge = move || {
        Some(due.get()).filter(|due| *due > 0).map(|due| {
            view! {
                <span class="badge">{due} <span class="visually-hidden">" due"</span></span>
            }
        })
    };
    view! {
        <a class="to-check-in" href="/check-in">
            "Check in"
            {badge}
        </a>
    }
}

/// What lies over the pages.
#[component]
pub fn Overlay() -> impl IntoView {
    let overlays = expect_context::<Overlays>();
    Effect::new(move |_| {
        let press = window_event_listener(leptos::ev::keydown, move |event| keys::press(&event, overlays));
        let click = window_event_listener(leptos::ev::click, |event| {
            keys::close_menus(Some(&event_target::<Element>(&event)));
        });
        on_cleanup(move || {
            press.remove();
            click.remove();
        });
    });
    view! {
        <Palette />
        <KeysDialog />
        <SignOutDialog />
    }
}
