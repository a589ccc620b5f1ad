//! The page that a team runs its meeting from: one part at a time, to be read from across the room.

use chrono::Weekday;
use leptos::context::Provider;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use crate::api::check_in::{MeetingPage, read_meeting};
use crate::api::wire::Postcard;
use crate::app::failure::Failure;
use crate::app::form::field::SelectField;
use crate::app::form::posted;
use crate::app::frame::TopBar;
use crate::app::state::Memory;
use crate::app::ui::signs::{confidence_sign, status_sign};
use crate::domain::cadence::{Rhythm, weekday_name};
use crate::domain::day::day_words;
use crate::domain::encoded::to_text;
use crate::domain::form::Returned;
use crate::domain::meeting::{Meeting, Moved, Topic};
use crate::domain::node_link::NodeLink;
use crate::domain::node_view::InitiativeLine;
use crate::domain::row::Row;

/// The parts of a meeting, in their order.
const PARTS: [&str; 5] =
    ["What moved", "Not checked in", "Pace and confidence disagree", "At risk", "Open initiatives"];

/// The page of a team's meeting.
#[component]
pub fn MeetingScreen() -> impl IntoView {
    let address = use_params_map();
    let team = Memo::new(move |_| address.with(|address| address.get("id").unwrap_or_default()));
    let page = Resource::<_, Postcard>::new_with_options(move || team.get(), read_meeting, false);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <MeetingOf page /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn MeetingOf(page: MeetingPage) -> impl IntoView {
    let MeetingPage { viewer, view: shipped, then, returned } = page;
    let memory = expect_context::<Memory>();
    memory.meet(&viewer);
    let (team, workspace) = (shipped.team, shipped.workspace.clone());
    let title = format!("Meeting of {} – Trellis", shipped.name);
    let name = shipped.name.clone();
    let view = Memo::new(move |_| {
        let now = memory.follow_closely(|workspace, actor| workspace.meeting(team, then.as_ref(), actor)).flatten();
        now.unwrap_or_else(|| shipped.clone())
    });
    let query = use_query_map();
    let part = Memo::new(move |_| {
        let asked = query.with(|query| query.get("part").and_then(|part| part.parse::<usize>().ok()));
        asked.map_or(0, |part| part.saturating_sub(1)).min(PARTS.len() - 1)
    });
    let to = move |part: usize| format!("/check-in/team/{team}?part={}", part + 1);
    let navigate = use_navigate();
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let pressed = window_event_listener(leptos::ev::keydown, move |event| {
            let next = match event.key().as_str() {
                "ArrowRight" => part.get_untracked() + 1,
                "ArrowLeft" => part.get_untracked().wrapping_sub(1),
                _ => return,
            };
            if next < PARTS.len() && is_free(&event) {
                navigate(&to(next), Default::default());
            }
        });
        on_cleanup(move || pressed.remove());
    });
    let tabs = move || {
        let link = |(place, title): (usize, &&'static str)| {
            let current = (place == part.get()).then_some("page");
            let count = view.with(|view| count(view, place));
            view! {
                <li>
                    <a href=to(place) aria-current=current>
                        {*title}
                        <span class="count">{count}</span>
                    </a>
                </li>
            }
        };
        PARTS.iter().enumerate().map(link).collect_view()
    };
    let since = move || {
        view.with(|view| match view.since {
            Some(since) => format!("Check-ins are due {}. Compared with {}.", view.cadence_words, day_words(since)),
            None => format!(
                "Check-ins are due {}. It is the first time, so there is nothing to compare with.",
                view.cadence_words
            ),
        })
    };
    let step = move || {
        let part = part.get();
        let back =
            (part > 0).then(|| view! { <a class="button" rel="prev" href=to(part - 1)>"← " {PARTS[part - 1]}</a> });
        let on = (part + 1 < PARTS.len())
            .then(|| view! { <a class="button primary" rel="next" href=to(part + 1)>{PARTS[part + 1]} " →"</a> });
        view! { {back} {on} }
    };
    view! {
        <Title text=title />
        <TopBar viewer workspace=Signal::stored(workspace)>
            <a class="button back" href="/tree">
                "Tree"
            </a>
        </TopBar>
        <main class="meeting">
            <header>
                <h1>{name}</h1>
                <p class="hint">{since}</p>
            </header>
            <nav aria-label="Parts of the meeting">
                <ol class="parts">{tabs}</ol>
            </nav>
            <section class="part" aria-live="polite">
                <h2>{move || PARTS[part.get()]}</h2>
                {move || view.with(|view| content(view, part.get()))}
            </section>
            <p class="step">{step}</p>
            <CadenceForm view returned />
        </main>
    }
    .into_any()
}

/// Whether an arrow is not wanted by a field or for something else.
fn is_free(event: &KeyboardEvent) -> bool {
    let is_in_field = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.closest("input, select, textarea, dialog").is_ok_and(|found| found.is_some()));
    !(is_in_field || event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key())
}

