//! Past days, and what moved since one: the words around a page that looks back, and the ways there and back.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::overlay::Overlays;
use super::state::Memory;
use super::ui::icon::{Shape, icon};
use super::ui::plain::{Plain, visually_hidden};
use crate::api::viewer::Viewer;
use crate::domain::compare::{Baseline, Direction, Movement};
use crate::domain::day::{day_words, short_day_words};
use crate::domain::filter::pairs;
use crate::domain::ids::NodeId;
use crate::domain::row::Row;
use crate::domain::tree_view::TreeQuery;

/// The day that a page shows where it is a past one, for whatever makes links on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PastDay(Option<NaiveDate>);

/// What the rows of a tree are compared with. Copies share it.
#[derive(Clone, Copy)]
pub struct Since(RwSignal<Option<Baseline>>);

/// The address of a node on the day that the page shows.
#[must_use]
pub fn node_address(node: NodeId) -> String {
    on_its_day(format!("/node/{node}"))
}

/// The address of a node's line of sight on the day that the page shows.
#[must_use]
pub fn sight_address(node: NodeId) -> String {
    on_its_day(format!("/node/{node}/sight"))
}

/// The address of a branch of the tree, or of the whole tree, on the day that the page shows.
#[must_use]
pub fn tree_address(focus: Option<NodeId>) -> String {
    let on = day_of_page().map(|day| day.to_string());
    TreeQuery { on, ..TreeQuery::default() }.focused(focus).address()
}

fn on_its_day(path: String) -> String {
    match day_of_page() {
        Some(day) => format!("{path}?on={day}"),
        None => path,
    }
}

fn day_of_page() -> Option<NaiveDate> {
    use_context::<PastDay>().and_then(|PastDay(day)| day)
}

/// Prepares a page that shows a day: what is remembered of now, in `live`, is not what a past one shows. Returns the
/// memory of the page.
pub fn look_at(day: Option<NaiveDate>, live: Memory, viewer: &Viewer) -> Memory {
    let memory = if day.is_some() { Memory::of_past_day() } else { live };
    match day {
        Some(day) => {
            memory.viewer().set(Some(viewer.clone()));
            expect_context::<Overlays>().look_back(day, memory);
        }
        None => memory.meet(viewer),
    }
    provide_context(memory);
    provide_context(PastDay(day));
    memory
}

/// The address on a past day, where what it leads to has a past.
#[must_use]
pub fn on_day(address: String, day: NaiveDate) -> String {
    let has_past = address.starts_with("/tree") || address.starts_with("/node/");
    match address.split_once('?') {
        _ if !has_past => address,
        Some((_, query)) if pairs(query).any(|(name, _)| name == "on") => address,
        Some(_) => format!("{address}&on={day}"),
        None => format!("{address}?on={day}"),
    }
}

/// A memory of all of a past day: that of the page, or another one that is filled from now on. A page of a node holds no
/// more than it shows.
#[must_use]
pub fn whole(page: Memory, day: NaiveDate) -> Memory {
    match page.viewer().get_untracked() {
        Some(viewer) if !page.is_loaded().get_untracked() => {
            let memory = Memory::of_past_day();
            bring_in(memory, Some(day), &viewer);
            memory
        }
        _ => page,
    }
}

/// Fetches all of a past day once the page is alive.
pub fn bring_in(memory: Memory, day: Option<NaiveDate>, viewer: &Viewer) {
    #[cfg(feature = "hydrate")]
    if let Some(day) = day {
        let viewer = viewer.clone();
        Effect::new(move |_| super::live::load_past(memory, viewer.clone(), day));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (memory, day, viewer);
}

/// Begins to compare rows: with what came along at first, and with everything once it is here.
pub fn compare_with(baseline: Option<Baseline>) -> Since {
    let since = Since(RwSignal::new(baseline));
    provide_context(since);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(day) = since.0.with_untracked(|baseline| baseline.as_ref().map(|it| it.day)) {
            super::live::load_baseline(day, since.0);
        }
    });
    since
}

impl Since {
    /// What a row moved since the day that the tree is compared with, where it moved.
    #[must_use]
    pub fn mark(self, row: &Row) -> Option<Plain> {
        let (movement, direction, day) = self.0.with(|baseline| {
            let baseline = baseline.as_ref()?;
            let movement = Movement::between(baseline.nodes.get(&row.node), row);
            Some((movement, movement.direction()?, baseline.day))
        })?;
        let (class, icon) = match direction {
            Direction::Up => ("moved good", "↑"),
            Direction::Down => ("moved bad", "↓"),
            Direction::Other => ("moved quiet", ""),
        };
        let words = movement.words(day);
        let short = Plain::new("span").attribute("aria-hidden", "true").text(icon).text(movement.short());
        Some(
            Plain::new("span")
                .class(class)
                .attribute("title", words.clone())
                .child(short)
                .child(visually_hidden(words)),
        )
    }
}

