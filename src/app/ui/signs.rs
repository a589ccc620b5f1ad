//! Pace and confidence, each by shape, colour and word.

use leptos::prelude::*;

use super::icon::{Icon, Shape};
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
    let shape = match status {
        Status::Pace(Pace::OnTrack) => Shape::ON_TRACK,
        Status::Pace(Pace::Behind) => Shape::BEHIND,
        Status::Pace(Pace::AtRisk) => Shape::AT_RISK,
        Status::Holds => Shape::HOLDS,
        Status::Broken => Shape::BROKEN,
        Status::NotStarted => Shape::NOT_STARTED,
        Status::Unknown | Status::Silent => Shape::UNKNOWN,
    };
    view! {
        <span class=format!("sign {}", tone(status))>
            <Icon shape />
            <span class="word">{status.label()}</span>
        </span>
    }
    .into_any()
}

/// The owner's forecast: a number from 0 to 10 and its band.
#[component]
pub fn ConfidenceSign(
    /// `None` where nobody said.
    confidence: Option<Confidence>,
) -> impl IntoView {
    let band = confidence.map(Confidence::band);
    let class = format!("sign {}", band.map_or("quiet", band_tone));
    let number = confidence.map_or_else(|| "–".to_owned(), |confidence| confidence.get().to_string());
    let word = match band {
        Some(band) => format!(" of 10, {}", band.label()),
        None => "no confidence given".to_owned(),
    };
    view! {
        <span class=class>
            <Icon shape=band.map_or(Shape::SIGNAL_NONE, band_shape) />
            <span class="number">{number}</span>
            <span class="visually-hidden">{word}</span>
        </span>
    }
    .into_any()
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
