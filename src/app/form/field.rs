//! The fields of forms: each with its label and, where it was refused, the reason.

use leptos::prelude::*;

use super::FormState;
use crate::app::ui::text_area::TextArea;

/// Why a field was refused.
#[component]
pub fn FieldProblem(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// Its id, for a field whose label does not hold it.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let problem = expect_context::<FormState>().problem_at(name);
    move || {
        problem.get().map(|message| {
            view! {
                <span id=id class="problem" role="alert">
                    {message}
                </span>
            }
        })
    }
}

/// What somebody else wrote into a field in the meantime, and the choice between the two versions.
#[component]
pub fn FieldClash(
    /// The field's name.
    name: &'static str,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let clash = state.clash_at(name.to_owned());
    move || {
        clash.get().map(|clash| {
            let author = clash.author.unwrap_or_else(|| "Somebody changed this in the meantime".to_owned());
            let theirs = if clash.theirs.is_empty() {
                view! { <em>"nothing"</em> }.into_any()
            } else {
                view! { <q>{clash.theirs}</q> }.into_any()
            };
            let choice = format!("take:{name}");
            let options = [("theirs", "Take theirs"), ("mine", "Write mine over it")].map(|(value, label)| {
                let checked = state.is_chosen(&choice, value, false);
                view! {
                    <label class="check">
                        <input type="radio" name=choice.clone() value=value checked=checked />
                        <span>{label}</span>
                    </label>
                }
            });
            view! {
                <fieldset class="clash" role="alert">
                    <legend class="problem">{author} ". What stands there now:"</legend>
                    <p class="theirs">{theirs}</p>
                    <div class="options">{options.collect_view()}</div>
                </fieldset>
            }
        })
    }
}

/// A field for one line.
#[component]
pub fn TextField(
    /// Its name in the form.
    name: &'static str,
    /// The form that it stands in, so that its id is unique in the page.
    form: &'static str,
    /// Its label.
    label: &'static str,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it must not be empty.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let is_wrong = state.is_wrong(name);
    let id = format!("{form}-{name}");
    let label_for = id.clone();
    view! {
        <label class="field" for=label_for>
            <span class="label">{label}</span>
            <input
                id=id
                name=name
                type="text"
                maxlength="300"
                autocomplete="off"
                required=required
                value=state.value(name, &value)
                aria-invalid=move || is_wrong.get().then_some("true")
            />
            {hint.map(|hint| view! { <span class="hint">{hint}</span> })}
            <FieldProblem name />
        </label>
        <FieldClash name />
    }
    .into_any()
}

/// A field for several lines.
#[component]
pub fn LongField(
    /// Its name in the form.
    name: &'static str,
    /// The form that it stands in.
    form: &'static str,
    /// Its label.
    label: &'static str,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let invalid = state.is_wrong(name);
    let id = format!("{form}-{name}");
    let label_for = id.clone();
    view! {
        <label class="field" for=label_for>
            <span class="label">{label}</span>
            <TextArea name id value=state.value(name, &value) invalid />
            {hint.map(|hint| view! { <span class="hint">{hint}</span> })}
            <FieldProblem name />
        </label>
        <FieldClash name />
    }
    .into_any()
}

/// A choice of one of several.
#[component]
pub fn SelectField(
    /// Its name in the form.
    name: &'static str,
    /// The form that it stands in.
    form: &'static str,
    /// Its label.
    label: &'static str,
    /// The values and what they are called.
    options: Vec<(String, String)>,
    /// What is chosen at first.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let chosen = state.value(name, &value);
    let id = format!("{form}-{name}");
    let label_for = id.clone();
    let options = options
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! {
                <option value=value selected=selected>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <label class="field" for=label_for>
            <span class="label">{label}</span>
            <select id=id name=name>
                {options}
            </select>
            <FieldProblem name />
        </label>
        <FieldClash name />
    }
    .into_any()
}

/// Choices with "nobody" or the like before them.
pub fn optional<Id: ToString>(none: &str, choices: &[(Id, String)]) -> Vec<(String, String)> {
    let none = (String::new(), none.to_owned());
    std::iter::once(none).chain(choices.iter().map(|(id, name)| (id.to_string(), name.clone()))).collect()
}

/// A choice of any number of several.
#[component]
pub fn CheckField(
    /// Its name in the form.
    name: &'static str,
    /// Its label.
    label: &'static str,
    /// The values, what they are called, and whether they are chosen at first.
    options: Vec<(String, String, bool)>,
) -> impl IntoView {
    let state = expect_context::<FormState>();
    let options = options
        .into_iter()
        .map(|(value, label, chosen)| {
            let checked = state.is_chosen(name, &value, chosen);
            view! {
                <label class="check">
                    <input type="checkbox" name=name value=value checked=checked />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field checks">
            <legend class="label">{label}</legend>
            <div class="options">{options}</div>
            <FieldProblem name />
            <FieldClash name />
        </fieldset>
    }
    .into_any()
}