/// Says that the page looks back, and leads back to today.
#[component]
pub fn PastBanner(
    /// The past day that the page shows.
    day: Option<NaiveDate>,
    /// The day that it compares with.
    since: Option<NaiveDate>,
) -> impl IntoView {
    let location = use_location();
    let without = move |left_out: &'static str| {
        let path = location.pathname.get();
        if path != "/tree" {
            return path;
        }
        let asked = location.search.with(|query| TreeQuery::read(query));
        let kept = |part: Option<String>, name| part.filter(|_| name != left_out);
        TreeQuery { on: kept(asked.on.clone(), "on"), since: kept(asked.since.clone(), "since"), from: None, ..asked }
            .address()
    };
    let today = day.map(|day| {
        view! {
            <p class="looking-back" role="note">
                <span>"As it was on " <b>{day_words(day)}</b> ". This can be read, and not changed."</span>
                <a href=move || without("on")>"Back to today"</a>
            </p>
        }
    });
    let compared = since.map(|since| {
        view! {
            <p class="compared" role="note">
                <span>"Marks tell what moved since " <b>{day_words(since)}</b> ", in percentage points."</span>
                <a href=move || without("since")>"Hide"</a>
            </p>
        }
    });
    (today, compared)
}

/// Whether the form for one part of the address, `asked`, keeps another one. A day to compare with may turn out later than
/// the day that is chosen, unless it is counted back from that.
fn is_kept(asked: &str, name: &str, value: &str) -> bool {
    match name {
        "from" => false,
        "since" if asked == "on" => value.parse::<NaiveDate>().is_err(),
        name => name != asked,
    }
}

/// Chooses a past day, and a day to compare with.
#[component]
pub fn DayMenu(
    /// The past day that the page shows.
    day: Option<NaiveDate>,
    /// Which day it is.
    today: NaiveDate,
) -> impl IntoView {
    let address = use_location().search;
    let kept = move |asked: &'static str| {
        let query = address.get();
        let hidden = pairs(&query).filter(move |(name, value)| is_kept(asked, name, value));
        hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
    };
    let since = move |word: &str| {
        let asked = address.with(|address| TreeQuery::read(address));
        TreeQuery { since: Some(word.to_owned()), from: None, ..asked }.address()
    };
    let label = day.map_or_else(|| "Today".to_owned(), short_day_words);
    let (of_week, of_day) = match day {
        Some(_) => ("What moved in the week up to it", "What moved on that day"),
        None => ("What moved since last week", "What moved since yesterday"),
    };
    let before = |day: NaiveDate| day.pred_opt().map(|day| day.to_string());
    let field = |name: &'static str, label: &'static str, button: &'static str, value: Option<NaiveDate>, max| {
        view! {
            <form method="get" action="/tree">
                {move || kept(name)}
                <label>
                    <span>{label}</span>
                    <input
                        type="date"
                        name=name
                        required
                        max=max
                        value=value.map(|day| day.to_string())
                    />
                </label>
                <button>{button}</button>
            </form>
        }
    };
    view! {
        <details class="menu days">
            <summary>
                <span class="visually-hidden">"Day: "</span>
                <span>{label}</span>
                {icon(Shape::DOWN)}
            </summary>
            <div class="menu-panel">
                <a href=move || since("last-week")>{of_week}</a>
                <a href=move || since("yesterday")>{of_day}</a>
                {field("since", "What moved since", "Compare", None, before(day.unwrap_or(today)))}
                {field("on", "The tree as it was on", "Show", day, before(today))}
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_past_is_led_to_on_its_day() {
        let day = NaiveDate::from_ymd_opt(2026, 10, 20).unwrap();
        let led_to = |address: &str| on_day(address.to_owned(), day);
        assert_eq!(led_to("/tree"), "/tree?on=2026-10-20");
        assert_eq!(led_to("/tree?cycle=all"), "/tree?cycle=all&on=2026-10-20");
        assert_eq!(led_to("/tree?on=2026-09-01"), "/tree?on=2026-09-01", "a view may be of a day");
        assert_eq!(led_to("/node/3"), "/node/3?on=2026-10-20");
        assert_eq!(led_to("/check-in"), "/check-in");
    }
}
