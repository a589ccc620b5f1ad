//! What happened to a node.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::Element;

use crate::api::node::read_activity;
use crate::app::state::Memory;
use crate::app::ui::avatar::avatar;
use crate::app::ui::moment::Moment;
use crate::domain::activity::ActivityLine;
use crate::domain::ids::NodeId;

/// Who changed what and when, fetched once somebody wants to know.
#[component]
pub(super) fn Activity(node: NodeId) -> impl IntoView {
    let memory = expect_context::<Memory>();
    let is_open = RwSignal::new(false);
    let touched = memory.row(node, None).map(|signals| signals.touched);
    let is_all_sent = Memo::new(move |_| memory.outbox().unsent() == 0);
    let lines = LocalResource::new(move || {
        if let Some(touched) = &touched {
            touched.track();
        }
        // What is not sent yet is not in the log yet.
        let is_wanted = is_open.get() && is_all_sent.get();
        async move {
            match is_wanted {
                true => Some(read_activity(node).await),
                false => None,
            }
        }
    });
    let last = RwSignal::new(None);
    Effect::new(move |_| {
        if let Some(Some(told)) = lines.get() {
            last.set(Some(told));
        }
    });
    let on_toggle = move |event: Event| is_open.set(event_target::<Element>(&event).has_attribute("open"));
    let body = move || match last.get() {
        None => view! { <p class="hint">"Looking it up…"</p> }.into_any(),
        Some(Err(error)) => view! {
            <p class="problem" role="alert">
                {error.to_string()}
            </p>
        }
        .into_any(),
        Some(Ok(lines)) if lines.is_empty() => view! { <p class="hint">"Nothing has happened yet."</p> }.into_any(),
        Some(Ok(lines)) => view! { <ol class="activity">{lines.into_iter().map(line).collect_view()}</ol> }.into_any(),
    };
    view! {
        <section class="card scripted">
            <details on:toggle=on_toggle>
                <summary>"Activity"</summary>
                <Show when=move || is_open.get()>{body}</Show>
            </details>
        </section>
    }
    .into_any()
}

fn line(line: ActivityLine) -> impl IntoView {
    let ActivityLine { by, words, is_undo, at, age, .. } = line;
    let name = by.as_ref().map_or_else(|| "The command line".to_owned(), |by| by.name.clone());
    view! {
        <li>
            {avatar(by.as_ref())}
            <p>
                <b>{name}</b>
                " "
                {is_undo.then_some("undid: ")}
                {words}
                " "
                <Moment at age />
            </p>
        </li>
    }
}
