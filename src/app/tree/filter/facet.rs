//! One kind of thing to look for, as a menu of choices.

use leptos::prelude::*;

use super::Finding;
use crate::app::ui::icon::{Shape, icon};
use crate::domain::filter::{Choice, Part};

/// A menu of choices of one kind, of which several may be made.
#[component]
pub(super) fn Facet(
    finding: Finding,
    /// Its name.
    label: &'static str,
    /// What is offered; what is chosen and not offered is offered as well.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What stands below the choices.
    #[prop(optional)]
    hint: &'static str,
) -> impl IntoView {
    let count = move || {
        choices.with(|choices| {
            choices.iter().filter(|choice| finding.filter.with(|filter| filter.has(choice.part))).count()
        })
    };
    view! {
        <details class="menu facet" name="facet">
            <summary class="chip" class:on=move || { count() > 0 }>
                {label}
                {move || (count() > 0).then(|| view! { <span class="number">{count()}</span> })}
                {icon(Shape::DOWN)}
            </summary>
            <fieldset class="menu-panel">
                <legend class="visually-hidden">{label}</legend>
                <For each=move || choices.get() key=Choice::key let:choice>
                    <Tick finding part=choice.part label=choice.label />
                </For>
                {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            </fieldset>
        </details>
    }
    .into_any()
}

/// A choice that is made or not.
#[component]
pub(super) fn Tick(finding: Finding, part: Part, label: String) -> impl IntoView {
    let (name, value) = part.name_and_value();
    let value = if value.is_empty() { "yes".to_owned() } else { value };
    let has = Memo::new(move |_| finding.filter.with(|filter| filter.has(part)));
    view! {
        <label class="tick">
            <input
                type="checkbox"
                name=name
                value=value
                checked=has.get_untracked()
                prop:checked=has
                on:change=move |event| {
                    let filter = finding.filter.get_untracked();
                    finding.set(if event_target_checked(&event) { filter.with(part) } else { filter.without(part) });
                }
            />
            <span>{label}</span>
        </label>
    }
}
