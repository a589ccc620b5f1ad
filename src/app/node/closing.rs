//! The end of an objective: the form that closes it, and how it ended.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::web_sys::Element;

use super::edit::came_back;
use crate::app::form::field::{FieldProblem, LongField};
use crate::app::form::{FormState, NodeForm};
use crate::app::past::node_address;
use crate::app::ui::icon::{Shape, icon};
use crate::domain::closing_view::{Outcome, ToScore};
use crate::domain::form::Returned;
use crate::domain::ids::KeyResultId;
use crate::domain::node_view::NodeView;
use crate::domain::okr::{Stance, Verdict, judgement, mean_typed, score_text};
use crate::domain::progress::percent_of;

/// The form that closes an objective. Once opened it stays, whatever others do meanwhile, so that nothing typed is lost.
#[component]
pub(super) fn CloseSection(view: Memo<NodeView>, returned: Option<Returned>, on_done: Callback<()>) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    let is_open = RwSignal::new(came_back(returned.as_ref(), "close"));
    let is_offered = Memo::new(move |_| view.with(|view| view.to_score.is_some()));
    let lines = Memo::new(move |last: Option<&Vec<ToScore>>| {
        view.with(|view| view.to_score.clone()).or_else(|| last.cloned()).unwrap_or_default()
    });
    let stance = Memo::new(move |_| view.with(|view| view.objective.stance));
    let on_closed = Callback::new(move |()| {
        is_open.set(false);
        on_done.run(());
    });
    let on_toggle = move |event: Event| is_open.set(event_target::<Element>(&event).has_attribute("open"));
    let returned = StoredValue::new(returned);
    view! {
        <Show when=move || is_offered.get() || is_open.get()>
            <section class="card">
                <details class="close" open=move || is_open.get() on:toggle=on_toggle>
                    <summary>"Close it"</summary>
                    <p class="hint">
                        "When its time is over: score each key result from 0.0 to 1.0 and write down what was learned. Its numbers freeze then."
                    </p>
                    <NodeForm kind="close" node returned=returned.get_value() fields=&["score", "learned", "verdict"] on_done=on_closed>
                        <Scores lines stance />
                        <LongField
                            name="learned"
                            form="close"
                            label="What was learned"
                            hint="A missed stretch goal is a lesson, and this is the place for it."
                        />
                        <VerdictField />
                        <p class="actions">
                            <button class="primary">"Close the objective"</button>
                        </p>
                    </NodeForm>
                </details>
            </section>
        </Show>
    }
    .into_any()
}

/// A score for each key result, and what they are together.
#[component]
fn Scores(lines: Memo<Vec<ToScore>>, stance: Memo<Stance>) -> impl IntoView {
    let state = expect_context::<FormState>();
    let begun = |line: &ToScore| (line.id, state.value(&format!("score:{}", line.id), &offered(line)));
    let texts = RwSignal::new(lines.with_untracked(|lines| lines.iter().map(begun).collect::<Vec<_>>()));
    let text = move |line: &ToScore| {
        texts.with(|texts| texts.iter().find(|(id, _)| *id == line.id).map_or_else(|| offered(line), |it| it.1.clone()))
    };
    let on_typed = move |id: KeyResultId, text: String| {
        texts.update(|texts| {
            texts.retain(|(known, _)| *known != id);
            texts.push((id, text));
        });
    };
    let together = move || lines.with(|lines| mean_typed(lines.iter().map(|line| (line.weight, text(line)))));
    let is_empty = move || lines.with(Vec::is_empty);
    view! {
        <fieldset class="field scores">
            <legend class="label">"Scores"</legend>
            <For
                each=move || lines.get()
                key=|line| line.id
                children=move |line| {
                    let initial = untrack(|| text(&line));
                    view! { <ScoreField line lines initial on_typed /> }
                }
            />
            <p class="together">
                {move || match together() {
                    Ok(score) => {
                        view! {
                            <span class="label">"Together"</span>
                            <output>{score.map_or_else(|| "–".to_owned(), score_text)}</output>
                            <span class="hint">{judgement(score, stance.get())}</span>
                        }
                        .into_any()
                    }
                    Err(problem) => view! { <span class="hint">"Not yet: " {problem.to_string()} "."</span> }.into_any(),
                }}
            </p>
            <Show when=is_empty>
                <p class="hint">"It has no key result, so it gets no score."</p>
            </Show>
        </fieldset>
    }
    .into_any()
}

