//! What lies over the page until it is answered or closed.

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::Element;

/// Whether a dialog is open that is for something wanted: while it is, and no longer once the dialog was closed.
#[must_use]
pub fn open_while<T: Send + Sync + 'static>(
    wanted: RwSignal<Option<T>>,
    is_for: impl Fn(&T) -> bool + Send + Sync + 'static,
) -> RwSignal<bool> {
    let is_open = RwSignal::new(false);
    Effect::new(move |_| is_open.set(wanted.with(|wanted| wanted.as_ref().is_some_and(&is_for))));
    Effect::new(move |was_open: Option<bool>| {
        let is_open = is_open.get();
        if was_open == Some(true) && !is_open {
            wanted.set(None);
        }
        is_open
    });
    is_open
}

/// A dialog over the page: Escape, a click beside it and whatever sets `is_open` close it, and the focus goes back to
/// where it was. What it holds exists only while it is open.
#[component]
pub fn Dialog(
    /// Whether it is open.
    is_open: RwSignal<bool>,
    /// Its name.
    label: &'static str,
    /// Its class.
    class: &'static str,
    /// What it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let is_open = is_open.get();
        let Some(dialog) = dialog.get() else { return };
        if is_open && !dialog.open() {
            // Fails for nothing but a dialog that is not in the page.
            let _ = dialog.show_modal();
        } else if !is_open && dialog.open() {
            dialog.close();
        }
    });
    let on_click = move |event: leptos::ev::MouseEvent| {
        let beside = event_target::<Element>(&event).tag_name().eq_ignore_ascii_case("dialog");
        if beside {
            is_open.set(false);
        }
    };
    let children = StoredValue::new(children);
    view! {
        <dialog
            class=class
            aria-label=label
            node_ref=dialog
            on:click=on_click
            // It closes, and what it lies over must not close with it.
            on:keydown=|event| {
                if event.key() == "Escape" {
                    event.stop_propagation();
                }
            }
            on:close=move |_| is_open.set(false)
        >
            <Show when=move || is_open.get()>
                <div class="dialog-body">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
    .into_any()
}
