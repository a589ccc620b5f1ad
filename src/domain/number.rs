//! Numbers as people write and read them.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A double that is neither NaN nor infinite. Minus zero becomes zero.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Finite(f64);

// NaN is kept out by every constructor.
impl Eq for Finite {}

impl Finite {
    /// `None` for NaN and the infinities.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(value + 0.0))
    }

    /// The double.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Finite {
    type Error = NumberError;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        Self::new(value).ok_or(NumberError::TooLarge)
    }
}

impl From<Finite> for f64 {
    fn from(value: Finite) -> Self {
        value.0
    }
}

impl From<i32> for Finite {
    fn from(value: i32) -> Self {
        Self(f64::from(value))
    }
}

/// The shortest decimal that reads back as the same double.
impl fmt::Display for Finite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Why a text is not a number that Trellis takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NumberError {
    /// Nothing but blanks.
    #[error("type a number")]
    Empty,
    /// Not a number at all.
    #[error("that is not a number; write it like 42, 3.5, 1.2m or 50%")]
    NotANumber,
    /// Beyond the largest double.
    #[error("that number is too large to keep")]
    TooLarge,
}

/// A number as a person types it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Typed {
    /// `42`: this value.
    Absolute(Finite),
    /// `+3`, `-3`: this much more (or less) than before.
    Signed(Finite),
    /// `50%`.
    Percent(Finite),
    /// `+5%`, `-5%`: this much more (or less) than before.
    SignedPercent(Finite),
}

/// Reads `42`, `+3`, `-3`, `1.2m`, `50%`, `+5%`, `1,5`, `1.000,5`, `1 000 000`, with `k`, `m` and `bn` for thousand, million
/// and billion. Where both a point and a comma stand, the last one is the decimal mark, and the other groups thousands.
/// A single comma groups thousands where three digits follow it and one to three, of which the first is no zero, stand
/// before it. What could be read in two ways, or whose groups are not of three digits, is no number.
pub fn parse_typed(text: &str) -> Result<Typed, NumberError> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '\'' | '’')).collect();
    if compact.is_empty() {
        return Err(NumberError::Empty);
    }
    let (sign, rest) = match compact.strip_prefix('+') {
        Some(rest) => (Some(1.0), rest),
        None => match compact.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (Some(-1.0), rest),
            None => (None, compact.as_str()),
        },
    };
    let (rest, percent) = match rest.strip_suffix('%') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let (digits, power) = scale_suffix(rest);
    let magnitude = plain_decimal(digits, power)?;
    let value = Finite::new(sign.unwrap_or(1.0) * magnitude).ok_or(NumberError::TooLarge)?;
    Ok(match (percent, sign) {
        (true, None) => Typed::Percent(value),
        (true, Some(_)) => Typed::SignedPercent(value),
        (false, Some(_)) => Typed::Signed(value),
        (false, None) => Typed::Absolute(value),
    })
}

/// The digits before a suffix, and the power of ten that it stands for.
fn scale_suffix(text: &str) -> (&str, i32) {
    let scales = [("bn", 9), ("b", 9), ("m", 6), ("k", 3)];
    let lower = text.to_ascii_lowercase();
    scales
        .into_iter()
        .find(|(suffix, _)| lower.ends_with(suffix))
        .map_or((text, 0), |(suffix, power)| (&text[..text.len() - suffix.len()], power))
}

/// Digits with at most an exponent, times a power of ten; neither `inf` nor `nan`, which the standard parser would take.
fn plain_decimal(text: &str, power: i32) -> Result<f64, NumberError> {
    let starts_well = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    if !starts_well || !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | 'e' | 'E' | '+' | '-')) {
        return Err(NumberError::NotANumber);
    }
    // An exponent belongs to no group of digits.
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        None => (text, 0),
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().map_err(|_| NumberError::NotANumber)?),
    };
    // The parser scales, since 1.005 times a thousand is not 1005.
    let decimal = format!("{}e{}", with_decimal_point(digits), exponent.saturating_add(power));
    let value: f64 = decimal.parse().map_err(|_| NumberError::NotANumber)?;
    if value.is_finite() { Ok(value) } else { Err(NumberError::TooLarge) }
}

/// Writes digits with a point for the decimals and nothing between thousands. What has marks in no known order keeps a
/// comma or two points, which no parser takes.
fn with_decimal_point(text: &str) -> String {
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    match (points, commas) {
        (0 | 1, 0) => text.to_owned(),
        (_, 0) if in_thousands(text, '.') => text.replace('.', ""),
        (0, 1) if in_thousands(text, ',') && !text.starts_with('0') => text.replace(',', ""),
        (0, 1) => text.replace(',', "."),
        (0, _) if in_thousands(text, ',') => text.replace(',', ""),
        _ => match text.rsplit_once(['.', ',']) {
            Some((whole, decimals)) if points == 1 && in_thousands(whole, ',') => {
                format!("{}.{decimals}", whole.replace(',', ""))
            }
            Some((whole, decimals)) if commas == 1 && in_thousands(whole, '.') => {
                format!("{}.{decimals}", whole.replace('.', ""))
            }
            _ => text.to_owned(),
        },
    }
}

