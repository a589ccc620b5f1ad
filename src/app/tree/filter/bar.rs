//! The bar above the rows: a search field, menus of what can be looked for, and what is.

use leptos::ev::{KeyboardEvent, MouseEvent, SubmitEvent};
use leptos::html::{Button, Input};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use super::Finding;
use super::facet::{Facet, Tick};
use crate::app::overlay::Overlays;
use crate::app::ui::focus::{found, keep_focus};
use crate::app::ui::icon::{Shape, icon};
use crate::domain::filter::{Choice, Filter, FilterChoices, FilterView, Part};
use crate::domain::palette::Action;

/// The bar. Without script it is a form that leads to the tree with the filter.
#[component]
pub(in crate::app::tree) fn FilterBar(
    finding: Finding,
    /// What is looked for, and how much was found.
    found: Memo<FilterView>,
    /// What can be looked for.
    choices: Memo<FilterChoices>,
    /// How many objectives and key results there are in all.
    #[prop(into)]
    all: Signal<u32>,
    /// What stands at the end of the bar.
    children: Children,
) -> impl IntoView {
    let sheet = RwSignal::new(false);
    let opener = NodeRef::<Button>::new();
    let close_sheet = move || {
        sheet.set(false);
        if let Some(opener) = opener.get_untracked() {
            let _ = opener.focus();
        }
    };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        finding.set(finding.filter.get_untracked());
    };
    let parts = move || finding.filter.with(|filter| filter.parts().len());
    view! {
        <div class="filter-row">
            <form
                class="filter"
                role="search"
                aria-label="Find in the tree"
                method="get"
                action="/tree"
                on:submit=on_submit
                on:keydown=move |event| {
                    // The search field has its own use for it while there is something in it.
                    if event.key() == "Escape" && !event.default_prevented() && sheet.get_untracked() {
                        close_sheet();
                    }
                }
            >
                {finding
                    .others()
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .collect_view()}
                <SearchField finding />
                <button
                    class="chip filter-opener"
                    type="button"
                    node_ref=opener
                    aria-expanded=move || sheet.get().to_string()
                    aria-controls="facets"
                    on:click=move |_| sheet.update(|is_open| *is_open = !*is_open)
                >
                    {icon(Shape::FILTER)}
                    "Filter"
                    {move || (parts() > 0).then(|| view! { <span class="number">{parts()}</span> })}
                </button>
                <div class="sheet-ground" class:open=sheet on:click=move |_| close_sheet()></div>
                <div
                    id="facets"
                    class="facets"
                    class:open=sheet
                    role="group"
                    aria-label="Filter"
                >
                    <Facets finding found choices />
                    <button class="primary sheet-done" type="button" on:click=move |_| close_sheet()>
                        {move || match found.with(|found| found.matches) {
                            1 => "Show 1 match".to_owned(),
                            matches => format!("Show {matches} matches"),
                        }}
                    </button>
                </div>
                <button class="button scriptless">"Find"</button>
            </form>
            {children()}
        </div>
        <Chosen finding found all />
    }
    .into_any()
}

/// The field for words that titles hold.
#[component]
fn SearchField(finding: Finding) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let search = Callback::new(move |()| {
        if let Some(field) = field.get_untracked() {
            // A field that cannot take the focus leaves it where it is.
            let _ = field.focus();
            field.select();
        }
    });
    expect_context::<Overlays>().offer(vec![(Action::Search, search)]);
    let text = finding.filter.with_untracked(|filter| filter.text().to_owned());
    // What was typed before the script was there is kept; afterwards the field follows the filter.
    Effect::new(move |followed: Option<bool>| {
        let text = finding.filter.with(|filter| filter.text().to_owned());
        let Some(field) = field.get() else { return false };
        let typed = field.value();
        if typed != text {
            if followed == Some(true) {
                field.set_value(&text);
            } else {
                finding.type_text(&typed);
            }
        }
        true
    });
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !finding.filter.with_untracked(|filter| filter.text().is_empty()) {
            event.prevent_default();
            finding.set(finding.filter.get_untracked().with_text(""));
        }
    };
    view! {
        <label class="search">
            {icon(Shape::SEARCH)}
            <span class="visually-hidden">"Search titles"</span>
            <input
                type="search"
                name="q"
                node_ref=field
                maxlength="200"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder="Search"
                aria-keyshortcuts="/"
                value=text
                on:input=move |event| finding.type_text(&event_target_value(&event))
                on:keydown=on_key
            />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
}

