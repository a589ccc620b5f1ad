//! Going to a line by the first letters of its title.

use super::ids::NodeId;
use super::line::{Line, LineId};

/// Letters belong together as long as no more than this passes between them.
const PAUSE_MILLISECONDS: f64 = 700.0;

/// The letters that were typed of a title.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TypeAhead {
    text: String,
    at: f64,
}

impl TypeAhead {
    /// Whether a letter at that time, in milliseconds, would continue what was typed.
    #[must_use]
    pub fn continues(&self, at: f64) -> bool {
        !self.text.is_empty() && at - self.at <= PAUSE_MILLISECONDS
    }

    /// Takes in a letter. Returns what the wanted title begins with, and whether to look beyond the line where one is.
    /// The same letter again goes on to the next title that begins with it.
    pub fn press(&mut self, letter: &str, at: f64) -> (String, bool) {
        if !self.continues(at) {
            self.text.clear();
        }
        self.at = at;
        self.text.push_str(letter);
        let is_repeated = self.text.strip_prefix(letter).is_some_and(|rest| rest.replace(letter, "").is_empty());
        if is_repeated { (letter.to_owned(), true) } else { (self.text.clone(), false) }
    }
}

/// The place of the next of these lines, from one on and around, whose title begins so, whatever the case.
#[must_use]
pub fn next_titled(
    lines: &[Line],
    from: usize,
    beginning: &str,
    title: impl Fn(NodeId) -> Option<String>,
) -> Option<usize> {
    let is_match = |line: &Line| match line.id {
        LineId::Unaligned => begins("Unaligned", beginning),
        LineId::Node(node) => title(node).is_some_and(|title| begins(&title, beginning)),
    };
    (from..lines.len()).chain(0..from.min(lines.len())).find(|place| is_match(&lines[*place]))
}

fn begins(title: &str, beginning: &str) -> bool {
    let mut letters = title.chars().flat_map(char::to_lowercase);
    beginning.chars().flat_map(char::to_lowercase).all(|wanted| letters.next() == Some(wanted))
}

#[cfg(test)]
mod tests {
    use super::super::outline::{Outline, Scope};
    use super::super::sample::{Sample, sample};
    use super::*;

    #[test]
    fn letters_typed_in_haste_belong_together() {
        let mut typed = TypeAhead::default();
        assert_eq!(typed.press("r", 0.0), ("r".to_owned(), true));
        assert!(typed.continues(700.0));
        assert_eq!(typed.press("e", 600.0), ("re".to_owned(), false));
        assert_eq!(typed.press("r", 1_200.0), ("rer".to_owned(), false));
        assert!(!typed.continues(1_901.0));
        assert_eq!(typed.press("s", 2_000.0), ("s".to_owned(), true));
        assert_eq!(typed.press("s", 2_100.0), ("s".to_owned(), true));
    }

    #[test]
    fn titles_are_found_around_the_end() {
        let Sample { workspace, .. } = sample();
        let outline = Outline::new(&workspace, &Scope::default());
        let title = |node| workspace.node_title(node).map(str::to_owned);
        let find = |from, beginning| next_titled(outline.lines(), from, beginning, title);
        // Company, Revenue, Sell, Calls, Churn, Old, Unaligned, Loner
        assert_eq!(find(0, "c"), Some(0));
        assert_eq!(find(1, "C"), Some(3));
        assert_eq!(find(4, "ca"), Some(3));
        assert_eq!(find(0, "un"), Some(6));
        assert_eq!(find(0, "zebra"), None);
        assert_eq!(find(99, "sell"), Some(2));
        assert!(begins("Übermut", "ü") && begins("مرحبا", "مر") && !begins("ab", "abc"));
    }
}
