//! One key result to check in.

use chrono::NaiveDate;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::Bounced;
#[cfg(feature = "hydrate")]
use super::begun;
use super::confidence::ConfidenceBands;
use super::value::CardValue;
use crate::app::form::field::{FieldProblem, LongField};
use crate::app::form::{FormState, NodeForm};
use crate::app::node::live;
use crate::app::state::Memory;
use crate::app::ui::moment::reader_offset;
use crate::app::ui::signs::confidence_sign;
use crate::domain::check_in_view::Card;
use crate::domain::day::{Day, day_words};
use crate::domain::form::Returned;
use crate::domain::ids::NodeId;
use crate::domain::node_view::NodeView;

/// A card: what the key result is for, what was said last, and what is said now.
#[component]
pub(super) fn CardOf(
    /// What the page shows.
    card: Card,
    /// Which day it is.
    today: Day,
    /// How many other cards are due.
    left: usize,
    /// The form that came back with the page.
    returned: Option<Returned>,
    memory: Memory,
) -> impl IntoView {
    let due = card.due;
    let node = card.view.row.node;
    let bounced = expect_context::<Bounced>().0;
    let own = bounced.get_untracked().filter(|it| it.fields.get("card") == node.to_string());
    if own.is_some() {
        bounced.set(None);
    }
    let mended = use_query_map().with_untracked(|query| query.get("mend")?.parse().ok());
    let mended = mended.and_then(|mutation| memory.outbox().find(mutation)?.returned());
    let returned = returned.or(own).or(mended);
    let element = NodeRef::<html::Article>::new();
    #[cfg(feature = "hydrate")]
    if returned.is_none() {
        begun::put_back(memory, node, element);
    }
    let on_change = move || {
        #[cfg(feature = "hydrate")]
        begun::keep(memory, node, element);
    };
    let view = live(memory, card.view);
    let is_next = use_query_map().with_untracked(|query| query.get("after")).is_some();
    let heading = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| is_next) {
            // Whoever cannot see the next card slide in hears of it.
            let _ = heading.focus();
        }
    });
    let navigate = use_navigate();
    let on_done = Callback::new(move |()| {
        let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
        navigate(&format!("/check-in?after={node}"), options);
    });
    let on_sent = Callback::new(move |()| {
        #[cfg(feature = "hydrate")]
        begun::forget(memory, node);
        on_done.run(());
    });
    let above = view.with_untracked(|view| view.objective.clone());
    let title = move || view.with(|view| view.row.title.clone());
    let others = match left {
        0 => None,
        1 => Some("one more after it".to_owned()),
        left => Some(format!("{left} more")),
    };
    view! {
        // The buttons of a card change fields as well.
        <article
            class="check-in-card"
            class:next=is_next
            node_ref=element
            on:input=move |_| on_change()
            on:click=move |_| on_change()
        >
            <header>
                <p class="above">
                    <span class="visually-hidden">"Objective: "</span>
                    <a href=format!("/node/{}", above.id)><bdi>{above.title}</bdi></a>
                </p>
                <h1 tabindex="-1" node_ref=heading>
                    <bdi>{title}</bdi>
                </h1>
                <p class="hint">
                    <DueSince due shipped=today memory />
                    " "
                    {others.map(|others| view! { <span class="others">{others}</span> })}
                </p>
            </header>
            <LastSaid view />
            <CardForm view plain=card.plain today=today.date returned=returned.clone() on_done=on_sent />
            <Skip node returned on_done />
        </article>
    }
    .into_any()
}

/// Since when a key result is due, and until when where the reader's day ends at another moment than the workspace's.
#[component]
fn DueSince(due: Option<NaiveDate>, shipped: Day, memory: Memory) -> impl IntoView {
    let today = Memo::new(move |_| memory.follow(|workspace, _| workspace.day()).unwrap_or(shipped));
    let until = RwSignal::new(None);
    // The server does not know where the reader is.
    Effect::new(move |_| until.set(today.get().until_words(memory.now(), reader_offset)));
    move || until.with(|until| Card::due_words(due, today.get().date, until.as_deref()))
}

