//! The lines of a tree as far as they are known: some that show, and what is to be asked for next.

use super::expansion::Expansion;
use super::line::Line;

/// Lines that show one after the other, as they were told for what was open then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialOutline {
    lines: Vec<Line>,
    from: usize,
    showing: usize,
    told: Expansion,
}

impl PartialOutline {
    /// Lines with so many before them and so many in all, as they show while that is open.
    #[must_use]
    pub fn new(lines: Vec<Line>, from: usize, showing: usize, told: Expansion) -> Self {
        Self { lines, from, showing, told }
    }

    /// How many lines show before the first known one.
    #[must_use]
    pub fn from(&self) -> usize {
        self.from
    }

    /// How many lines show in all.
    #[must_use]
    pub fn showing(&self) -> usize {
        self.showing
    }

    /// All known lines, whether they show or not.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The known lines that show: what hangs under a closed one does not.
    #[must_use]
    pub fn visible(&self, expansion: &Expansion) -> Vec<Line> {
        let mut closed = u16::MAX;
        let shows = |line: &&Line| {
            let shows = line.depth <= closed;
            if shows {
                closed = if expansion.is_open(line) { u16::MAX } else { line.depth };
            }
            shows
        };
        self.lines.iter().filter(shows).copied().collect()
    }

    /// After how many of the known lines that show others are missing: those under the first that has been opened since, or
    /// those below the last, where the screen reaches down to it. `None` while nothing is missing.
    #[must_use]
    pub fn missing_after(&self, expansion: &Expansion, screen_end: usize) -> Option<usize> {
        let visible = self.visible(expansion);
        let is_opened = |line: &Line| line.below > 0 && expansion.is_open(line) && !self.told.is_open(line);
        let is_more = self.from + self.lines.len() < self.showing && screen_end >= visible.len();
        visible.iter().position(is_opened).map(|place| place + 1).or_else(|| is_more.then_some(visible.len()))
    }

    /// The first `known` of these lines that show, and after them what was told since.
    #[must_use]
    pub fn extended(&self, known: usize, lines: impl Iterator<Item = Line>, showing: usize, told: Expansion) -> Self {
        let lines = self.visible(&told).into_iter().take(known).chain(lines).collect();
        Self { lines, from: self.from, showing, told }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::outline::{Outline, Scope};
    use super::super::sample::{Sample, sample};
    use super::*;

    const PAGE: usize = 3;

    /// What a server would tell.
    fn page(outline: &Outline, expansion: &Expansion, from: usize) -> (Vec<Line>, usize) {
        let visible = outline.visible(expansion);
        (visible.iter().skip(from).take(PAGE).copied().collect(), visible.len())
    }

    proptest! {
        /// Whatever is opened, closed and scrolled to, asking for what is missing leads to the lines that show.
        #[test]
        fn asking_leads_to_what_shows(levels in 0_u16..4, turns in prop::collection::vec(0_usize..8, 0..12)) {
            let Sample { workspace, .. } = sample();
            let outline = Outline::new(&workspace, &Scope::default());
            let mut expansion = Expansion::of_levels(levels);
            let (lines, showing) = page(&outline, &expansion, 0);
            let mut partial = PartialOutline::new(lines, 0, showing, expansion.clone());
            for turn in turns {
                expansion.turn(outline.lines()[turn].id);
                let mut asked = 0;
                while let Some(known) = partial.missing_after(&expansion, usize::MAX) {
                    let (lines, showing) = page(&outline, &expansion, known);
                    partial = partial.extended(known, lines.into_iter(), showing, expansion.clone());
                    asked += 1;
                    prop_assert!(asked < 10, "it comes to an end");
                }
                prop_assert_eq!(partial.visible(&expansion), outline.visible(&expansion));
            }
        }
    }

    #[test]
    fn nothing_is_asked_for_before_the_screen_reaches_it() {
        let Sample { workspace, .. } = sample();
        let outline = Outline::new(&workspace, &Scope::default());
        let all = Expansion::all();
        let (lines, showing) = page(&outline, &all, 0);
        let partial = PartialOutline::new(lines, 0, showing, all.clone());
        assert_eq!(partial.missing_after(&all, 2), None);
        assert_eq!(partial.missing_after(&all, 3), Some(3));
        let closed = Expansion::of_levels(0);
        assert_eq!(partial.visible(&closed).len(), 1);
        assert_eq!(partial.missing_after(&closed, 2), Some(1), "one line is left, and the screen shows more");
    }
}
