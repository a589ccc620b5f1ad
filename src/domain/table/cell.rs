//! What stands in one cell: numbers, words, and text that a spreadsheet must not take for a formula.

use std::borrow::Cow;

use crate::domain::number::Finite;
use crate::domain::text::TextError;

/// The most characters of a cell that a message repeats.
const SHOWN: usize = 40;

/// A cell as a message repeats it.
pub(super) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}

/// A plain decimal number: `12`, `-3.5`, `2e6`.
pub(super) fn number(text: &str) -> Result<Finite, String> {
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '+' | '-' | 'e' | 'E'));
    let value: Option<f64> = if plain { text.parse().ok() } else { None };
    let value = value.ok_or_else(|| format!("{} is not a number; write it like 1234.5 or -2e3", quoted(text)))?;
    Finite::new(value).ok_or_else(|| format!("{} is larger than any number that can be kept", quoted(text)))
}

/// A whole number from 0 to `most`.
pub(super) fn whole(text: &str, most: u16) -> Result<u16, String> {
    let value = number(text)?.get();
    if value.fract() == 0.0 && (0.0..=f64::from(most)).contains(&value) {
        Ok(value as u16)
    } else {
        Err(format!("{} is not a whole number from 0 to {most}", quoted(text)))
    }
}

/// One of a few words.
pub(super) fn word<T>(text: &str, all: &[T], name: impl Fn(&T) -> &'static str) -> Result<T, String>
where
    T: Copy,
{
    all.iter().copied().find(|known| name(known) == text).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(name).collect();
        format!("{} is not one of {}", quoted(text), names.join(", "))
    })
}

/// What is wrong with a text, said of a cell.
pub(super) fn text_problem(problem: TextError) -> String {
    match problem {
        TextError::Empty => "this is empty, and must not be".to_owned(),
        other => other.to_string(),
    }
}

/// Lines of a cell, whatever ends them. An empty cell has none.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = if text.is_empty() { None } else { Some(text) };
    text.into_iter().flat_map(|text| text.split('\n')).map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// Puts an apostrophe before what a spreadsheet would run as a formula. [`unguarded`] takes it away again.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`guarded`] was given.
pub(super) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// Whether a text begins as a formula does, or would once its apostrophes are gone.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_and_finite() {
        for (text, value) in [("12", 12.0), ("-3.5", -3.5), ("+2e3", 2000.0), (".5", 0.5), ("-0", 0.0)] {
            assert_eq!(number(text).map(Finite::get), Ok(value), "{text}");
        }
        for text in ["NaN", "nan", "inf", "-infinity", "1_000", "1,5", "1 000", "0x10", "12%", "−3", "", "e", "--1"] {
            assert!(number(text).unwrap_err().ends_with("is not a number; write it like 1234.5 or -2e3"), "{text}");
        }
        assert_eq!(number("1e400").unwrap_err(), "“1e400” is larger than any number that can be kept");
    }

    #[test]
    fn whole_numbers_have_bounds() {
        assert_eq!(whole("1000", 1000), Ok(1000));
        assert_eq!(whole("2.0", 10), Ok(2));
        for text in ["1001", "-1", "1.5"] {
            assert_eq!(whole(text, 1000).unwrap_err(), format!("“{text}” is not a whole number from 0 to 1000"));
        }
    }

    #[test]
    fn formulas_are_guarded_and_nothing_else_is_touched() {
        for text in ["=1+1", "+3", "-", "@SUM", "\tx", "\rx", "'=1", "''-x", "", "'", "it's", "'quoted'", "a=b", "'''"]
        {
            let written = guarded(text);
            assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r']), "{text:?}");
            assert_eq!(unguarded(&written), text);
        }
        assert_eq!(guarded("it's"), "it's");
        assert_eq!(guarded("'quoted'"), "'quoted'");
    }

    #[test]
    fn a_message_repeats_a_little_of_a_cell() {
        assert_eq!(quoted("a\0b"), "“a\u{fffd}b”");
        assert_eq!(quoted(&"x".repeat(100_000)), format!("“{}…”", "x".repeat(40)));
    }
}
