//! Which lines of the tree are open, and how an address says it.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::line::{Line, LineId};

/// The most turned lines that an address holds, so that it stays short enough for any browser, server and message.
const MOST_TURNED: usize = 150;

/// Digits of the short names of lines: none that a program which finds links in a text would take for its end.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// How many digits a short name has.
const NAME_LENGTH: usize = 8;

/// Which lines are open: those of the first levels, except the ones that were turned.
///
/// In an address: the number of levels, or `all`, and the short names of the turned lines, with dots between them.
/// A name that nothing has is kept and opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expansion {
    levels: u16,
    turned: BTreeSet<u64>,
}

impl Expansion {
    /// The first so many levels are open, and no other.
    #[must_use]
    pub fn of_levels(levels: u16) -> Self {
        Self { levels, turned: BTreeSet::new() }
    }

    /// Everything is open.
    #[must_use]
    pub fn all() -> Self {
        Self::of_levels(u16::MAX)
    }

    /// How many of so many levels show, where no line was turned.
    #[must_use]
    pub fn levels_shown(&self, levels: u16) -> Option<u16> {
        self.turned.is_empty().then(|| self.levels.saturating_add(1).min(levels))
    }

    /// Whether a line is open.
    #[must_use]
    pub fn is_open(&self, line: &Line) -> bool {
        (line.depth < self.levels) != (!self.turned.is_empty() && self.turned.contains(&short(line.id)))
    }

    /// Closes a line that is open, and opens one that is closed.
    pub fn turn(&mut self, id: LineId) {
        let name = short(id);
        if !self.turned.remove(&name) {
            self.turned.insert(name);
        }
    }

    /// Opens or closes all of these lines that something hangs under.
    pub fn set_all<'a>(&mut self, lines: impl IntoIterator<Item = &'a Line>, open: bool) {
        for line in lines.into_iter().filter(|line| line.below > 0) {
            if self.is_open(line) != open {
                self.turn(line.id);
            }
        }
    }

    /// What an address says, if it says something that can be read.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let levels = match parts.next()? {
            "all" => u16::MAX,
            levels => levels.parse().ok()?,
        };
        Some(Self { levels, turned: parts.filter_map(number).take(MOST_TURNED).collect() })
    }
}

/// As an address says it. Of more lines than fit into one, the last are left out.
impl fmt::Display for Expansion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.levels {
            u16::MAX => f.write_str("all")?,
            levels => write!(f, "{levels}")?,
        }
        self.turned.iter().take(MOST_TURNED).try_for_each(|number| write!(f, ".{}", name(*number)))
    }
}

/// 47 bits of an id, the last ones since the first are the time: enough to tell apart whatever is in one workspace, and
/// few enough for eight digits. A clash would do no more than turn a second line.
fn short(id: LineId) -> u64 {
    match id {
        LineId::Node(node) => node.uuid().as_u64_pair().1 & ((1 << 47) - 1),
        LineId::Unaligned => 0,
    }
}

fn name(mut number: u64) -> String {
    let mut digits = [b'0'; NAME_LENGTH];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(number % 62) as usize];
        number /= 62;
    }
    digits.iter().map(|digit| char::from(*digit)).collect()
}

fn number(name: &str) -> Option<u64> {
    let value = |digit: u8| DIGITS.iter().position(|known| *known == digit);
    if name.len() != NAME_LENGTH {
        return None;
    }
    name.bytes().try_fold(0, |number, digit| Some(number * 62 + value(digit)? as u64))
}

#[cfg(test)]
mod tests {
    use super::super::ids::ObjectiveId;
    use super::*;
    use proptest::prelude::*;

    fn line(number: u128, depth: u16) -> Line {
        let id = LineId::Node(ObjectiveId(uuid::Uuid::from_u128(number)).into());
        Line { id, depth, position: 1, set_size: 1, below: 1, rails: 0, of_cycle: true, is_match: true }
    }

    proptest! {
        #[test]
        fn an_address_brings_back_what_was_open(
            levels in prop_oneof![0..5_u16, Just(u16::MAX)],
            turned in proptest::collection::vec(any::<u128>(), 0..MOST_TURNED),
            unaligned: bool,
        ) {
            let mut expansion = Expansion::of_levels(levels);
            turned.iter().for_each(|number| expansion.turn(line(*number, 0).id));
            if unaligned && turned.len() < MOST_TURNED {
                expansion.turn(LineId::Unaligned);
            }
            let text = expansion.to_string();
            prop_assert_eq!(Expansion::read(&text), Some(expansion));
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.'), "{}", text);
        }

        #[test]
        fn an_address_never_grows_beyond_its_bound(turned in proptest::collection::vec(any::<u128>(), 0..1000)) {
            let mut expansion = Expansion::all();
            turned.iter().for_each(|number| expansion.turn(line(*number, 0).id));
            let text = expansion.to_string();
            prop_assert!(text.len() <= 5 + MOST_TURNED * (NAME_LENGTH + 1));
            prop_assert_eq!(Expansion::read(&text).map(|read| read.to_string()), Some(text));
        }

        #[test]
        fn whatever_an_address_says_is_survived(text: String) {
            let _ = Expansion::read(&text);
        }
    }

    #[test]
    fn what_cannot_be_read_opens_nothing() {
        assert_eq!(Expansion::read(""), None);
        assert_eq!(Expansion::read("-1"), None);
        assert_eq!(Expansion::read("many.00000000"), None);
        assert_eq!(Expansion::read("2.short.toolonganame.übergroß"), Some(Expansion::of_levels(2)));
        assert_eq!(Expansion::read("65535"), Some(Expansion::all()));
    }

    #[test]
    fn lines_are_opened_and_closed_together() {
        let lines = [line(1, 0), line(2, 1), line(3, 2)];
        let mut expansion = Expansion::of_levels(1);
        let open = |expansion: &Expansion| lines.each_ref().map(|line| expansion.is_open(line));
        assert_eq!(open(&expansion), [true, false, false]);
        expansion.set_all(&lines, true);
        assert_eq!(open(&expansion), [true, true, true]);
        expansion.set_all(&lines[1..], false);
        assert_eq!(expansion, Expansion::of_levels(1));
        assert_eq!(expansion.levels_shown(5), Some(2));
        assert_eq!(Expansion::all().levels_shown(5), Some(5));
        expansion.turn(LineId::Unaligned);
        assert_eq!(expansion.levels_shown(5), None);
    }
}
