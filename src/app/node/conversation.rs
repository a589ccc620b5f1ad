//! What people say about a node.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlTextAreaElement};

use crate::app::form::NodeForm;
use crate::app::form::field::LongField;
use crate::app::state::Memory;
use crate::app::ui::avatar::avatar;
use crate::app::ui::moment::Moment;
use crate::domain::conversation::{CommentLine, Piece};
use crate::domain::form::Returned;
use crate::domain::ids::NodeId;
use crate::domain::node_view::NodeView;

/// The most people who are offered for a mention.
const MOST_OFFERED: usize = 5;

/// The conversation, and a field to say something.
#[component]
pub(super) fn Conversation(
    view: Memo<NodeView>,
    returned: Memo<Option<Returned>>,
    on_done: Callback<()>,
) -> impl IntoView {
    let node = view.with_untracked(|view| view.row.node);
    let memory = expect_context::<Memory>();
    let on_done = Callback::new(move |()| {
        memory.keep_unsent(node, String::new());
        on_done.run(());
    });
    let lines = move || view.with(|view| view.conversation.clone());
    let may_comment = Memo::new(move |_| view.with(|view| view.may_comment));
    let is_empty = move || view.with(|view| view.conversation.is_empty());
    view! {
        <Show when=move || may_comment.get() || !is_empty()>
            <section class="card conversation" id="conversation">
                <h2>"Conversation"</h2>
                <Show when=is_empty>
                    <p class="hint">"Nobody has said anything yet. Ask, tell, or thank: everybody reads it."</p>
                </Show>
                <ol class="comments">
                    <For each=lines key=|line| (line.id, line.age) children=comment />
                </ol>
                {move || {
                    may_comment.get().then(|| view! {
                    <NodeForm kind="comment" node returned=returned.get() fields=&["comment"] on_done>
                        <LongField name="comment" form="comment" label="Say something" hint="@ and a name mentions somebody." />
                        <Mentions node />
                        <p class="actions">
                            <button class="primary">"Send"</button>
                        </p>
                    </NodeForm>
                    })
                }}
            </section>
        </Show>
    }
    .into_any()
}

fn comment(line: CommentLine) -> impl IntoView {
    let CommentLine { pieces, by, at, age, .. } = line;
    let name = by.as_ref().map_or_else(|| "The command line".to_owned(), |by| by.name.clone());
    let piece = |Piece { text, person }| match person {
        Some(_) => view! { <span class="mention">{text}</span> }.into_any(),
        None => text.into_any(),
    };
    view! {
        <li>
            {avatar(by.as_ref())}
            <div>
                <p class="said">
                    <b>{name}</b>
                    <Moment at age />
                </p>
                <p class="note" dir="auto">
                    {pieces.into_iter().map(piece).collect_view()}
                </p>
            </div>
        </li>
    }
}

/// People whose names fit what is typed after an `@`; one that is chosen is written out. What is typed is kept until it is sent.
#[component]
fn Mentions(node: NodeId) -> impl IntoView {
    let memory = expect_context::<Memory>();
    let anchor = NodeRef::<Div>::new();
    let begun = RwSignal::new(None::<String>);
    let field = move || {
        let form = anchor.get_untracked()?.closest("form").ok().flatten()?;
        let field = form.query_selector("textarea").ok().flatten()?;
        field.dyn_into::<HtmlTextAreaElement>().ok()
    };
    Effect::new(move |_| {
        let typed = window_event_listener(leptos::ev::input, move |event| {
            let is_ours = field().is_some_and(|field| {
                let target: Element = event_target(&event);
                field.is_same_node(Some(&target))
            });
            if let Some(field) = field().filter(|_| is_ours) {
                begun.set(mention_begun(&field.value()));
                memory.keep_unsent(node, field.value());
            }
        });
        on_cleanup(move || typed.remove());
    });
    Effect::new(move |_| {
        // A form that came back says more.
        if let (Some(field), Some(unsent)) = (field().filter(|field| field.value().is_empty()), memory.unsent(node)) {
            field.set_value(&unsent);
        }
    });
    let offered = Memo::new(move |_| {
        let begun = begun.get()?;
        memory.follow(|workspace, _| {
            let fits = workspace.people().filter(|person| fits(&person.name, &begun));
            fits.take(MOST_OFFERED).map(|person| person.name.clone()).collect::<Vec<_>>()
        })
    });
    let choose = move |name: String| {
        if let (Some(field), Some(begun_with)) = (field(), begun.get_untracked()) {
            let text = field.value();
            let kept = &text[..text.len() - begun_with.len()];
            field.set_value(&format!("{kept}{name} "));
            memory.keep_unsent(node, field.value());
            // A field that cannot take the focus leaves it where it is.
            let _ = field.focus();
            begun.set(None);
        }
    };
    view! {
        <div class="mentions" node_ref=anchor role="group" aria-label="People to mention">
            {move || {
                offered.get()
                    .unwrap_or_default()
                    .into_iter()
                    .map(|name| {
                        let chosen = name.clone();
                        view! {
                            <button class="chip" type="button" on:click=move |_| choose(chosen.clone())>
                                {name}
                            </button>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
}

/// What stands after the last `@` of a text, as long as it can be the beginning of a name.
fn mention_begun(text: &str) -> Option<String> {
    let (before, begun) = text.rsplit_once('@')?;
    let begins_word = before.chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    (begins_word && begun.chars().count() <= 40 && !begun.contains('\n')).then(|| begun.to_owned())
}

/// Whether a name begins with what is typed, or one of its words does.
fn fits(name: &str, begun: &str) -> bool {
    let begun = begun.to_lowercase();
    let name = name.to_lowercase();
    name != begun.trim_end() && (name.starts_with(&begun) || name.split(' ').any(|word| word.starts_with(&begun)))
}