/// Whether a mark parts the digits in groups of three, of which the first may be shorter.
fn in_thousands(text: &str, mark: char) -> bool {
    let is_number = |group: &str| group.bytes().all(|digit| digit.is_ascii_digit());
    let mut groups = text.split(mark);
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()) && is_number(group));
    first && groups.all(|group| group.len() == 3 && is_number(group))
}

/// How many decimals a number is written with.
pub(super) fn decimals(value: f64) -> usize {
    value.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// The nearest number with so many decimals: a sum of tenths is no tenth otherwise.
pub(super) fn with_decimals(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// A value to be read at a glance: `212k`, `1.25m`, `11.4`, `−90k`.
#[must_use]
pub fn short(value: Finite) -> String {
    let magnitude = value.get().abs();
    let (scaled, suffix) = match magnitude {
        m if m >= 1e15 => return format!("{:e}", value.get()).replace('-', "\u{2212}"),
        m if m >= 999_500_000.0 => (m / 1e9, "bn"),
        m if m >= 999_500.0 => (m / 1e6, "m"),
        m if m >= 10_000.0 => (m / 1e3, "k"),
        m => (m, ""),
    };
    let decimals = match scaled {
        s if s >= 100.0 => 0,
        s if s >= 10.0 => 1,
        s if s >= 1.0 || s == 0.0 => 2,
        s => (2.0 - s.log10().floor()).min(12.0) as usize,
    };
    let decimals = if suffix.is_empty() && scaled >= 100.0 { 1 } else { decimals };
    let text = format!("{scaled:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let sign = if value.get() < 0.0 && text != "0" { "\u{2212}" } else { "" };
    format!("{sign}{text}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finite(value: f64) -> Finite {
        Finite::new(value).unwrap()
    }

    #[test]
    fn reads_what_people_type() {
        let absolute = |v| Ok(Typed::Absolute(finite(v)));
        assert_eq!(parse_typed("42"), absolute(42.0));
        assert_eq!(parse_typed(" 1 000\u{a0}000 "), absolute(1e6));
        assert_eq!(parse_typed("1.2m"), absolute(1.2e6));
        assert_eq!(parse_typed("3K"), absolute(3e3));
        assert_eq!(parse_typed("1.005k"), absolute(1005.0));
        assert_eq!(parse_typed("1e2k"), absolute(1e5));
        assert_eq!(parse_typed("2bn"), absolute(2e9));
        assert_eq!(parse_typed("1,5"), absolute(1.5));
        assert_eq!(parse_typed("0,125"), absolute(0.125));
        assert_eq!(parse_typed("1,500"), absolute(1500.0));
        assert_eq!(parse_typed("1.000,5"), absolute(1000.5));
        assert_eq!(parse_typed("1,000.5"), absolute(1000.5));
        assert_eq!(parse_typed("1.000.000"), absolute(1e6));
        assert_eq!(parse_typed("+3"), Ok(Typed::Signed(finite(3.0))));
        assert_eq!(parse_typed("\u{2212}3"), Ok(Typed::Signed(finite(-3.0))));
        assert_eq!(parse_typed("50 %"), Ok(Typed::Percent(finite(50.0))));
        assert_eq!(parse_typed("+5 %"), Ok(Typed::SignedPercent(finite(5.0))));
        assert_eq!(parse_typed("-5%"), Ok(Typed::SignedPercent(finite(-5.0))));
        assert_eq!(parse_typed("1,2e5"), absolute(1.2e5));
        assert_eq!(parse_typed("2,5E3"), absolute(2500.0));
        assert_eq!(parse_typed("1,000e-1"), absolute(100.0));
        assert_eq!(parse_typed("12345,678"), absolute(12_345.678));
        assert_eq!(parse_typed("1,234,567.8"), absolute(1_234_567.8));
        assert_eq!(parse_typed("1.234.567,8k"), absolute(1_234_567_800.0));
        assert_eq!(parse_typed("1e3"), absolute(1000.0));
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "x",
            "--3",
            "nan",
            "inf",
            "infinity",
            "1.2.3",
            "1,2,3",
            "%",
            "k",
            "+",
            "٣",
            "1e",
            "0x10",
            "1,2.5",
            "1.5,5",
            "1,5,5.5",
            "1,234,567.8.9",
            "1e5,5",
            "12,3456,789",
            "1,,5",
        ] {
            assert_eq!(parse_typed(text), Err(NumberError::NotANumber), "{text}");
        }
        assert_eq!(parse_typed("  "), Err(NumberError::Empty));
        assert_eq!(parse_typed("1e999"), Err(NumberError::TooLarge));
        assert_eq!(parse_typed("1e308bn"), Err(NumberError::TooLarge));
    }

    #[test]
    fn shows_what_people_read() {
        let shown = |v| short(finite(v));
        assert_eq!(shown(0.0), "0");
        assert_eq!(shown(11.4), "11.4");
        assert_eq!(shown(0.000_9), "0.0009");
        assert_eq!(shown(212_000.0), "212k");
        assert_eq!(shown(1_250_000.0), "1.25m");
        assert_eq!(shown(999_999.0), "1m");
        assert_eq!(shown(-90_000.0), "−90k");
        assert_eq!(shown(1234.5), "1234.5");
        assert_eq!(shown(4_500_000_000.0), "4.5bn");
        assert_eq!(shown(1e300), "1e300");
    }
}
