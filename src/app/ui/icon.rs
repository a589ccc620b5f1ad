//! Icons, drawn where they stand: a browser asks anew for a sprite in a file with each icon of each row.

use super::plain::Plain;

/// What an icon looks like: its paths on a square of 16, each with the class that says how it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape(&'static [(&'static str, &'static str)]);

impl Shape {
    /// Something that can be opened.
    pub const CHEVRON: Self = Self(&[("line", "m6 4 4 4-4 4")]);
    /// Something opens downwards.
    pub const DOWN: Self = Self(&[("line", "m4.5 6.5 3.5 3.5 3.5-3.5")]);
    /// What is above.
    pub const UP: Self = Self(&[("line", "M8 13V3.5M4 7.2 8 3.2l4 4")]);
    /// Something new.
    pub const ADD: Self = Self(&[("line", "M8 3v10M3 8h10")]);
    /// Something can be changed.
    pub const EDIT: Self = Self(&[("line", "M3 13l.7-3L10.5 3.2a1.4 1.4 0 0 1 2 0l.3.3a1.4 1.4 0 0 1 0 2L6 12.3z")]);
    /// Away with it.
    pub const CLOSE: Self = Self(&[("line", "m4 4 8 8M12 4l-8 8")]);
    /// Looking for something.
    pub const SEARCH: Self = Self(&[("line", "M2.5 7a4.5 4.5 0 1 0 9 0 4.5 4.5 0 1 0-9 0M10.5 10.5l3.5 3.5")]);
    /// Looking for some things only.
    pub const FILTER: Self = Self(&[("line", "M2.5 4h11M4.5 8h7M6.5 12h3")]);
    /// A link of support.
    pub const SUPPORT: Self = Self(&[("line", "M2.5 11.5c4 0 3-7 8-7h2.5M10.5 2l2.8 2.5-2.8 2.5")]);
    /// A view that is kept.
    pub const VIEW: Self = Self(&[("line", "M4 2.5h8v11L8 10.5l-4 3z")]);
    /// Pace: on track.
    pub const ON_TRACK: Self = Self(&[("solid", "M2 8a6 6 0 1 0 12 0 6 6 0 1 0-12 0")]);
    /// Pace: behind.
    pub const BEHIND: Self = Self(&[("solid", "M8 1.5 15.5 14.5H.5z")]);
    /// Pace: at risk.
    pub const AT_RISK: Self = Self(&[(
        "solid",
        "M3.5 2h9A1.5 1.5 0 0 1 14 3.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 12.5v-9A1.5 1.5 0 0 1 3.5 2",
    )]);
    /// A value that holds.
    pub const HOLDS: Self = Self(&[("line bold", "m3 8.5 3.5 3.5L13 4.5")]);
    /// A value that does not hold.
    pub const BROKEN: Self = Self(&[("line bold", "m4 4 8 8M12 4l-8 8")]);
    /// Not checked in yet.
    pub const NOT_STARTED: Self = Self(&[("line dashed", "M2.8 8a5.2 5.2 0 1 0 10.4 0 5.2 5.2 0 1 0-10.4 0")]);
    /// Cannot be told.
    pub const UNKNOWN: Self = Self(&[("line", "M4 8h8")]);
    /// Confidence: on track.
    pub const SIGNAL_HIGH: Self = Self(&[("line bold", "M3.5 13v-3M8 13V7M12.5 13V3")]);
    /// Confidence: at risk.
    pub const SIGNAL_MIDDLE: Self = Self(&[("line bold", "M3.5 13v-3M8 13V7"), ("line bold faint", "M12.5 13V3")]);
    /// Confidence: off track.
    pub const SIGNAL_LOW: Self = Self(&[("line bold", "M3.5 13v-3"), ("line bold faint", "M8 13V7M12.5 13V3")]);
    /// No confidence given.
    pub const SIGNAL_NONE: Self = Self(&[("line bold faint", "M3.5 13v-3M8 13V7M12.5 13V3")]);
}

/// An icon; whoever listens instead of looking does not meet it.
#[must_use]
pub fn icon(shape: Shape) -> Plain {
    let paths = shape.0.iter().map(|(class, path)| Plain::new("path").class(*class).attribute("d", *path));
    Plain::new("svg").class("icon").attribute("viewBox", "0 0 16 16").attribute("aria-hidden", "true").children(paths)
}
