//! Which rows exist: about two screens of them, wherever one has scrolled to.

use std::ops::Range;

/// The window moves in steps of this many rows: few, so that no frame has many to make, and not by every pixel.
pub(super) const STEP: usize = 2;

/// How many rows exist at least, to be measured.
pub(super) const FEWEST: usize = 8;

/// How many rows exist above and below those on screen, as a part of a screen.
const AROUND: f64 = 0.3;

/// What the browser measured, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measured {
    /// How far the first row of all is above the top of the screen.
    pub above: f64,
    /// How far the first row of all is above the lower edge of what stands over the rows.
    pub covered: f64,
    /// The height of the screen.
    pub screen: f64,
    /// The height of a row.
    pub row: f64,
}

/// The rows that shall exist, of so many.
pub(super) fn window(measured: Measured, rows: usize) -> Range<usize> {
    rows_of(measured, rows, AROUND)
}

/// Those of them that are no further down than the screen.
pub(super) fn window_to_screen_end(measured: Measured, rows: usize) -> Range<usize> {
    rows_of(measured, rows, 0.0)
}

/// The rows on screen and some above them, and below them as much as `below` says, as a part of a screen.
fn rows_of(measured: Measured, rows: usize, below: f64) -> Range<usize> {
    let Measured { above, screen, row, .. } = measured;
    if !(row > 0.0 && screen > 0.0) {
        return 0..rows.min(FEWEST);
    }
    let first = ((above - screen * AROUND) / row).max(0.0) as usize / STEP * STEP;
    let last = (((above + screen * (1.0 + below)) / row).max(0.0) as usize + 1).div_ceil(STEP) * STEP;
    let last = last.min(rows);
    // Near the end the first may lie beyond what is left, after branches were closed.
    first.min(last.saturating_sub(FEWEST))..last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(above: f64) -> Measured {
        Measured { above, covered: above, screen: 800.0, row: 40.0 }
    }

    #[test]
    fn covers_the_screen_and_some_of_one_around() {
        assert_eq!(window(at(-100.0), 10_000), 0..24);
        assert_eq!(window(at(0.0), 10_000), 0..28);
        assert_eq!(window(at(4_000.0), 10_000), 94..128);
        assert_eq!(window(at(399_200.0), 10_000), 9_974..10_000);
        assert_eq!(window(at(0.0), 3), 0..3);
        assert_eq!(window(at(0.0), 0), 0..0);
    }

    #[test]
    fn ends_with_the_screen_at_first() {
        assert_eq!(window_to_screen_end(at(-100.0), 10_000), 0..18);
        assert_eq!(window_to_screen_end(at(4_000.0), 10_000), 94..122);
        assert_eq!(window_to_screen_end(at(399_200.0), 10_000), 9_974..10_000);
        assert_eq!(window_to_screen_end(at(0.0), 3), 0..3);
    }

    #[test]
    fn moves_in_steps() {
        let moved: Vec<_> = (0..40).map(|pixels| window(at(4_000.0 + f64::from(pixels)), 10_000)).collect();
        assert!(moved.windows(2).filter(|pair| pair[0] != pair[1]).count() <= 2);
    }

    #[test]
    fn survives_nonsense() {
        assert_eq!(window(Measured { above: 0.0, covered: 0.0, screen: 800.0, row: 0.0 }, 100), 0..8);
        assert_eq!(window(Measured { above: f64::NAN, covered: f64::NAN, screen: f64::NAN, row: 40.0 }, 100), 0..8);
        assert_eq!(window(at(1e12), 10), 2..10);
    }
}
