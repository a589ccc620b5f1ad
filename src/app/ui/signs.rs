//! Pace and confidence, each by shape, colour and word.

use leptos::prelude::*;
use maud::{Markup, html};

use super::icon::{Shape, icon};
use super::meter::tone;
use crate::domain::okr::{Confidence, ConfidenceBand};
use crate::domain::pace::Pace;
use crate::domain::row::Status;

/// How something is going.
#[component]
pub fn StatusSign(
    /// As the domain says.
    status: Status,
) -> impl IntoView {
    view! { <span class=status_class(status) inner_html=status_inside(status).into_string()></span> }.into_any()
}

/// The same as markup.
#[must_use]
pub fn status_sign(status: Status) -> Markup {
    html! {
        span class=(status_class(status)) { (status_inside(status)) }
    }
}

fn status_class(status: Status) -> String {
    format!("sign {}", tone(status))
}

fn status_inside(status: Status) -> Markup {
    let shape = match status {
        Status::Pace(Pace::OnTrack) => Shape::ON_TRACK,
        Status::Pace(Pace::Behind) => Shape::BEHIND,
        Status::Pace(Pace::AtRisk) => Shape::AT_RISK,
        Status::Holds => Shape::HOLDS,
        Status::Broken => Shape::BROKEN,
        Status::NotStarted => Shape::NOT_STARTED,
        Status::Unknown | Status::Silent => Shape::UNKNOWN,
    };
    html! {
        (icon(shape))
        span.word { (status.label()) }
    }
}

/// The owner's forecast: a number from 0 to 10 and its band.
#[component]
pub fn ConfidenceSign(
    /// `None` where nobody said.
    confidence: Option<Confidence>,
) -> impl IntoView {
    view! { <span class=confidence_class(confidence) inner_html=confidence_inside(confidence).into_string()></span> }
        .into_any()
}

/// The same as markup.
#[must_use]
pub fn confidence_sign(confidence: Option<Confidence>) -> Markup {
    html! {
        span class=(confidence_class(confidence)) { (confidence_inside(confidence)) }
    }
}

fn confidence_class(confidence: Option<Confidence>) -> String {
    format!("sign {}", confidence.map_or("quiet", |confidence| band_tone(confidence.band())))
}

fn confidence_inside(confidence: Option<Confidence>) -> Markup {
    html! {
        @if let Some(confidence) = confidence {
            (icon(band_shape(confidence.band())))
            span.number { (confidence.get()) }
            span.visually-hidden { " of 10, " (confidence.band().label()) }
        } @else {
            (icon(Shape::SIGNAL_NONE))
            span.number { "–" }
            span.visually-hidden { "no confidence given" }
        }
    }
}

/// The class that colours a forecast.
#[must_use]
pub fn band_tone(band: ConfidenceBand) -> &'static str {
    match band {
        ConfidenceBand::OnTrack => "good",
        ConfidenceBand::AtRisk => "warn",
        ConfidenceBand::OffTrack => "bad",
    }
}

/// The shape of a forecast.
#[must_use]
pub fn band_shape(band: ConfidenceBand) -> Shape {
    match band {
        ConfidenceBand::OnTrack => Shape::SIGNAL_HIGH,
        ConfidenceBand::AtRisk => Shape::SIGNAL_MIDDLE,
        ConfidenceBand::OffTrack => Shape::SIGNAL_LOW,
    }
}
