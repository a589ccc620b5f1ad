//! The objectives that an objective also helps, and those that help it.

use leptos::html::Button;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;

use crate::app::past::node_address;
use crate::app::send;
use crate::app::state::Memory;
use crate::app::ui::chooser::{Chooser, Offer};
use crate::app::ui::dialog::Dialog;
use crate::app::ui::focus::keep_focus;
use crate::app::ui::icon::{Shape, icon};
use crate::domain::ids::{NodeId, ObjectiveId};
use crate::domain::node_link::NodeLink;
use crate::domain::node_view::NodeView;

/// Both lists, and a way to make and to unmake a link.
#[component]
pub(super) fn Support(view: Memo<NodeView>) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    let NodeId::Objective(id) = node else { return ().into_any() };
    let memory = expect_context::<Memory>();
    let may_edit = Memo::new(move |_| view.with(|view| view.choices.is_some()));
    let has_any = move || view.with(|view| !(view.supports.is_empty() && view.supported_by.is_empty()));
    let is_open = RwSignal::new(false);
    let opener = NodeRef::<Button>::new();
    let supported = move |link: NodeLink| {
        let label = format!("No longer support “{}”", link.title);
        let other = link.node;
        view! {
            <li>
                <a href=node_address(link.node)>{link.title}</a>
                <Show when=move || may_edit.get()>
                    <button
                        class="plain close scripted"
                        type="button"
                        aria-label=label.clone()
                        title=label.clone()
                        on:click=move |_| {
                            if let NodeId::Objective(other) = other {
                                link_up(memory, id, other, false);
                                keep_focus(move || opener.try_get_untracked()?.map(HtmlElement::from));
                            }
                        }
                    >
                        {icon(Shape::CLOSE)}
                    </button>
                </Show>
            </li>
        }
    };
    let supporter = |link: NodeLink| {
        view! {
            <li>
                <a href=node_address(link.node)>{link.title}</a>
            </li>
        }
    };
    view! {
        <Show when=move || has_any() || may_edit.get()>
            <section class="card support">
                <h2>"Support links"</h2>
                <p class="hint">"Whom else it helps, across the tree. They count in no number."</p>
                <Show when=move || view.with(|view| !view.supports.is_empty())>
                    <h3>"It supports"</h3>
                    <ul class="links">
                        <For each=move || view.with(|view| view.supports.clone()) key=|link| link.clone() children=supported />
                    </ul>
                </Show>
                <Show when=move || view.with(|view| !view.supported_by.is_empty())>
                    <h3>"It is supported by"</h3>
                    <ul class="links">
                        <For each=move || view.with(|view| view.supported_by.clone()) key=|link| link.clone() children=supporter />
                    </ul>
                </Show>
                <Show when=move || may_edit.get()>
                    <p class="actions scripted">
                        <button class="button quiet" type="button" node_ref=opener on:click=move |_| is_open.set(true)>
                            "Support an objective…"
                        </button>
                    </p>
                </Show>
                <Dialog is_open label="Support an objective" class="palette move-picker">
                    <Picker id is_open />
                </Dialog>
            </section>
        </Show>
    }
    .into_any()
}

#[component]
fn Picker(id: ObjectiveId, is_open: RwSignal<bool>) -> impl IntoView {
    let memory = expect_context::<Memory>();
    let text = RwSignal::new(String::new());
    let found =
        Memo::new(move |_| text.with(|text| memory.follow(|workspace, actor| workspace.supportable(id, text, actor))));
    let offers = move || {
        found.with(|found| {
            let offer = |it: &crate::domain::support::Supportable| Offer {
                kind: "Objective",
                title: it.title.clone(),
                context: it.context.clone(),
                obstacle: it.obstacle.clone(),
            };
            found.as_ref().map(|found| found.iter().map(offer).collect::<Vec<_>>())
        })
    };
    let on_choose = Callback::new(move |place: usize| {
        let other = found.with_untracked(|found| found.as_ref()?.get(place).map(|it| it.id));
        is_open.set(false);
        if let Some(other) = other {
            link_up(memory, id, other, true);
        }
    });
    view! {
        <Chooser
            label="Support an objective"
            placeholder="The objective that it also helps"
            text
            offers=Signal::derive(offers)
            chosen=RwSignal::new(0)
            on_choose
            on_close=Callback::new(move |()| is_open.set(false))
        />
    }
}

fn link_up(memory: Memory, id: ObjectiveId, other: ObjectiveId, supports: bool) {
    let command = memory.read(|workspace, _| workspace.support(id, other, supports));
    if let Some(command) = command {
        send::perform_at(memory, id.into(), command);
    }
}