fn count(view: &Meeting, part: usize) -> usize {
    match part {
        0 => view.moved.len(),
        1 => view.missing.len(),
        2 => view.disagreeing.len(),
        3 => view.at_risk.len(),
        _ => view.initiatives.len(),
    }
}

fn content(view: &Meeting, part: usize) -> AnyView {
    let empty = match part {
        _ if count(view, part) > 0 => None,
        0 => Some("Nothing moved since then."),
        1 => Some("Everything that is due is checked in."),
        2 => Some("Pace and confidence tell the same everywhere."),
        3 => Some("Nothing is at risk."),
        _ => Some("No initiative is open."),
    };
    let lines = match part {
        0 => view.moved.iter().map(moved).collect_view().into_any(),
        1 => view.missing.iter().map(topic).collect_view().into_any(),
        2 => view.disagreeing.iter().map(topic).collect_view().into_any(),
        3 => view.at_risk.iter().map(topic).collect_view().into_any(),
        _ => {
            let line = |(key_result, line): &(_, _)| initiative(key_result, line);
            view.initiatives.iter().map(line).collect_view().into_any()
        }
    };
    match empty {
        Some(empty) => view! { <p class="hint">{empty}</p> }.into_any(),
        None => view! { <ul class="topics">{lines}</ul> }.into_any(),
    }
}

fn signs(row: &Row) -> impl IntoView + use<> {
    view! {
        <span class="signs">
            <span class="percent">{row.percent.clone()}</span>
            {status_sign(row.status)}
            {confidence_sign(row.confidence)}
        </span>
    }
}

fn moved(moved: &Moved) -> impl IntoView + use<> {
    let (class, arrow) = match moved.is_up {
        Some(true) => ("way good", "↑ "),
        Some(false) => ("way bad", "↓ "),
        None => ("way quiet", ""),
    };
    view! {
        <li>
            <a href=format!("/node/{}", moved.row.node)>{moved.row.title.clone()}</a>
            {signs(&moved.row)}
            <p class=class>
                <span aria-hidden="true">{arrow}</span>
                {moved.words.clone()}
            </p>
        </li>
    }
}

fn topic(topic: &Topic) -> impl IntoView + use<> {
    let due = topic.due.map(|due| view! { <p class="hint">{format!("Due since {}", day_words(due))}</p> });
    let note = Some(topic.note.clone()).filter(|note| !note.is_empty());
    view! {
        <li>
            <a href=format!("/node/{}", topic.row.node)>{topic.row.title.clone()}</a>
            {signs(&topic.row)}
            {due}
            {note.map(|note| view! { <p class="note">{note}</p> })}
        </li>
    }
}

fn initiative(key_result: &NodeLink, line: &InitiativeLine) -> impl IntoView + use<> {
    let owner = line.owner.as_ref().map(|owner| format!(" · {}", owner.name)).unwrap_or_default();
    view! {
        <li>
            <span>{line.title.clone()}</span>
            <p class="hint">
                "For "
                <a href=format!("/node/{}", key_result.node)>{key_result.title.clone()}</a>
                {owner}
            </p>
        </li>
    }
}

/// When the check-ins of the team fall due, for admins.
#[component]
fn CadenceForm(view: Memo<Meeting>, returned: Option<Returned>) -> impl IntoView {
    let Meeting { team, cadence, may_set_cadence, .. } = view.get_untracked();
    let came_back = returned.is_some();
    let message = returned.as_ref().map(|returned| returned.problem.message.clone());
    let state = posted(returned);
    let rhythms = Rhythm::ALL.map(|rhythm| {
        let words = match rhythm {
            Rhythm::Weekly => "every week",
            Rhythm::EveryTwoWeeks => "every two weeks",
            Rhythm::Monthly => "once a month",
        };
        (rhythm.name().to_owned(), words.to_owned())
    });
    let weekdays = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ()).filter(|day| *day != Weekday::Mon));
    let weekdays: Vec<_> = weekdays.map(|day| (day.to_string(), weekday_name(day).to_owned())).collect();
    may_set_cadence.then(move || {
        view! {
            <details class="cadence" open=came_back>
                <summary>"When check-ins are due"</summary>
                <form class="form" method="post" action=format!("/check-in/team/{team}")>
                    <input type="hidden" name="form" value="cadence" />
                    <input type="hidden" name="team" value=team.to_string() />
                    <input type="hidden" name="was" value=to_text(&cadence).unwrap_or_default() />
                    {message.map(|message| view! { <p class="problem" role="alert">{message}</p> })}
                    <Provider value=state>
                        <div class="pair">
                            <SelectField
                                name="rhythm"
                                form="cadence"
                                label="How often"
                                options=rhythms.to_vec()
                                value=cadence.rhythm.name()
                            />
                            <SelectField
                                name="weekday"
                                form="cadence"
                                label="On which day"
                                options=weekdays
                                value=cadence.weekday.to_string()
                            />
                        </div>
                    </Provider>
                    <p class="actions">
                        <button class="primary">"Save"</button>
                    </p>
                </form>
            </details>
        }
    })
}
