//! What a person sees.

mod check_in;
#[cfg(feature = "hydrate")]
mod clock;
#[cfg(feature = "hydrate")]
pub(crate) mod covered;
#[cfg(feature = "hydrate")]
mod deliver;
mod density;
mod failure;
mod form;
mod frame;
mod front;
#[cfg(feature = "hydrate")]
mod kept;
mod keys;
#[cfg(feature = "hydrate")]
mod live;
mod new_objective;
mod node;
pub mod outbox;
mod overlay;
mod palette;
mod past;
mod query;
pub mod replica;
pub mod send;
mod sight;
mod sign_in;
mod sign_out;
pub mod state;
pub mod tree;
mod ui;
pub mod undo;
mod waiting;
#[cfg(feature = "hydrate")]
mod worker;

use leptos::config::LeptosOptions;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use self::check_in::{CheckInScreen, MeetingScreen};
use self::density::Density;
use self::failure::NotFound;
use self::frame::Overlay;
use self::front::FrontPage;
use self::new_objective::NewObjectiveScreen;
use self::node::NodeScreen;
use self::overlay::Overlays;
use self::sight::SightScreen;
use self::sign_in::{SetUp, SignIn};
use self::state::Memory;
use self::tree::TreeScreen;

/// Where the browser finds the client: paths from the root of the site, with the hash of the content in each name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientFiles {
    /// The module that loads the client.
    pub script: String,
    /// The client itself.
    pub wasm: String,
    /// The style sheet.
    pub style: String,
}

/// The document around [`App`], rendered on the server only.
pub fn shell(options: LeptosOptions, files: ClientFiles) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en" data-density=Density::of_page().name()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="description" content="One alignment tree of objectives and key results, kept alive by everybody." />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#1b1e1b" media="(prefers-color-scheme: dark)" />
                // Before the style sheet: a script after it would keep the page from being read until that is here.
                <Client files=files.clone() />
                <link rel="stylesheet" href=files.style />
                <AutoReload options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Loads and starts the client.
///
/// A script rather than preload links, which a browser without script would follow for nothing; and in the page, since what
/// is clicked before another file is here would be lost.
#[component]
fn Client(files: ClientFiles) -> impl IntoView {
    let ClientFiles { script, wasm, .. } = files;
    let start = format!("({})({script:?}, {wasm:?});", include_str!("app/start.js"));
    view! { <script nonce=use_nonce()>{start}</script> }
}

/// The application: the same on the server and in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let memory = Memory::new();
    provide_context(memory);
    provide_context(Overlays::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if memory.has_met().get()
            && let Some(viewer) = memory.viewer().get_untracked()
        {
            live::start(memory, viewer);
        }
    });
    view! {
        <Title text="Trellis" />
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=FrontPage ssr=SsrMode::Async />
                <Route path=path!("/tree") view=TreeScreen ssr=SsrMode::Async />
                <Route path=path!("/node/:id") view=NodeScreen ssr=SsrMode::Async />
                <Route path=path!("/node/:id/sight") view=SightScreen ssr=SsrMode::Async />
                <Route path=path!("/check-in") view=CheckInScreen ssr=SsrMode::Async />
                <Route path=path!("/check-in/team/:id") view=MeetingScreen ssr=SsrMode::Async />
                <Route path=path!("/new-objective") view=NewObjectiveScreen ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignIn ssr=SsrMode::Async />
                <Route path=path!("/set-up/:token") view=SetUp ssr=SsrMode::Async />
            </Routes>
            <Overlay />
        </Router>
    }
}
