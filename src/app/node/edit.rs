//! The forms that edit a node and add to it.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::Element;

use crate::app::form::field::{CheckField, LongField, SelectField, TextField, optional};
use crate::app::form::measure::MeasureFields;
use crate::app::form::{FormState, NodeForm};
use crate::domain::encoded::to_text;
use crate::domain::form::Returned;
use crate::domain::ids::{PersonId, TeamId};
use crate::domain::node_view::{Choices, NodeView};
use crate::domain::okr::{Counts, DrivenBy, KeyResult, Objective, Stance, State};
use crate::domain::progress::Weight;

/// Whether the form that came back is of that kind.
pub(super) fn came_back(returned: Option<&Returned>, kind: &str) -> bool {
    returned.is_some_and(|returned| returned.fields.get("form") == kind)
}

/// Names as choices.
pub(super) fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Vec<(String, String)> {
    all.iter().map(|one| (name(*one).to_owned(), name(*one).replace('_', " "))).collect()
}

/// All teams, with those that are chosen.
pub(crate) fn team_choices(choices: &Choices, chosen: &[TeamId]) -> Vec<(String, String, bool)> {
    choices.teams.iter().map(|(id, name)| (id.to_string(), name.clone(), chosen.contains(id))).collect()
}

/// The form for everything that stands in the head of the page. It carries along what it showed when it was opened, so
/// that nobody's words are overwritten unseen.
#[component]
pub(super) fn EditSection(view: Memo<NodeView>, returned: Option<Returned>, on_done: Callback<()>) -> impl IntoView {
    let edition = RwSignal::new(0_u32);
    let opened = came_back(returned.as_ref(), "edit");
    let is_open = RwSignal::new(opened);
    let returned = RwSignal::new(returned);
    let on_saved = Callback::new(move |()| {
        is_open.set(false);
        on_done.run(());
    });
    let on_toggle = move |event: Event| is_open.set(event_target::<Element>(&event).has_attribute("open"));
    // The form is made anew by the click that opens it. The toggle event comes some frames after the form is seen, when
    // something may have been selected or typed in it already.
    let on_click = move |_| {
        if !is_open.get_untracked() {
            returned.set(None);
            edition.update(|edition| *edition += 1);
        }
    };
    let form = move || {
        edition.track();
        let (view, returned) = (view.get_untracked(), returned.get_untracked());
        let choices = view.choices.clone()?;
        let node = view.row.node;
        let was = match &view.key_result {
            Some(key_result) => to_text(key_result),
            None => to_text(&view.objective),
        };
        // A form that came back carries along what it carried before.
        let was = returned
            .as_ref()
            .filter(|it| it.fields.get("form") == "edit")
            .map_or_else(|| was.unwrap_or_default(), |it| it.fields.get("was"));
        Some(view! {
            <NodeForm kind="edit" node returned fields=EDITED on_done=on_saved>
                <input type="hidden" name="was" value=was />
                <Shown />
                {match view.key_result {
                    Some(key_result) => view! { <KeyResultFields form="edit" key_result choices /> }.into_any(),
                    None => view! { <ObjectiveFields form="edit" objective=view.objective choices /> }.into_any(),
                }}
                <p class="actions">
                    <button class="primary">"Save"</button>
                </p>
            </NodeForm>
        })
    };
    let may_edit = Memo::new(move |_| view.with(|view| view.choices.is_some()));
    view! {
        <Show when=move || may_edit.get() || is_open.get()>
            <section class="card" id="edit">
                <details class="edit" open=move || is_open.get() on:toggle=on_toggle>
                    <summary on:click=on_click>"Edit"</summary>
                    {form}
                </details>
            </section>
        </Show>
    }
    .into_any()
}

/// The fields that problems may stand at.
pub(super) const EDITED: &[&str] = &[
    "title",
    "description",
    "owner",
    "team",
    "cycle",
    "stance",
    "counts",
    "weight",
    "measure",
    "baseline",
    "target",
    "unit",
    "steps",
    "driven_by",
];

/// Carries along what was shown of a clash, since a choice holds for that alone.
#[component]
pub(super) fn Shown() -> impl IntoView {
    let problem = expect_context::<FormState>().problem();
    view! { <input type="hidden" name="now" value=move || problem.with(|problem| problem.as_ref()?.now.clone()) /> }
}

#[component]
fn Wording(form: &'static str, title: String, description: String) -> impl IntoView {
    view! {
        <TextField name="title" form label="Title" value=title required=true />
        <LongField name="description" form label="Description" value=description />
    }
}

#[component]
fn OwnerField(form: &'static str, choices: Choices, owner: Option<PersonId>) -> impl IntoView {
    let options = optional("nobody yet", &choices.people);
    view! { <SelectField name="owner" form label="Owner" options value=text(owner) /> }
}

#[component]
fn WeightField(form: &'static str, weight: Weight) -> impl IntoView {
    view! {
        <TextField name="weight" form label="Weight" value=weight.get().to_string() hint="0 to 1000; 0 counts nowhere" />
    }
}

