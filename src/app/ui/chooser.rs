//! A field to type into, and what fits below it, of which one is chosen: the ARIA combobox with a list.

use leptos::ev::KeyboardEvent;
use leptos::html::{Input, Ul};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use super::icon::{Shape, icon};
use super::marked::marked;
use crate::domain::filter::Words;

/// How many options a page key passes.
const PAGE: usize = 8;

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What kind of thing it is; may be empty.
    pub kind: &'static str,
    /// Its name.
    pub title: String,
    /// What it belongs to; may be empty.
    pub context: String,
    /// Why it cannot be chosen; `None` where it can.
    pub obstacle: Option<String>,
}

/// The field and the list. It fills a dialog, and takes the focus.
#[component]
pub fn Chooser(
    /// Its name.
    label: &'static str,
    /// What stands in the empty field.
    placeholder: &'static str,
    /// What is typed.
    text: RwSignal<String>,
    /// What fits; `None` while the workspace is loading.
    offers: Signal<Option<Vec<Offer>>>,
    /// The place of the one that Enter chooses.
    chosen: RwSignal<usize>,
    /// Hears the place of what was chosen. What has an obstacle is not.
    on_choose: Callback<usize>,
    /// Hears that it shall go away.
    on_close: Callback<()>,
) -> impl IntoView {
    let count = move || offers.with(|offers| offers.as_ref().map_or(0, Vec::len));
    let list = NodeRef::<Ul>::new();
    let field = NodeRef::<Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that cannot take the focus leaves it where it is.
            let _ = field.focus();
        }
    });
    let choose = move |place: usize| {
        let is_free = offers.with_untracked(|offers| {
            offers.as_ref().and_then(|offers| offers.get(place)).is_some_and(|offer| offer.obstacle.is_none())
        });
        if is_free {
            on_choose.run(place);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let last = count().saturating_sub(1);
        let place = chosen.get_untracked().min(last);
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            choose(place);
        } else if let Some(next) = led_to(&event.key(), place, last) {
            event.prevent_default();
            chosen.set(next);
            show(list, next);
        }
    };
    let words = Memo::new(move |_| text.with(|text| Words::new(text)));
    let option = move |(place, offer): (usize, Offer)| {
        let Offer { kind, title, context, obstacle } = offer;
        let is_closed = obstacle.is_some();
        view! {
            <li
                id=format!("offer-{place}")
                class="option"
                role="option"
                aria-selected=move || (chosen.get() == place).to_string()
                aria-disabled=is_closed.then_some("true")
                on:click=move |_| choose(place)
                on:pointermove=move |_| if chosen.get_untracked() != place { chosen.set(place) }
            >
                <span class="what">{kind}</span>
                {words.with_untracked(|words| marked(words, &title).class("title"))}
                <span class="context">{obstacle.unwrap_or(context)}</span>
            </li>
        }
    };
    view! {
        <div class="palette-field">
            {icon(Shape::SEARCH)}
            <input
                type="text"
                node_ref=field
                role="combobox"
                aria-label=label
                aria-autocomplete="list"
                aria-controls="offers"
                aria-expanded=move || (count() > 0).to_string()
                aria-activedescendant=move || (count() > 0).then(|| format!("offer-{}", chosen.get()))
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength="200"
                placeholder=placeholder
                autofocus
                on:input=move |event| {
                    chosen.set(0);
                    text.set(event_target_value(&event));
                    show(list, 0);
                }
                on:keydown=on_key
            />
            <button class="close" type="button" aria-label="Close" on:click=move |_| on_close.run(())>
                {icon(Shape::CLOSE)}
            </button>
        </div>
        <ul id="offers" class="palette-list" role="listbox" aria-label="What was found" node_ref=list hidden=move || count() == 0>
            {move || offers.get().unwrap_or_default().into_iter().enumerate().map(option).collect_view()}
        </ul>
        <p class="palette-empty" class:visually-hidden=move || { count() > 0 } role="status">
            {move || found(offers.with(|offers| offers.as_ref().map(Vec::len)))}
        </p>
    }
    .into_any()
}

/// The place that a key leads to from another, of which there are `last + 1`; `None` for a key that leads nowhere.
fn led_to(key: &str, place: usize, last: usize) -> Option<usize> {
    match key {
        "ArrowDown" if place == last => Some(0),
        "ArrowDown" => Some(place + 1),
        "ArrowUp" => Some(place.checked_sub(1).unwrap_or(last)),
        "PageDown" => Some((place + PAGE).min(last)),
        "PageUp" => Some(place.saturating_sub(PAGE)),
        _ => None,
    }
}

/// How much was found, in words; `None` while the workspace is loading.
fn found(count: Option<usize>) -> String {
    match count {
        None => "The workspace is still loading…".to_owned(),
        Some(0) => "Nothing of that name. Try fewer letters.".to_owned(),
        Some(1) => "1 result".to_owned(),
        Some(count) => format!("{count} results"),
    }
}

/// Scrolls an option into sight.
fn show(list: NodeRef<Ul>, place: usize) {
    let Some(list) = list.get_untracked() else { return };
    let option = list.children().item(place as u32).and_then(|option| option.dyn_into::<HtmlElement>().ok());
    let Some(option) = option else { return };
    let (top, bottom) = (option.offset_top(), option.offset_top() + option.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}
