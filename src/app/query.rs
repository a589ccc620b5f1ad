//! What the query of an address says.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::domain::filter::pairs;

/// The value that the address gives a name. The router's own map decodes it twice, which makes `#` of `%2523`.
#[must_use]
pub fn query_value(name: &'static str) -> Memo<Option<String>> {
    let address = use_location().search;
    Memo::new(move |_| address.with(|address| pairs(address).find(|(other, _)| other == name).map(|(_, value)| value)))
}
