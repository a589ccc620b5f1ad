//! The page for check-ins: what is due from whoever looks, one card at a time, and what came of it.

#[cfg(feature = "hydrate")]
mod begun;
mod card;
mod confidence;
mod meeting;
mod outcome;
mod value;

use leptos::prelude::*;
use leptos_meta::Title;

use self::card::CardOf;
pub use self::meeting::MeetingScreen;
use self::outcome::OutcomeOf;
use super::failure::Failure;
use super::form::Sent;
use super::frame::TopBar;
use super::outbox::MENDS;
use super::query::query_value;
use super::state::Memory;
use super::waiting::place_words;
use crate::api::check_in::{CheckInPage, read_check_in};
use crate::api::wire::Postcard;
use crate::domain::form::{Problem, Returned};
use crate::domain::ids::NodeId;

/// The form of a card that the server refused after the next card was shown.
#[derive(Clone, Copy)]
struct Bounced(RwSignal<Option<Returned>>);

/// The key result whose card is shown, if one is.
#[derive(Clone, Copy)]
struct Shown(StoredValue<Option<NodeId>>);

/// The page for check-ins.
#[component]
pub fn CheckInScreen() -> impl IntoView {
    let memory = expect_context::<Memory>();
    let (card, after, mend) = (query_value("card"), query_value("after"), query_value("mend"));
    let asked = Memo::new(move |_| (card.get(), after.get(), mend.get()));
    let outdated = RwSignal::new(0_u32);
    let page = Resource::<_, Postcard>::new_with_options(
        move || (asked.get(), outdated.get()),
        // What is here needs no server, which may not know yet what was just said.
        move |((card, after, _), _)| async move {
            match memory.check_in_page(card.as_deref(), after.as_deref()) {
                Some(page) => Ok(page),
                None => read_check_in(card, after).await,
            }
        },
        false,
    );
    let sent = Sent::default();
    provide_context(sent);
    let bounced = Bounced(RwSignal::new(None));
    provide_context(bounced);
    let shown = Shown(StoredValue::new(None));
    provide_context(shown);
    Effect::new(move |is_later: Option<bool>| {
        memory.restored().track();
        let (card, after, mend) = asked.get_untracked();
        let page = memory.check_in_page(card.as_deref(), after.as_deref()).filter(|_| is_later == Some(true));
        if let Some(page) = page {
            // The page may be one that the browser kept of an earlier time, or something was said that it does not know of.
            let next = page.view.card.map(|card| card.view.row.node);
            if mend.is_some() || (shown.0.get_value() != next && !is_begun()) {
                outdated.update(|times| *times += 1);
            } else {
                #[cfg(feature = "hydrate")]
                super::covered::uncover();
            }
        }
        true
    });
    Effect::new(move |_| {
        if let Some((mutation, refusal)) = memory.refused().get()
            && let Some(mut fields) = sent.form(mutation)
        {
            memory.refused().set(None);
            fields.0.push((MENDS.to_owned(), mutation.to_string()));
            bounced.0.set(Some(Returned { fields, problem: Problem::from(refusal) }));
        }
    });
    view! {
        <Title text="Check in – Trellis" />
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <CheckInOf page memory /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

/// Whether somebody is about to fill a card in, which must not be taken away then.
fn is_begun() -> bool {
    document()
        .active_element()
        .is_some_and(|focused| focused.closest(".check-in-card form").is_ok_and(|form| form.is_some()))
}

#[component]
fn CheckInOf(page: CheckInPage, memory: Memory) -> impl IntoView {
    let CheckInPage { viewer, view, returned } = page;
    memory.meet(&viewer);
    let person = viewer.id();
    let workspace = view.workspace.clone();
    let was_saved = query_value("done").get_untracked().as_deref() == Some("check-in");
    let (today, due) = (view.today, view.due);
    #[cfg(feature = "hydrate")]
    if memory.is_loaded().get_untracked() {
        // It is made of what is here.
        Effect::new(move |_| super::covered::uncover());
    }
    expect_context::<Shown>().0.set_value(view.card.as_ref().map(|card| card.view.row.node));
    let body = match view.card {
        Some(card) => {
            let left = due.iter().filter(|id| NodeId::from(**id) != card.view.row.node).count();
            view! { <CardOf card today left returned memory /> }.into_any()
        }
        None => {
            let shipped = view.outcome.unwrap_or_default();
            view! { <OutcomeOf shipped due=due.len() person memory /> }.into_any()
        }
    };
    view! {
        <TopBar viewer workspace=Signal::stored(workspace)>
            <a class="button back" href="/tree">
                "Tree"
            </a>
        </TopBar>
        <main class="check-in">
            <p role="status">
                {was_saved.then(|| view! { <span class="saved">"Saved."</span> })} <WhereItIs memory />
            </p>
            <BouncedNote memory />
            {body}
        </main>
    }
    .into_any()
}

/// Says where the card is that was filled in last.
#[component]
fn WhereItIs(memory: Memory) -> impl IntoView {
    let sent = expect_context::<Sent>();
    move || {
        let last = sent.last()?;
        let items = memory.outbox().items();
        let words = items
            .with(|items| items.iter().find(|item| item.mutation == last).map(|item| place_words(memory, item)))?;
        Some(view! { <span class="where-it-is">{words}</span> })
    }
}

/// Says that a card did not go through after all, and leads back to it.
#[component]
fn BouncedNote(memory: Memory) -> impl IntoView {
    let bounced = expect_context::<Bounced>().0;
    let here = query_value("card");
    move || {
        bounced.get().and_then(|returned| {
            let card = returned.fields.get("card");
            // Its own card says so itself.
            let is_here = here.get().as_ref() == Some(&card);
            let title = memory.read(|workspace, _| {
                let node = workspace.node_named(&card)?;
                workspace.node_title(node).map(str::to_owned)
            });
            (!is_here).then(|| {
                view! {
                    <p class="problem" role="alert">
                        {format!("“{}”: {} ", title.flatten().unwrap_or_default(), returned.problem.message)}
                        <a href=format!("/check-in?card={card}")>"Go back to it; what you typed is kept"</a>
                    </p>
                }
            })
        })
    }
}
