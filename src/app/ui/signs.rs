//! Pace and confidence, each by shape, colour and word.

use leptos::prelude::*;

use super::icon::Icon;
use super::meter::tone;
use crate::domain::okr::{Confidence, ConfidenceBand};
use crate::domain::pace::Pace;
use crate::domain::row::Status;

/// How something is going.
#[component]
pub fn StatusSign(
    /// As the domain says.
    #[prop(into)]
    status: Signal<Status>,
) -> impl IntoView {
    let shape = move || match status.get() {
        Status::Pace(Pace::OnTrack) => "on-track",
        Status::Pace(Pace::Behind) => "behind",
        Status::Pace(Pace::AtRisk) => "at-risk",
        Status::Holds => "holds",
        Status::Broken => "broken",
        Status::NotStarted => "not-started",
        Status::Unknown | Status::Silent => "unknown",
    };
    view! {
        <span class=move || format!("sign {}", tone(status.get()))>
            <Icon name=Signal::derive(shape) />
            <span class="word">{move || status.get().label()}</span>
        </span>
    }
}

/// The owner's forecast: a number from 0 to 10 and its band.
#[component]
pub fn ConfidenceSign(
    /// `None` where nobody said.
    #[prop(into)]
    confidence: Signal<Option<Confidence>>,
) -> impl IntoView {
    let band = move || confidence.get().map(Confidence::band);
    let class = move || format!("sign {}", band().map_or("quiet", band_tone));
    let shape = move || band().map_or("signal-none", band_shape);
    let number = move || confidence.get().map_or_else(|| "–".to_owned(), |confidence| confidence.get().to_string());
    let word = move || match band() {
        Some(band) => format!(" of 10, {}", band.label()),
        None => "no confidence given".to_owned(),
    };
    view! {
        <span class=class>
            <Icon name=Signal::derive(shape) />
            <span class="number">{number}</span>
            <span class="visually-hidden">{word}</span>
        </span>
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
pub fn band_shape(band: ConfidenceBand) -> &'static str {
    match band {
        ConfidenceBand::OnTrack => "signal-high",
        ConfidenceBand::AtRisk => "signal-middle",
        ConfidenceBand::OffTrack => "signal-low",
    }
}
