//! Pace and confidence, each by shape, colour and word.

use super::icon::{Shape, icon};
use super::meter::tone;
use super::plain::{Plain, visually_hidden};
use crate::domain::okr::{Confidence, ConfidenceBand};
use crate::domain::pace::Pace;
use crate::domain::row::Status;

/// How something is going.
#[must_use]
pub fn status_sign(status: Status) -> Plain {
    let shape = match status {
        Status::Pace(Pace::OnTrack) => Shape::ON_TRACK,
        Status::Pace(Pace::Behind) => Shape::BEHIND,
        Status::Pace(Pace::AtRisk) => Shape::AT_RISK,
        Status::Holds => Shape::HOLDS,
        Status::Broken => Shape::BROKEN,
        Status::NotStarted => Shape::NOT_STARTED,
        Status::Unknown | Status::Silent => Shape::UNKNOWN,
    };
    sign(tone(status), shape).child(Plain::new("span").class("word").text(status.label()))
}

/// The owner's forecast: a number from 0 to 10 and its band. `None` where nobody said.
#[must_use]
pub fn confidence_sign(confidence: Option<Confidence>) -> Plain {
    let band = confidence.map(Confidence::band);
    let number = confidence.map_or_else(|| "–".to_owned(), |confidence| confidence.get().to_string());
    let word = match band {
        Some(band) => format!(" of 10, {}", band.label()),
        None => "no confidence given".to_owned(),
    };
    sign(band.map_or("quiet", band_tone), band.map_or(Shape::SIGNAL_NONE, band_shape))
        .child(Plain::new("span").class("number").text(number))
        .child(visually_hidden(word))
}

fn sign(tone: &str, shape: Shape) -> Plain {
    Plain::new("span").class(format!("sign {tone}")).child(icon(shape))
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
