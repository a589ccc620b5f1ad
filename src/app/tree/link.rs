//! The links and buttons of the lines: what they do where the script runs, and copying a link to be sent to somebody.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use leptos::web_sys::Element;

use super::change::{self, Changed};
use super::line::line_of;
use super::{Tree, menu, panel, value, why};
use crate::domain::outline::LineId;
use crate::domain::possibility::ChosenField;

/// What a link or a button of a line does. Its element says so, for the treegrid to hear of a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Opens or closes what hangs under the line.
    Toggle,
    /// Shows everything about it.
    Open,
    /// Explains its numbers.
    Why,
    /// Edits its value.
    Value,
    /// Changes something else of it.
    Change(Changed),
    /// Shows what can be done.
    Menu,
}

impl Act {
    const ALL: [Self; 9] = [
        Self::Toggle,
        Self::Open,
        Self::Why,
        Self::Value,
        Self::Change(Changed::Field(ChosenField::Owner)),
        Self::Change(Changed::Field(ChosenField::Teams)),
        Self::Change(Changed::Field(ChosenField::State)),
        Self::Change(Changed::Numbers),
        Self::Menu,
    ];

    /// As the element says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toggle => "toggle",
            Self::Open => "open",
            Self::Why => "why",
            Self::Value => "value",
            Self::Change(Changed::Field(ChosenField::Owner)) => "owner",
            Self::Change(Changed::Field(ChosenField::Teams)) => "teams",
            Self::Change(Changed::Field(ChosenField::State)) => "state",
            Self::Change(Changed::Numbers) => "numbers",
            Self::Menu => "menu",
        }
    }

    fn of(element: &Element) -> Option<Self> {
        let name = element.get_attribute("data-act")?;
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// Something in the lines was clicked. A link leads to a page where the workspace is not here.
pub(super) fn clicked(event: &MouseEvent, tree: Tree) {
    let target: Element = event_target(event);
    let Some(element) = target.closest("[data-act]").ok().flatten() else { return };
    let (Some(act), Some(id)) = (Act::of(&element), line_of(&element)) else { return };
    match (act, id) {
        (Act::Toggle, id) if event.alt_key() => tree.turn_branch(id, !tree.is_open(id)),
        (Act::Toggle, id) => tree.expansion.update(|expansion| expansion.turn(id)),
        (Act::Menu, id) => menu::open_at(tree, id, &element),
        (Act::Open, LineId::Node(node)) => panel::follow(event, tree, node),
        (Act::Value, LineId::Node(node)) if !wants_more(event) && value::begin(tree, node) => event.prevent_default(),
        (Act::Why, LineId::Node(node)) if does_it_here(event, tree) => why::ask(tree, node),
        (Act::Change(what), LineId::Node(node)) if does_it_here(event, tree) => change::ask(tree, node, what),
        _ => {}
    }
}

/// Whether a click on a link is answered here, for which the workspace has to be here.
fn does_it_here(event: &MouseEvent, tree: Tree) -> bool {
    let is_answered = !wants_more(event) && tree.memory.seq().is_some();
    if is_answered {
        event.prevent_default();
    }
    is_answered
}

/// A link of a line, which does something at once where the workspace is here, and leads to a page where it is not.
pub(super) fn act_link(
    act: Act,
    class: &'static str,
    href: String,
    title: Option<&'static str>,
    is_live: bool,
    words: AnyView,
) -> AnyView {
    view! {
        <a
            class=class
            href=href
            title=title
            data-act=act.name()
            tabindex=is_live.then_some("-1")
        >
            {words}
        </a>
    }
    .into_any()
}

/// Whether a click asks for a window or a tab of its own.
pub(super) fn wants_more(event: &MouseEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0
}

/// Copies the whole address of a path, and says so, or says the address where the browser does not let it be copied.
#[cfg(feature = "hydrate")]
pub(super) fn copy(said: RwSignal<String>, path: &str) {
    let address = window().location().origin().unwrap_or_default() + path;
    leptos::task::spawn_local(async move {
        let words = match clipboard::write_text(&address).await {
            Ok(_) => "Link copied.".to_owned(),
            Err(_) => format!("The browser does not let Trellis copy. This is the link: {address}"),
        };
        said.set(words);
    });
}

/// Nothing is copied on the server.
#[cfg(not(feature = "hydrate"))]
pub(super) fn copy(_said: RwSignal<String>, _path: &str) {}

#[cfg(feature = "hydrate")]
mod clipboard {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        /// Exists on pages served over HTTPS or from this machine only, and throws elsewhere.
        #[wasm_bindgen(js_namespace = ["navigator", "clipboard"], js_name = writeText, catch)]
        pub async fn write_text(text: &str) -> Result<JsValue, JsValue>;
    }
}