/// A menu of each kind of thing that can be looked for.
#[component]
fn Facets(finding: Finding, found: Memo<FilterView>, choices: Memo<FilterChoices>) -> impl IntoView {
    let with_chosen = move |offered: fn(&FilterChoices) -> &Vec<Choice>, is_kind: fn(&Part) -> bool| {
        Signal::derive(move || {
            let mut choices = choices.with(|choices| offered(choices).clone());
            let chosen = found
                .with(|found| found.parts.iter().filter(|choice| is_kind(&choice.part)).cloned().collect::<Vec<_>>());
            for choice in chosen {
                if !choices.iter().any(|offered| offered.part == choice.part) {
                    choices.push(choice);
                }
            }
            choices
        })
    };
    let teams = with_chosen(|choices| &choices.teams, |part| matches!(part, Part::Team(_)));
    let owners = with_chosen(|choices| &choices.owners, |part| matches!(part, Part::Owner(_)));
    let hint = if choices.with_untracked(|choices| choices.has_more) { "Others: by name with Ctrl K" } else { "" };
    view! {
        <p class="sheet-head" aria-hidden="true">
            "Filter"
        </p>
        <Facet finding label="Team" choices=teams hint />
        <Facet finding label="Owner" choices=owners hint />
        <Facet finding label="Pace" choices=Signal::stored(FilterChoices::paces()) />
        <Facet finding label="Confidence" choices=Signal::stored(FilterChoices::bands()) />
        <Facet finding label="Stance" choices=Signal::stored(FilterChoices::stances()) />
        <div class="ticks">
            <Tick finding part=Part::Mine label="Mine".to_owned() />
            <Tick finding part=Part::Stale label="Check-in due".to_owned() />
            <Tick finding part=Part::Unaligned label="Unaligned".to_owned() />
        </div>
    }
    .into_any()
}

/// What is looked for, each part to be taken away, and how much was found.
#[component]
fn Chosen(finding: Finding, found: Memo<FilterView>, all: Signal<u32>) -> impl IntoView {
    let is_on = Memo::new(move |_| found.with(|found| found.filter.is_on() || !found.unknown.is_empty()));
    let count =
        move || found.with(|found| found.filter.is_on().then(|| format!("{} of {} match", found.matches, all.get())));
    let text = Memo::new(move |_| found.with(|found| found.filter.text().trim().to_owned()));
    // A tree of one team is what its meeting begins from.
    let meeting = Memo::new(move |_| {
        let teams = found.with(|found| {
            let team = |choice: &Choice| if let Part::Team(team) = choice.part { Some(team) } else { None };
            found.parts.iter().filter_map(team).collect::<Vec<_>>()
        });
        if let [team] = teams.as_slice() { Some(*team) } else { None }
    });
    let unknown = move || {
        found.with(|found| match found.unknown.as_slice() {
            [] => None,
            [one] => Some(format!("“{one}” is not here (any more), so it is not looked for.")),
            several => Some(format!("“{}” are not here (any more), so they are not looked for.", several.join("”, “"))),
        })
    };
    view! {
        <div class="chosen" class:off=move || !is_on.get()>
            <span class="count" role="status">{count}</span>
            <For each=move || found.with(|found| found.parts.clone()) key=Choice::key let:choice>
                <Removable finding part=Some(choice.part) words=choice.in_words() />
            </For>
            {move || {
                let text = text.get();
                (!text.is_empty()).then(|| view! { <Removable finding part=None words=format!("“{text}”") /> })
            }}
            {move || meeting.get().map(|team| view! { <a href=format!("/check-in/team/{team}")>"Meeting"</a> })}
            <a
                class="clear"
                href=move || finding.address_of(&Filter::default())
                data-noscroll=""
                on:click=move |event| {
                    finding.follow(&event, Filter::default());
                    keep_focus_of(&event, 0);
                }
            >
                "Clear"
            </a>
            {move || unknown().map(|words| view! { <span class="unknown">{words}</span> })}
        </div>
    }
}

/// A part of what is looked for, or the text, to be taken away.
#[component]
fn Removable(finding: Finding, part: Option<Part>, words: String) -> impl IntoView {
    let without = move || {
        let filter = finding.filter.get();
        match part {
            Some(part) => filter.without(part),
            None => filter.with_text(""),
        }
    };
    let label = format!("Stop looking for {words}");
    view! {
        <a
            class="chip on removable"
            href=move || finding.address_of(&without())
            aria-label=label
            data-noscroll=""
            on:click=move |event| {
                let place = chips().position(|chip| chip.contains(Some(&event_target(&event))));
                finding.follow(&event, untrack(without));
                keep_focus_of(&event, place.unwrap_or_default());
            }
        >
            <span>{words}</span>
            {icon(Shape::CLOSE)}
        </a>
    }
}

/// Leads whoever took something away by a key to the part that stands in its place by then, to the last one, or to the
/// search field. On a screen that is touched, that would bring up a keyboard.
pub(super) fn keep_focus_of(click: &MouseEvent, place: usize) {
    if click.detail() == 0 {
        keep_focus(move || chips().take(place + 1).last().or_else(|| found("form.filter input[type=search]")));
    }
}

/// The parts of what is looked for, as they can be taken away.
fn chips() -> impl Iterator<Item = HtmlElement> {
    let chips = document().get_elements_by_class_name("removable");
    (0..chips.length()).filter_map(move |place| chips.item(place)?.dyn_into().ok())
}
