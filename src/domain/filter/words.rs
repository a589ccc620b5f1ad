//! Words looked for in a title, without case and without accents.
//!
//! Folded are case (by Unicode, character by character), combining accents, and the accented and joined letters of the
//! Latin alphabets of Europe: é is e, ø is o, ł is l, ß is ss, æ is ae. Other scripts are compared without case only. The
//! apostrophes of print are the one of keyboards.

use std::ops::Range;

/// The most characters of a text that is looked for.
pub const MAX_TEXT: usize = 200;

/// Words that must all be in a title, anywhere in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    folded: Vec<String>,
}

impl Words {
    /// The words of a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bounded: String = text.chars().take(MAX_TEXT).collect();
        let mut folded: Vec<String> = fold(&bounded).split_whitespace().map(str::to_owned).collect();
        folded.sort();
        folded.dedup();
        Self { folded }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// Whether a title holds all of them.
    #[must_use]
    pub fn are_in(&self, title: &str) -> bool {
        self.is_empty() || self.are_in_folded(&fold(title))
    }

    /// Whether a title that is folded already holds all of them.
    #[must_use]
    pub fn are_in_folded(&self, folded: &str) -> bool {
        self.folded.iter().all(|word| folded.contains(word.as_str()))
    }

    /// Where the words stand in a title, in bytes: sorted, and apart from each other. Nowhere, unless all of them do.
    #[must_use]
    pub fn places_in(&self, title: &str) -> Vec<Range<usize>> {
        let Folded { text, origins } = Folded::new(title);
        if !self.are_in_folded(&text) {
            return Vec::new();
        }
        let mut places: Vec<Range<usize>> = self
            .folded
            .iter()
            .flat_map(|word| text.match_indices(word.as_str()).map(|(start, word)| start..start + word.len()))
            .map(|found| {
                // Up to the next character of the title that left a trace: accents belong to what they stand on.
                let last = origins[found.end - 1];
                let end = origins[found.end..].iter().find(|origin| **origin != last).copied();
                origins[found.start]..end.unwrap_or(title.len())
            })
            .collect();
        places.sort_by_key(|place| place.start);
        places.dedup_by(|next, kept| {
            let touches = next.start <= kept.end;
            if touches {
                kept.end = kept.end.max(next.end);
            }
            touches
        });
        places
    }

    /// A title in pieces, each with whether it is one of the words.
    #[must_use]
    pub fn mark(&self, title: &str) -> Vec<(bool, String)> {
        let mut pieces = Vec::new();
        let mut done = 0;
        let mut push = |found, range: Range<usize>| {
            if let Some(piece) = title.get(range).filter(|piece| !piece.is_empty()) {
                pieces.push((found, piece.to_owned()));
            }
        };
        for place in self.places_in(title) {
            push(false, done..place.start);
            done = place.end;
            push(true, place);
        }
        push(false, done..title.len());
        pieces
    }
}

/// A title without case and accents.
#[must_use]
pub fn fold(title: &str) -> String {
    let mut folded = String::with_capacity(title.len());
    title.chars().for_each(|c| fold_into(&mut folded, c));
    folded
}

/// Whether a word begins at this place of a folded title.
#[must_use]
pub fn is_word_start(folded: &str, place: usize) -> bool {
    folded.get(..place).is_some_and(|before| !before.chars().next_back().is_some_and(char::is_alphanumeric))
}

/// A folded title that knows where each of its bytes comes from.
struct Folded {
    text: String,
    /// For each byte of the text where its character begins in the title.
    origins: Vec<usize>,
}

impl Folded {
    fn new(title: &str) -> Self {
        let (mut text, mut origins) = (String::with_capacity(title.len()), Vec::with_capacity(title.len()));
        for (place, c) in title.char_indices() {
            fold_into(&mut text, c);
            origins.resize(text.len(), place);
        }
        Self { text, origins }
    }
}

fn fold_into(folded: &mut String, c: char) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase() {
        match plain(lower) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(lower),
        }
    }
}

/// What stands for an accented or joined small letter, or for an apostrophe; nothing for an accent by itself.
fn plain(lower: char) -> Option<&'static str> {
    Some(match lower {
        '\u{300}'..='\u{36f}' => "",
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'þ' => "th",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ς' => "σ",
        '‘' | '’' | 'ʼ' => "'",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str, title: &str) -> String {
        let pieces = Words::new(text).mark(title);
        pieces.into_iter().map(|(found, piece)| if found { format!("[{piece}]") } else { piece }).collect()
    }

    #[test]
    fn all_words_must_be_there_in_any_order() {
        let words = Words::new("  Unlock time ");
        assert!(words.are_in("Median time to UNLOCK"));
        assert!(!words.are_in("Median time"));
        assert!(Words::new(" ").are_in("anything"));
    }

    #[test]
    fn finds_without_case_and_accents() {
        for (text, title) in [
            ("cafe", "Café"),
            ("CAFÉ", "cafe\u{301}"),
            ("lodz", "Łódź"),
            ("strasse", "Straße"),
            ("straße", "STRASSE"),
            ("istanbul", "İstanbul"),
            ("οδοσ", "ΟΔΟΣ"),
            ("neighbour's", "A neighbour’s call"),
            ("neighbour’s", "A neighbour's call"),
            ("pʼjat", "P'jat"),
            ("قهوة", "قهوة جيدة"),
        ] {
            assert!(Words::new(text).are_in(title), "{text} in {title}");
        }
    }

    #[test]
    fn marks_what_was_found() {
        assert_eq!(marked("un lo", "Unlocks unload"), "[Unlo]cks [unlo]ad");
        assert_eq!(marked("cafe", "Un cafe\u{301} noir"), "Un [cafe\u{301}] noir");
        assert_eq!(marked("s", "Straße"), "[S]tra[ß]e");
        assert_eq!(marked("neighbour's", "A neighbour’s call"), "A [neighbour’s] call");
        assert_eq!(marked("time", "Unlocks"), "Unlocks");
        assert_eq!(marked("unlock time", "Unlocks"), "Unlocks");
        assert_eq!(marked("", "Unlocks"), "Unlocks");
        assert_eq!(marked("a", ""), "");
        assert_eq!(marked("قهوة", "قهوة جيدة"), "[قهوة] جيدة");
    }

    proptest! {
        #[test]
        fn what_is_found_is_marked_and_nothing_is_lost(text in "\\PC{0,12}", title in "\\PC{0,40}") {
            let words = Words::new(&text);
            let pieces = words.mark(&title);
            prop_assert_eq!(pieces.iter().map(|(_, piece)| piece.as_str()).collect::<String>(), title.clone());
            let marks = pieces.iter().any(|(found, _)| *found);
            prop_assert_eq!(marks, words.are_in(&title) && !words.is_empty());
        }

        #[test]
        fn a_part_of_a_title_is_found_in_it(title in "[a-zA-Zäöüßéłø ]{1,30}", start in 0..30_usize, length in 1..10_usize) {
            let part: String = title.chars().skip(start).take(length).collect();
            prop_assert!(Words::new(&part).are_in(&title));
            prop_assert!(Words::new(&part.to_uppercase()).are_in(&title));
        }
    }
}
