//! Forms that work without script, and at once with it.

pub mod field;
pub mod measure;

use std::collections::VecDeque;

use leptos::context::Provider;
use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Array, try_iter};
use leptos::web_sys::{FormData, HtmlElement, HtmlFormElement};
use uuid::Uuid;

use super::outbox::MENDS;
use super::send;
use super::state::Memory;
use crate::domain::command::Command;
use crate::domain::form::{Clash, Fields, Moment, Problem, Returned, commands};
use crate::domain::ids::{MutationId, NodeId};

/// What the fields of a form need to know: why it came back and what was typed. Copies share it.
#[derive(Clone, Copy)]
pub struct FormState {
    problem: RwSignal<Option<Problem>>,
    typed: StoredValue<Option<Fields>>,
}

impl FormState {
    /// What stands in a field: what was typed, where the form came back, else `default`.
    #[must_use]
    pub fn value(self, name: &str, default: &str) -> String {
        let typed =
            self.typed.with_value(|typed| typed.as_ref().filter(|typed| typed.has(name)).map(|it| it.get(name)));
        typed.unwrap_or_else(|| default.to_owned())
    }

    /// Whether a choice that may be made more than once is made.
    #[must_use]
    pub fn is_chosen(self, name: &str, value: &str, default: bool) -> bool {
        self.typed.with_value(|typed| typed.as_ref().map_or(default, |typed| typed.all(name).any(|it| it == value)))
    }

    /// The name of what was refused and is mended by the form, if it is.
    fn mends(self) -> Option<String> {
        self.typed.with_value(|typed| typed.as_ref().filter(|typed| typed.has(MENDS)).map(|typed| typed.get(MENDS)))
    }

    /// Why the form did nothing.
    #[must_use]
    pub fn problem(self) -> Signal<Option<Problem>> {
        self.problem.into()
    }

    /// Why a field was refused.
    #[must_use]
    pub fn problem_at(self, name: String) -> Signal<Option<String>> {
        let problem = self.problem;
        Signal::derive(move || {
            problem.with(|problem| {
                let problem = problem.as_ref().filter(|problem| problem.field.as_deref() == Some(&name));
                problem.map(|problem| problem.message.clone())
            })
        })
    }

    /// What somebody else wrote into a field in the meantime.
    #[must_use]
    pub fn clash_at(self, name: String) -> Signal<Option<Clash>> {
        let problem = self.problem;
        Signal::derive(move || {
            problem.with(|problem| problem.as_ref()?.clashes.iter().find(|clash| clash.field == name).cloned())
        })
    }

    /// Whether a field was refused, for either reason.
    #[must_use]
    pub fn is_wrong(self, name: &str) -> Signal<bool> {
        let (problem, clash) = (self.problem_at(name.to_owned()), self.clash_at(name.to_owned()));
        Signal::derive(move || problem.with(Option::is_some) || clash.with(Option::is_some))
    }
}

/// What the forms of a page sent, so that one comes back as it was where the server refuses it after all.
#[derive(Clone, Copy, Default)]
pub struct Sent(StoredValue<VecDeque<(MutationId, Fields)>>);

impl Sent {
    /// The most forms that are remembered. The server answers long before there are more.
    const KEPT: usize = 20;

    fn remember(self, mutation: MutationId, fields: Fields) {
        self.0.update_value(|sent| {
            sent.push_back((mutation, fields));
            if sent.len() > Self::KEPT {
                sent.pop_front();
            }
        });
    }

    /// What was sent last.
    #[must_use]
    pub fn last(self) -> Option<MutationId> {
        self.0.with_value(|sent| sent.back().map(|(mutation, _)| *mutation))
    }

    /// The form that was sent so.
    #[must_use]
    pub fn form(self, mutation: MutationId) -> Option<Fields> {
        self.0.with_value(|sent| sent.iter().find(|(known, _)| *known == mutation).map(|(_, fields)| fields.clone()))
    }
}