/// The last value, when it was said and why.
#[component]
fn LastSaid(view: Memo<NodeView>) -> impl IntoView {
    let last = Memo::new(move |_| view.with(|view| view.check_ins.iter().find(|it| it.corrected.is_none()).cloned()));
    move || match last.get() {
        Some(last) => {
            let by = last.by.map(|by| format!(" by {}", by.name)).unwrap_or_default();
            view! {
                <div class="last">
                    <p>
                        <b>{last.value}</b>
                        <span>{day_words(last.day)} {by}</span>
                        {confidence_sign(last.confidence)}
                    </p>
                    {(!last.note.is_empty()).then(|| view! { <p class="note">{last.note}</p> })}
                </div>
            }
            .into_any()
        }
        None => view! { <p class="last">"Nobody has checked it in yet."</p> }.into_any(),
    }
}

#[component]
fn CardForm(
    view: Memo<NodeView>,
    plain: String,
    today: NaiveDate,
    returned: Option<Returned>,
    on_done: Callback<()>,
) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    let obstacle = Memo::new(move |_| view.with(|view| view.no_check_in.clone()));
    let measure = Memo::new(move |_| view.with(|view| view.key_result.as_ref().map(|it| it.measure.clone())));
    let is_known = Memo::new(move |_| view.with(|view| !view.check_ins.is_empty()));
    let fields = &["value", "confidence", "note", "day"];
    view! {
        {move || obstacle.get().map(|why| view! { <p class="problem" role="alert">{why}</p> })}
        <NodeForm kind="check-in" node returned action=format!("/check-in?card={node}") fields on_done>
            <input type="hidden" name="card" value=node.to_string() />
            <input
                type="hidden"
                name="seen"
                value=move || view.with(|view| view.current.map(|id| id.to_string()).unwrap_or_default())
            />
            {move || view! { <CardValue view measure=measure.get() plain=plain.clone() /> }}
            <ConfidenceBands />
            <LongField name="note" form="card" label="Note" hint="Why, what helps, what is in the way." />
            <DayField today />
            <p class="actions">
                <button class="primary">"Save"</button>
                <Show when=move || is_known.get()>
                    <button class="button" name="unchanged" value="1" formnovalidate>
                        "Nothing changed"
                    </button>
                </Show>
            </p>
        </NodeForm>
    }
    .into_any()
}

/// Another day than today, for whoever is late.
#[component]
fn DayField(today: NaiveDate) -> impl IntoView {
    let state = expect_context::<FormState>();
    let typed = state.value("day", "");
    let is_wrong = state.is_wrong("day");
    let is_open = !typed.is_empty();
    view! {
        <details class="another-day" open=move || is_open || is_wrong.get()>
            <summary>"For another day"</summary>
            <label class="field" for="card-day">
                <span class="label">"Day"</span>
                <input
                    id="card-day"
                    name="day"
                    type="date"
                    max=today.to_string()
                    value=typed
                    aria-invalid=move || is_wrong.get().then_some("true")
                />
                <span class="hint">"The day that the value is of, where that is not today."</span>
                <FieldProblem name="day" />
            </label>
        </details>
    }
    .into_any()
}

/// On to the next card; a reason is kept in the conversation.
#[component]
fn Skip(node: NodeId, returned: Option<Returned>, on_done: Callback<()>) -> impl IntoView {
    let came_back = returned.as_ref().is_some_and(|returned| returned.fields.get("form") == "skip");
    view! {
        <details class="skip" open=came_back>
            <summary>"Skip"</summary>
            <NodeForm kind="skip" node returned action=format!("/check-in?card={node}") fields=&["comment"] on_done>
                <input type="hidden" name="card" value=node.to_string() />
                <LongField
                    name="comment"
                    form="skip"
                    label="Reason"
                    hint="If you like: it is kept in the conversation of the key result, which stays due."
                />
                <p class="actions">
                    <button class="button">"Skip it for now"</button>
                </p>
            </NodeForm>
        </details>
    }
    .into_any()
}
