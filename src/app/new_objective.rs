//! The page for a new objective.

use leptos::context::Provider;
use leptos::prelude::*;
use leptos_meta::Title;

use super::failure::Failure;
use super::form::field::{CheckField, LongField, SelectField, TextField, optional};
use super::form::posted;
use super::frame::TopBar;
use super::query::query_value;
use super::state::Memory;
use crate::api::node::{NewObjectivePage, read_new_objective};
use crate::api::wire::Postcard;
use crate::domain::okr::{Stance, State};

/// The page for a new objective: a root, or aligned under what the address names.
#[component]
pub fn NewObjectiveScreen() -> impl IntoView {
    let parent = query_value("parent");
    let page = Resource::<_, Postcard>::new_with_options(move || parent.get(), read_new_objective, false);
    view! {
        <Title text="A new objective – Trellis" />
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <NewObjectiveForm page /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn NewObjectiveForm(page: NewObjectivePage) -> impl IntoView {
    let NewObjectivePage { viewer, workspace, parent, choices, cycle, returned } = page;
    expect_context::<Memory>().meet(&viewer);
    let owner = viewer.id().to_string();
    let message = returned.as_ref().map(|returned| returned.problem.message.clone());
    let at_field = returned.as_ref().is_some_and(|returned| {
        returned.problem.field.as_deref().is_some_and(|field| ["title", "description", "weight"].contains(&field))
    });
    let state = posted(returned);
    let is_root = parent.is_none();
    let form = "new-objective";
    let teams = choices.teams.iter().map(|(id, name)| (id.to_string(), name.clone(), false)).collect::<Vec<_>>();
    let own = |name: fn(State) -> &'static str| {
        [State::Draft, State::Proposed, State::Agreed]
            .map(|state| (name(state).to_owned(), name(state).to_owned()))
            .to_vec()
    };
    let stances = Stance::ALL.map(|stance| (stance.name().to_owned(), stance.name().to_owned())).to_vec();
    let place = match &parent {
        Some(parent) => format!("Aligned under “{}”", parent.title),
        None => "At the root of the tree".to_owned(),
    };
    let action = parent
        .as_ref()
        .map_or_else(|| "/new-objective".to_owned(), |parent| format!("/new-objective?parent={}", parent.node));
    view! {
        <TopBar viewer workspace=Signal::stored(workspace)>
            <a class="button back" href="/tree">
                "Tree"
            </a>
        </TopBar>
        <main class="node narrow">
            <header class="node-head">
                <p class="kind">{place}</p>
                <h1>"A new objective"</h1>
                <p class="hint">"One inspiring line, without a number. Key results say how you will know; you add them next."</p>
            </header>
            <section class="card">
                <form class="form" method="post" action=action>
                    <input type="hidden" name="form" value="new-objective" />
                    <input type="hidden" name="parent" value=parent.map(|parent| parent.node.to_string()) />
                    {message
                        .filter(|_| !at_field)
                        .map(|message| {
                            view! {
                                <p class="problem" role="alert">
                                    {message}
                                </p>
                            }
                        })}
                    <Provider value=state>
                        <TextField name="title" form label="Title" required=true />
                        <LongField name="description" form label="Description" />
                        <div class="pair">
                            <SelectField name="owner" form label="Owner" options=optional("nobody yet", &choices.people) value=owner />
                            <SelectField name="cycle" form label="Cycle" options=optional("none", &choices.cycles) value=cycle />
                        </div>
                        <CheckField name="team" label="Teams" options=teams />
                        <div class="pair">
                            <SelectField name="stance" form label="Stance" options=stances value="committed" />
                            <SelectField name="state" form label="State" options=own(State::name) value="draft" />
                            <TextField name="weight" form label="Weight" value="1" />
                        </div>
                        {is_root
                            .then(|| {
                                let options = vec![("yes".to_owned(), "It stands for the whole organisation, so nothing is above it".to_owned(), true)];
                                view! { <CheckField name="company" label="Place" options /> }
                            })}
                    </Provider>
                    <p class="actions">
                        <button class="primary">"Write it down"</button>
                    </p>
                </form>
            </section>
        </main>
    }
    .into_any()
}
