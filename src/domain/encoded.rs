//! Things as text that only Trellis reads: postcard in Base64. JSON would do for people, but a JSON decoder for every type
//! of the domain would be a tenth of what the browser downloads.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A thing as text.
///
/// # Errors
/// Where it cannot be written, which is a fault of its type.
pub fn to_text<T: Serialize + ?Sized>(thing: &T) -> Result<String, postcard::Error> {
    postcard::to_allocvec(thing).map(|bytes| STANDARD_NO_PAD.encode(bytes))
}

/// Reads what [`to_text`] wrote; `None` where the text is something else.
#[must_use]
pub fn from_text<T: DeserializeOwned>(text: &str) -> Option<T> {
    let bytes = STANDARD_NO_PAD.decode(text).ok()?;
    let (thing, rest) = postcard::take_from_bytes(&bytes).ok()?;
    rest.is_empty().then_some(thing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_again_and_nothing_else_is() {
        let text = to_text(&("Größer", 7_u32)).unwrap();
        assert_eq!(from_text::<(String, u32)>(&text), Some(("Größer".to_owned(), 7)));
        for nonsense in ["", "%", "AAAA AAAA", "{}", &format!("{text}AA"), &text[1..]] {
            assert_eq!(from_text::<(String, u32)>(nonsense), None, "{nonsense}");
        }
    }
}
