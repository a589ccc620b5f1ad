//! Moments by the reader's own calendar and clock.

use chrono::{DateTime, FixedOffset, Offset, Utc};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::js_sys::Date;

use crate::app::state::Memory;
use crate::domain::day::{local, moment_words};
use crate::domain::row::Age;

/// When something happened: how many days ago, and in its title the day and time. Until the page is hydrated days are the
/// workspace's, since the server does not know where its reader is; from then on they are the reader's.
#[component]
pub fn Moment(
    /// When it happened.
    at: DateTime<Utc>,
    /// How long ago that is in the workspace.
    age: Age,
) -> impl IntoView {
    let memory = expect_context::<Memory>();
    let here = RwSignal::new(None);
    Effect::new(move |_| {
        let (at, today) = (local(at, reader_offset), local(memory.now(), reader_offset));
        // A past day tells how long ago something was then.
        let age = if memory.is_past() { age } else { Age::between(at.date(), today.date()) };
        here.set(Some((age, moment_words(at))));
    });
    let age = move || here.with(|here| here.as_ref().map_or(age, |(age, _)| *age)).short();
    view! {
        <time
            class="hint"
            datetime=at.to_rfc3339()
            title=move || here.with(|here| here.as_ref().map(|(_, words)| words.clone()))
        >
            {age}
        </time>
    }
}

/// How far this browser's clock is from UTC at a moment, which may be in summer. The server has no such clock: only to be
/// asked once the page is hydrated.
#[must_use]
pub fn reader_offset(moment: DateTime<Utc>) -> FixedOffset {
    let minutes = Date::new(&JsValue::from_f64(moment.timestamp_millis() as f64)).get_timezone_offset();
    FixedOffset::west_opt((minutes * 60.0) as i32).unwrap_or_else(|| Utc.fix())
}
