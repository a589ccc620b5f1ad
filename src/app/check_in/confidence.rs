//! Confidence by three big buttons, each of which opens its part of the scale.

use leptos::prelude::*;

use crate::app::form::FormState;
use crate::app::form::field::FieldProblem;
use crate::app::ui::icon::Icon;
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
                    <Icon shape=band_shape(band) />
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
    view! {
        <fieldset class="field bands">
            <legend class="label">"Confidence: will it be reached?"</legend>
            <div class="band-choices">{bands}</div>
            {scales}
            <p class="hint of-scale">"More exactly, from 0 to 10, if you like."</p>
            <FieldProblem name="confidence" />
        </fieldset>
    }
    .into_any()
}