/// A form about a node. Without script it is posted to the node's page; with it, what it says is so at once.
#[component]
pub fn NodeForm(
    /// Which form it is.
    kind: &'static str,
    /// What it is about.
    node: NodeId,
    /// The form of the page that came back, if one did.
    returned: Option<Returned>,
    /// Where it is posted to without script, if not to the node's page.
    #[prop(optional, into)]
    action: Option<String>,
    /// The fields that it has, up to a colon, for problems to stand at; others stand above the form.
    fields: &'static [&'static str],
    /// What happens once it is done, with script.
    on_done: Callback<()>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let memory = expect_context::<Memory>();
    let returned = returned.filter(|returned| returned.fields.get("form") == kind);
    let (typed, problem) = returned.map(|returned| (returned.fields, returned.problem)).unzip();
    let state = FormState { problem: RwSignal::new(problem), typed: StoredValue::new(typed) };
    let element = NodeRef::<Form>::new();
    let sent = use_context::<Sent>();
    // What is sent before the workspace is here waits for it: there may be no network to post it over.
    let held = RwSignal::new(None::<Fields>);
    let act = move |fields: Fields| {
        let Some(form) = element.get_untracked() else { return };
        match carry_out(memory, Some(node), &fields) {
            Ok(mutation) => {
                state.problem.set(None);
                form.reset();
                if let Ok(mended) = fields.get(MENDS).parse() {
                    send::discard(memory, mended);
                }
                if let (Some(sent), Some(mutation)) = (sent, mutation) {
                    sent.remember(mutation, fields);
                }
                on_done.run(());
            }
            Err(problem) => {
                state.typed.set_value(Some(fields));
                state.problem.set(Some(problem));
                // Once it is told.
                request_animation_frame(move || lead_to_problem(&form));
            }
        }
    };
    let on_submit = move |event: SubmitEvent| {
        let Some(form) = element.get_untracked() else { return };
        event.prevent_default();
        let fields = read(&form, event.submitter());
        if memory.seq().is_some() {
            return act(fields);
        }
        held.set(Some(fields));
        let words = "The page is still loading. What you typed is saved as soon as it is here: leave the page open.";
        state.problem.set(Some(Problem::general(words)));
    };
    Effect::new(move |_| {
        if memory.is_loaded().get()
            && let Some(fields) = held.try_update_untracked(Option::take).flatten()
        {
            act(fields);
        }
    });
    let general = move || {
        let stands_at_field = |field: &str| fields.contains(&field.split(':').next().unwrap_or(field));
        state.problem.get().filter(|problem| !problem.field.as_deref().is_some_and(stands_at_field))
    };
    view! {
        <form
            class="form"
            class:failed=move || state.problem.with(Option::is_some)
            method="post"
            action=action.unwrap_or_else(|| format!("/node/{node}"))
            node_ref=element
            on:submit=on_submit
        >
            <input type="hidden" name="form" value=kind />
            {state.mends().map(|mended| view! { <input type="hidden" name=MENDS value=mended /> })}
            {move || {
                general()
                    .map(|problem| {
                        view! {
                            <p class="problem" role="alert">
                                {problem.message}
                            </p>
                        }
                    })
            }}
            <Provider value=state>{children()}</Provider>
        </form>
    }
    .into_any()
}

/// Leads to the first field that was refused, or else to the words that say why: they may be out of sight.
fn lead_to_problem(form: &HtmlFormElement) {
    let find = |selector| form.query_selector(selector).ok().flatten();
    if let Some(field) = find("[aria-invalid=true]").and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // A field that cannot take the focus leaves it where it is.
        let _ = field.focus();
    } else if let Some(problem) = find(".problem") {
        problem.scroll_into_view();
    }
}

/// Provides what fields need in a form that only the server reads.
#[must_use]
pub fn posted(returned: Option<Returned>) -> FormState {
    let (typed, problem) = returned.map(|returned| (returned.fields, returned.problem)).unzip();
    FormState { problem: RwSignal::new(problem), typed: StoredValue::new(typed) }
}

/// Does at once what a form asks for, about a node or about the whole workspace. Returns under which name that is sent;
/// none where nothing is to be done.
///
/// # Errors
/// What is wrong, for the person.
pub fn carry_out(memory: Memory, node: Option<NodeId>, fields: &Fields) -> Result<Option<MutationId>, Problem> {
    let still_loading = || Problem::general("The page is still loading. Try again in a moment.");
    let commands = wanted(memory, node, fields).ok_or_else(still_loading)??;
    if commands.is_empty() {
        return Ok(None);
    }
    let mutation = MutationId(Uuid::now_v7());
    send::perform(memory, mutation, commands, Some(fields.clone()))
        .map(|()| Some(mutation))
        .map_err(|refusal| refusal.map_or_else(still_loading, Problem::from))
}

/// What a form asks for; `None` where the workspace is not here yet.
fn wanted(memory: Memory, node: Option<NodeId>, fields: &Fields) -> Option<Result<Vec<Command>, Problem>> {
    let now = memory.now();
    let read = memory.read(|workspace, actor| {
        commands(workspace, node, fields, &mut Moment { now, actor, new_id: &mut Uuid::now_v7 })
    });
    read.map(|read| {
        read.map_err(|mut problem| {
            for clash in &mut problem.clashes {
                clash.author = memory.author(&clash.edit);
            }
            problem
        })
    })
}

/// What others have written into the fields of a form meanwhile, as far as is known here; `None` where that is nothing.
#[must_use]
pub fn clashes_of(memory: Memory, node: NodeId, fields: &Fields) -> Option<Problem> {
    wanted(memory, Some(node), fields)?.err().filter(|problem| !problem.clashes.is_empty())
}

/// The names and values of a form and of the button that sends it, as a browser would send them.
pub fn read(form: &HtmlFormElement, button: Option<HtmlElement>) -> Fields {
    let entries = FormData::new_with_form(form).ok().and_then(|data| try_iter(data.as_ref()).ok().flatten());
    let pair = |entry: JsValue| {
        let pair = entry.dyn_into::<Array>().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    let button = button.and_then(|button| Some((button.get_attribute("name")?, button.get_attribute("value")?)));
    Fields(entries.into_iter().flatten().filter_map(|entry| pair(entry.ok()?)).chain(button).collect())
}
