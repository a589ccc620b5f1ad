//! Progress to be seen at a glance. The number stands beside it in words, so both are hidden from screen readers.

use leptos::prelude::*;

use crate::domain::pace::Pace;
use crate::domain::progress::Ppm;
use crate::domain::row::Status;

/// A bar with a mark where the days gone by would have it.
#[component]
pub fn Bar(
    /// The progress that counts.
    progress: Option<Ppm>,
    /// Where the mark stands.
    expected: Option<Ppm>,
) -> impl IntoView {
    let mark = if expected.is_some() { "bar-mark" } else { "bar-mark absent" };
    view! {
        <svg class="bar" aria-hidden="true">
            <rect class="bar-track"></rect>
            <rect class="bar-fill" width=part(progress.unwrap_or(Ppm::ZERO))></rect>
            <rect class=mark x=part(expected.unwrap_or(Ppm::ZERO))></rect>
        </svg>
    }
    .into_any()
}

/// A ring that fills with progress.
#[component]
pub fn Ring(
    /// The progress that counts.
    progress: Option<Ppm>,
) -> impl IntoView {
    let progress = progress.unwrap_or(Ppm::ZERO);
    let fill = if progress == Ppm::ZERO { "ring-fill absent" } else { "ring-fill" };
    view! {
        <svg class="ring" viewBox="0 0 16 16" aria-hidden="true">
            <circle class="ring-track"></circle>
            <path
                class=fill
                d="M8 2a6 6 0 0 1 0 12 6 6 0 0 1 0-12"
                pathLength="1000000"
                stroke-dasharray=format!("{} 1000000", progress.get())
            ></path>
        </svg>
    }
    .into_any()
}

fn part(ppm: Ppm) -> String {
    format!("{}%", ppm.fraction() * 100.0)
}

/// The class that colours what a status is about.
#[must_use]
pub fn tone(status: Status) -> &'static str {
    match status {
        Status::Pace(Pace::OnTrack) | Status::Holds => "good",
        Status::Pace(Pace::Behind) => "warn",
        Status::Pace(Pace::AtRisk) | Status::Broken => "bad",
        Status::NotStarted | Status::Unknown | Status::Silent => "quiet",
    }
}