fn offered(line: &ToScore) -> String {
    line.progress.map(score_text).unwrap_or_default()
}

#[component]
fn ScoreField(
    line: ToScore,
    lines: Memo<Vec<ToScore>>,
    initial: String,
    on_typed: impl Fn(KeyResultId, String) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let ToScore { id, title, weight, .. } = line;
    let name = format!("score:{id}");
    let is_wrong = state.is_wrong(&name);
    let progress = move || lines.with(|lines| lines.iter().find(|line| line.id == id).and_then(|line| line.progress));
    let problem = state.problem();
    // What is seen now is what was seen when the form was opened or came back: then somebody looked.
    let seen = Memo::new(move |_| {
        problem.track();
        untrack(progress).map(|progress| progress.get().to_string()).unwrap_or_default()
    });
    let label_for = name.clone();
    view! {
        <label class="score" for=label_for>
            <span class="what">{title}</span>
            <span class="hint">
                {move || format!("at {}", percent_of(progress()))}
                {(weight.get() != 1).then(|| format!(", weight {}", weight.get()))}
            </span>
            <input
                id=name.clone()
                name=name.clone()
                type="text"
                inputmode="decimal"
                autocomplete="off"
                maxlength="20"
                value=initial
                aria-invalid=move || is_wrong.get().then_some("true")
                on:input=move |event| on_typed(id, event_target_value(&event))
            />
            <FieldProblem name=name />
        </label>
        <input type="hidden" name=format!("seen:{id}") value=move || seen.get() />
    }
    .into_any()
}

#[component]
fn VerdictField() -> impl IntoView {
    let state = expect_context::<FormState>();
    let choices = Verdict::ALL
        .map(|verdict| {
            let checked = state.is_chosen("verdict", verdict.name(), false);
            view! {
                <label class="check">
                    <input type="radio" name="verdict" value=verdict.name() checked=checked />
                    <span>{capitalised(verdict)} ": " <span class="hint">{verdict.meaning()}</span></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field checks">
            <legend class="label">"What becomes of it?"</legend>
            <div class="options">{choices}</div>
            <FieldProblem name="verdict" />
        </fieldset>
    }
    .into_any()
}

fn capitalised(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Keep => "Keep",
        Verdict::Adapt => "Adapt",
        Verdict::Drop => "Drop",
    }
}

/// How an objective ended.
#[component]
pub(super) fn OutcomeSection(view: Memo<NodeView>) -> impl IntoView {
    let outcome = Memo::new(move |_| view.with(|view| view.outcome.clone()));
    move || outcome.get().map(|outcome| shown(outcome).into_any())
}

fn shown(outcome: Outcome) -> impl IntoView {
    let Outcome { score, is_success, judgement, scores, learned, verdict, by, on } = outcome;
    let (tone, sign) = if is_success { ("good", Shape::ON_TRACK) } else { ("warn", Shape::BEHIND) };
    let lines = scores.into_iter().map(|(link, score)| {
        view! {
            <tr>
                <th scope="row">
                    <a href=node_address(link.node)>{link.title}</a>
                </th>
                <td>{score}</td>
            </tr>
        }
    });
    let signature = by.zip(on).map(|(by, on)| {
        let day = on.to_string();
        view! {
            <p class="hint">"Closed by " {by.name} " on " <time datetime=day.clone()>{day.clone()}</time> "."</p>
        }
    });
    view! {
        <section class="card outcome">
            <h2>"How it ended"</h2>
            <p class="big">
                <span class="visually-hidden">"Score "</span>
                <span class="now">{score}</span>
                <span class=format!("sign {tone}")>
                    {icon(sign)}
                    <span class="word">{judgement}</span>
                </span>
            </p>
            <table>
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col">"Key result"</th>
                        <th scope="col">"Score"</th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
            {(!learned.is_empty())
                .then(|| {
                    view! {
                        <h3>"What was learned"</h3>
                        <p class="note">{learned}</p>
                    }
                })}
            {verdict
                .map(|verdict| view! { <p class="verdict"><b>{capitalised(verdict)}</b> ": " {verdict.meaning()} "."</p> })}
            {signature}
        </section>
    }
}
