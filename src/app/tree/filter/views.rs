//! The menu of saved views.

use leptos::ev::SubmitEvent;
use leptos::html::{Details, Form, Input};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;

use super::Finding;
use crate::app::form::{carry_out, read};
use crate::app::keys::close_menus;
use crate::app::overlay::Overlays;
use crate::app::ui::focus::{found, keep_focus};
use crate::app::ui::icon::{Shape, icon};
use crate::domain::form::{Problem, Returned};
use crate::domain::palette::Action;
use crate::domain::view::View;
use crate::domain::view_label::ViewLabel;

/// What opens and closes the menu.
const MENU: &str = ".views > summary";

/// The menu: the views, how to change them, and how to save what is looked for now.
#[component]
pub(in crate::app::tree) fn Views(
    finding: Finding,
    /// The views that are offered.
    views: Memo<Vec<ViewLabel>>,
    /// Whether whoever looks may share views.
    may_share: bool,
    /// The form that came back, if one did.
    returned: Option<Returned>,
) -> impl IntoView {
    let menu = NodeRef::<Details>::new();
    let name = NodeRef::<Input>::new();
    let save = Callback::new(move |()| {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(true);
        }
        let field = name.get_untracked().filter(|name| !name.disabled()).map(HtmlElement::from);
        if let Some(field) = field.or_else(|| found(MENU)) {
            // A field that cannot take the focus leaves it where it is.
            let _ = field.focus();
        }
    });
    expect_context::<Overlays>().offer(vec![(Action::SaveView, save)]);
    let is_on = Memo::new(move |_| finding.filter.with(|filter| filter.is_on()));
    let came_back = returned.is_some();
    let saved = returned.clone().filter(|returned| returned.fields.get("form") == "save-view");
    let typed = saved.map(|returned| returned.fields.get("name")).unwrap_or_default();
    let problem = returned.map(|returned| returned.problem);
    let empty = move || views.with(Vec::is_empty);
    view! {
        <details class="menu views" name="facet" open=came_back node_ref=menu>
            <summary class="chip">
                {icon(Shape::VIEW)}
                "Views"
                {icon(Shape::DOWN)}
            </summary>
            <div class="menu-panel">
                <Show when=empty>
                    <p>"A view is a filter with a name, to come back to."</p>
                </Show>
                <ul aria-label="Saved views">
                    <For each=move || views.get() key=|label| label.clone() let:label>
                        <Saved finding label />
                    </For>
                </ul>
                <ViewForm finding kind="save-view" problem=problem>
                    <input type="hidden" name="query" value=move || finding.query() />
                    <label class="field">
                        <span class="label">"Save this view as"</span>
                        <input
                            type="text"
                            name="name"
                            node_ref=name
                            maxlength="300"
                            autocomplete="off"
                            required
                            value=typed
                            disabled=move || !is_on.get()
                        />
                    </label>
                    {may_share
                        .then(|| {
                            view! {
                                <label class="tick">
                                    <input type="checkbox" name="shared" disabled=move || !is_on.get() />
                                    <span>"Share it with everybody"</span>
                                </label>
                            }
                        })}
                    <button class="primary" disabled=move || !is_on.get()>
                        "Save"
                    </button>
                    <p class="hint" hidden=is_on>
                        "Look for something first: what you then see can be saved."
                    </p>
                </ViewForm>
            </div>
        </details>
    }
    .into_any()
}

/// A saved view, and how to rename and delete it.
#[component]
fn Saved(finding: Finding, label: ViewLabel) -> impl IntoView {
    let ViewLabel { view, by, may_change } = label;
    let View { id, shared, name, .. } = view.clone();
    let note = match by {
        Some(by) => format!("by {by}"),
        None if shared => "shared".to_owned(),
        None => String::new(),
    };
    let address = view.address();
    let is_current = Memo::new(move |_| finding.query() == view.query);
    let change = may_change.then(|| {
        let (id, old, summary) = (id.to_string(), name.clone(), format!("Change “{name}”"));
        let again = id.clone();
        view! {
            <details class="change">
                <summary aria-label=summary>
                    {icon(Shape::EDIT)}
                </summary>
                <ViewForm finding kind="rename-view">
                    <input type="hidden" name="view" value=id />
                    <input type="hidden" name="was" value=old.clone() />
                    <label class="field">
                        <span class="label">"Name"</span>
                        <input type="text" name="name" maxlength="300" autocomplete="off" required value=old />
                    </label>
                    <button class="button">"Rename"</button>
                </ViewForm>
                <ViewForm finding kind="remove-view">
                    <input type="hidden" name="view" value=again />
                    <button class="button danger">"Delete"</button>
                </ViewForm>
            </details>
        }
    });
    view! {
        <li data-view=id.to_string()>
            <a
                href=address
                data-noscroll=""
                aria-current=move || is_current.get().then_some("true")
                on:click=move |_| close_menus(None)
            >
                <span class="view-name" title=name.clone()>
                    {name.clone()}
                </span>
                <span class="gone">{note}</span>
            </a>
            {change}
        </li>
    }
}

/// A form about a view: posted where no script runs, and done at once where one does.
#[component]
fn ViewForm(
    finding: Finding,
    kind: &'static str,
    #[prop(optional_no_strip)] problem: Option<Problem>,
    children: Children,
) -> impl IntoView {
    let problem = RwSignal::new(problem);
    let element = NodeRef::<Form>::new();
    let on_submit = move |event: SubmitEvent| {
        let Some(form) = element.get_untracked().filter(|_| finding.memory.seq().is_some()) else { return };
        event.prevent_default();
        let fields = read(&form, event.submitter());
        match carry_out(finding.memory, None, &fields) {
            Ok(_) => {
                let _ = problem.try_set(None);
                form.reset();
                // A view that was renamed is shown anew, and one that was deleted not at all.
                let summary = format!(".views [data-view='{}'] summary", fields.get("view"));
                keep_focus(move || found(&summary).or_else(|| found(MENU)));
            }
            Err(refused) => problem.set(Some(refused)),
        }
    };
    view! {
        <form
            class="view-form"
            method="post"
            action=move || format!("/tree?{}", finding.query())
            node_ref=element
            on:submit=on_submit
        >
            <input type="hidden" name="form" value=kind />
            {children()}
            {move || {
                problem
                    .get()
                    .map(|problem| {
                        view! {
                            <p class="problem" role="alert">
                                {problem.message}
                            </p>
                        }
                    })
            }}
        </form>
    }
    .into_any()
}