fn text<Id: ToString>(id: Option<Id>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

#[component]
fn ObjectiveFields(form: &'static str, objective: Objective, choices: Choices) -> impl IntoView {
    let teams = team_choices(&choices, &objective.teams);
    let cycles = optional("none", &choices.cycles);
    view! {
        <Wording form title=objective.title.clone() description=objective.description.clone() />
        <div class="pair">
            <OwnerField form choices owner=objective.owner />
            <SelectField name="cycle" form label="Cycle" options=cycles value=text(objective.cycle) />
        </div>
        <CheckField name="team" label="Teams" options=teams />
        <CountingFields form objective />
    }
    .into_any()
}

/// What success means, what counts in an objective, and how much it counts.
#[component]
pub(super) fn CountingFields(form: &'static str, objective: Objective) -> impl IntoView {
    view! {
        <div class="pair">
            <SelectField name="stance" form label="Stance" options=named(&Stance::ALL, Stance::name) value=objective.stance.name() />
            <SelectField name="counts" form label="What counts in it" options=named(&Counts::ALL, Counts::name) value=objective.counts.name() />
            <WeightField form weight=objective.weight />
        </div>
    }
    .into_any()
}

/// How a key result is measured, and how much it counts.
#[component]
pub(super) fn MeasuringFields(form: &'static str, key_result: KeyResult) -> impl IntoView {
    view! {
        <MeasureFields form measure=Some(key_result.measure) unit=key_result.unit />
        <div class="pair">
            <SelectField name="driven_by" form label="Driven by" options=named(&DrivenBy::ALL, DrivenBy::name) value=key_result.driven_by.name() />
            <WeightField form weight=key_result.weight />
        </div>
    }
    .into_any()
}

#[component]
fn KeyResultFields(form: &'static str, key_result: KeyResult, choices: Choices) -> impl IntoView {
    let teams = optional("as the objective", &choices.teams);
    view! {
        <Wording form title=key_result.title.clone() description=key_result.description.clone() />
        <div class="pair">
            <OwnerField form choices owner=key_result.owner />
            <SelectField name="team" form label="Team" options=teams value=text(key_result.team) />
        </div>
        <MeasuringFields form key_result />
    }
    .into_any()
}

/// Another key result for an objective, and another objective under it, for as long as it takes them.
#[component]
pub(super) fn NewKeyResult(view: Memo<NodeView>, returned: Option<Returned>, on_done: Callback<()>) -> impl IntoView {
    let returned = StoredValue::new(returned);
    let may_grow = Memo::new(move |_| view.with(|view| view.choices.is_some()));
    let section = move || {
        let choices = view.with_untracked(|view| view.choices.clone()).unwrap_or_default();
        view! { <NewKeyResultForm view choices returned=returned.get_value() on_done /> }
    };
    view! { <Show when=move || may_grow.get()>{section}</Show> }.into_any()
}

#[component]
fn NewKeyResultForm(
    view: Memo<NodeView>,
    choices: Choices,
    returned: Option<Returned>,
    on_done: Callback<()>,
) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    let opened = came_back(returned.as_ref(), "new-key-result");
    let form = "new-key-result";
    let teams = optional("as the objective", &choices.teams);
    view! {
        <section class="card">
            <h2>"Grow it"</h2>
            <details open=opened>
                <summary>"Add a key result"</summary>
                <NodeForm kind="new-key-result" node returned fields=EDITED on_done>
                    <TextField name="title" form label="Title" hint="What will be different, in a way that can be measured." required=true />
                    <MeasureFields form measure=None />
                    <div class="pair">
                        <OwnerField form choices owner=None />
                        <SelectField name="team" form label="Team" options=teams />
                        <TextField name="weight" form label="Weight" value="1" />
                    </div>
                    <LongField name="description" form label="Description" />
                    <p class="actions">
                        <button class="primary">"Add the key result"</button>
                    </p>
                </NodeForm>
            </details>
            <p>
                <a href=format!("/new-objective?parent={node}")>"Align an objective under it"</a>
            </p>
        </section>
    }
    .into_any()
}

/// The states that the objective may go to.
#[component]
pub(super) fn StateSection(view: Memo<NodeView>, returned: Option<Returned>, on_done: Callback<()>) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    let returned = StoredValue::new(returned);
    let states = Memo::new(move |_| view.with(|view| (view.objective.state, view.next_states.clone())));
    move || {
        let (state, next) = states.get();
        (!next.is_empty()).then(|| {
            let buttons = next.into_iter().map(move |next| {
                let class = if next == State::Dropped { "chip danger" } else { "chip" };
                view! {
                    <button class=class name="state" value=next.name()>
                        {step(state, next)}
                    </button>
                }
            });
            view! {
                <section class="card">
                    <h2>{format!("State: {}", state.name())}</h2>
                    <NodeForm kind="state" node returned=returned.get_value() fields=&[] on_done>
                        <input type="hidden" name="was" value=state.name() />
                        <p class="actions">{buttons.collect_view()}</p>
                    </NodeForm>
                </section>
            }
        })
    }
}

fn step(from: State, to: State) -> &'static str {
    match (from, to) {
        (State::Agreed | State::Closed, State::Proposed) => "Back to proposed",
        (_, State::Draft) => "Back to draft",
        (_, State::Proposed) => "Propose",
        (_, State::Agreed) => "Agree",
        (_, State::Dropped) => "Drop",
        (_, State::Closed) => "Close",
    }
}
