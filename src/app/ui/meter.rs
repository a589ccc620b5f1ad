//! Progress to be seen at a glance. The number stands beside it in words, so both are hidden from screen readers.

use leptos::prelude::*;
use maud::{Markup, html};

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
    view! {
        <svg class="bar" aria-hidden="true">
            <rect class="bar-track"></rect>
            <rect class="bar-fill" width=part(progress)></rect>
            <rect class=mark_class(expected) x=part(expected)></rect>
        </svg>
    }
    .into_any()
}

/// The same as markup.
#[must_use]
pub fn bar(progress: Option<Ppm>, expected: Option<Ppm>) -> Markup {
    html! {
        svg.bar aria-hidden="true" {
            rect.bar-track {}
            rect.bar-fill width=(part(progress)) {}
            rect class=(mark_class(expected)) x=(part(expected)) {}
        }
    }
}

fn mark_class(expected: Option<Ppm>) -> &'static str {
    if expected.is_some() { "bar-mark" } else { "bar-mark absent" }
}

/// A ring that fills with the progress that counts.
#[must_use]
pub fn ring(progress: Option<Ppm>) -> Markup {
    let progress = progress.unwrap_or(Ppm::ZERO);
    let fill = if progress == Ppm::ZERO { "ring-fill absent" } else { "ring-fill" };
    html! {
        svg.ring viewBox="0 0 16 16" aria-hidden="true" {
            circle.ring-track {}
            path class=(fill) d="M8 2a6 6 0 0 1 0 12 6 6 0 0 1 0-12" pathLength="1000000" stroke-dasharray={ (progress.get()) " 1000000" } {}
        }
    }
}

fn part(ppm: Option<Ppm>) -> String {
    format!("{}%", ppm.unwrap_or(Ppm::ZERO).fraction() * 100.0)
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
