//! Text from people: what is kept, and what is refused.

use thiserror::Error;

/// The most characters of a name or a title.
pub const MAX_TITLE: usize = 300;
/// The most characters of a description, a note or a lesson.
pub const MAX_TEXT: usize = 10_000;

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("write something here")]
    Empty,
    /// Too many characters.
    #[error("this has {length} characters, and at most {limit} are kept")]
    TooLong {
        /// How many there are.
        length: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A NUL or another control character.
    #[error("this holds a control character that cannot be shown")]
    ControlCharacter,
    /// A character that reverses the direction of the text after it, so that a name could pose as another.
    #[error("this holds an invisible character that changes the direction of text")]
    DirectionOverride,
}

/// One line: a name or a title. Never empty.
pub fn check_title(text: &str) -> Result<(), TextError> {
    if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return Err(TextError::Empty);
    }
    check_line(text)
}

/// One line that may be empty, such as a unit.
pub fn check_line(text: &str) -> Result<(), TextError> {
    check(text, MAX_TITLE, |_| false)
}

/// Several lines that may be empty: a description or a note.
pub fn check_text(text: &str) -> Result<(), TextError> {
    check(text, MAX_TEXT, |c| matches!(c, '\n' | '\r' | '\t'))
}

fn check(text: &str, limit: usize, is_kept: impl Fn(char) -> bool) -> Result<(), TextError> {
    let length = text.chars().count();
    if length > limit {
        return Err(TextError::TooLong { length, limit });
    }
    for c in text.chars() {
        if c.is_control() && !is_kept(c) {
            return Err(TextError::ControlCharacter);
        }
        if matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            return Err(TextError::DirectionOverride);
        }
    }
    Ok(())
}

/// Whether a character shows nothing by itself: Unicode's `Default_Ignorable_Code_Point`, and the empty braille pattern.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_people_write() {
        assert_eq!(check_title("Łódź, قهوة & 100 % 🎉"), Ok(()));
        assert_eq!(check_text("one\r\n\ttwo"), Ok(()));
        assert_eq!(check_text(""), Ok(()));
    }

    #[test]
    fn refuses_what_cannot_be_shown() {
        assert_eq!(check_title(" \u{a0} "), Err(TextError::Empty));
        for invisible in ["\u{200b}", "\u{feff}", " \u{2060}\u{ad}", "\u{3164}", "\u{e0041}"] {
            assert_eq!(check_title(invisible), Err(TextError::Empty), "{invisible:?}");
        }
        assert_eq!(check_title("👩\u{200d}🚀"), Ok(()));
        assert_eq!(check_title(&"x".repeat(100_000)), Err(TextError::TooLong { length: 100_000, limit: 300 }));
        assert_eq!(check_title("a\0b"), Err(TextError::ControlCharacter));
        assert_eq!(check_title("a\nb"), Err(TextError::ControlCharacter));
        assert_eq!(check_text("Anna\u{202e}nimda"), Err(TextError::DirectionOverride));
    }
}
