//! Confidence by three big buttons, each of which opens its part of the scale.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;

use crate::app::form::FormState;
use crate::app::form::field::FieldProblem;
use crate::app::ui::icon::icon;
use crate::app::ui::signs::{band_shape, band_tone};
use crate::domain::okr::{Confidence, ConfidenceBand};

/// None is chosen before somebody does. A big button alone gives the number that stands on it.
#[component]
pub(super) fn ConfidenceBands() -> impl IntoView {
    let state = expect_context::<FormState>();
    let bands = ConfidenceBand::ALL
        .map(|band| {
            let checked = state.is_chosen("band", band.name(), false);
            let middle = band.middle().get();
            view! {
                <label class=format!("band {}", band_tone(band))>
                    <input type="radio" name="band" value=band.name() checked=checked />
                    {icon(band_shape(band))}
                    <span class="word">{band.label()}</span>
                    <span class="number">
                        <span class="visually-hidden">"counts as "</span>
                        {middle}
                    </span>
                </label>
            }
        })
        .into_iter()
        .collect_view();
    let scales = ConfidenceBand::ALL
        .map(|band| {
            let numbers = (0..=10).filter(|number| Confidence::new(*number).is_some_and(|it| it.band() == band));
            let grades = numbers
                .map(|number: u8| {
                    let checked = state.is_chosen("confidence", &number.to_string(), false);
                    view! {
                        <label class=format!("grade {}", band_tone(band))>
                            <input type="radio" name="confidence" value=number.to_string() checked=checked />
                            <span>{number}</span>
                        </label>
                    }
                })
                .collect_view();
            view! { <div class=format!("scale {}", band.name())>{grades}</div> }
        })
        .into_iter()
        .collect_view();
    let choices = NodeRef::<html::Fieldset>::new();
    view! {
        <fieldset class="field bands" node_ref=choices>
            <legend class="label">"Confidence: will it be reached?"</legend>
            <div class="band-choices">{bands}</div>
            {scales}
            <p class="hint of-scale">"More exactly, from 0 to 10, if you like."</p>
            <button class="plain scripted no-forecast" type="button" on:click=move |_| forget(choices)>
                "No forecast after all"
            </button>
            <FieldProblem name="confidence" />
        </fieldset>
    }
    .into_any()
}

/// Takes the choice back, which a radio button does not do by itself.
fn forget(choices: NodeRef<html::Fieldset>) {
    let Some(choices) = choices.get_untracked() else { return };
    while let Some(radio) = choices.query_selector(":checked").ok().flatten() {
        let Ok(radio) = radio.dyn_into::<HtmlInputElement>() else { return };
        radio.set_checked(false);
        // The button that was pressed goes with the choice.
        let _ = radio.focus();
    }
}
