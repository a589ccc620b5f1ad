//! Progress to be seen at a glance. The number stands beside it in words, so both are hidden from screen readers.

use super::plain::Plain;
use crate::domain::pace::Pace;
use crate::domain::progress::Ppm;
use crate::domain::row::Status;

/// A bar that goes as far as the progress that counts, with a mark where the days gone by would have it.
#[must_use]
pub fn bar(progress: Option<Ppm>, expected: Option<Ppm>) -> Plain {
    let mark = if expected.is_some() { "bar-mark" } else { "bar-mark absent" };
    Plain::new("svg")
        .class("bar")
        .attribute("aria-hidden", "true")
        .child(Plain::new("rect").class("bar-track"))
        .child(Plain::new("rect").class("bar-fill").attribute("width", part(progress.unwrap_or(Ppm::ZERO))))
        .child(Plain::new("rect").class(mark).attribute("x", part(expected.unwrap_or(Ppm::ZERO))))
}

/// A ring that fills with the progress that counts.
#[must_use]
pub fn ring(progress: Option<Ppm>) -> Plain {
    let progress = progress.unwrap_or(Ppm::ZERO);
    let fill = if progress == Ppm::ZERO { "ring-fill absent" } else { "ring-fill" };
    let fill = Plain::new("path")
        .class(fill)
        .attribute("d", "M8 2a6 6 0 0 1 0 12 6 6 0 0 1 0-12")
        .attribute("pathLength", "1000000")
        .attribute("stroke-dasharray", format!("{} 1000000", progress.get()));
    Plain::new("svg")
        .class("ring")
        .attribute("viewBox", "0 0 16 16")
        .attribute("aria-hidden", "true")
        .child(Plain::new("circle").class("ring-track"))
        .child(fill)
}

fn part(ppm: Ppm) -> String {
    format!("{}%", f64::from(ppm.get()) / 10_000.0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_to_the_last_digit_and_no_further() {
        let ppm = |ppm: u32| Ppm::try_from(ppm).unwrap();
        assert_eq!(part(ppm(451_024)), "45.1024%");
        assert_eq!(part(ppm(290_000)), "29%");
        assert_eq!(part(Ppm::ONE), "100%");
    }
}
