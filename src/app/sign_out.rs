//! Signing out, with a warning where something is not sent yet.

use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;

use super::overlay::Overlays;
use super::state::Memory;
use super::ui::dialog::{Dialog, open_while};
use super::waiting::device;

/// A button that signs out. Without script it is a form and nothing more.
#[component]
pub fn SignOut(
    /// Where it leads.
    action: &'static str,
    /// What stands on it.
    label: &'static str,
) -> impl IntoView {
    let (memory, overlays) = (expect_context::<Memory>(), expect_context::<Overlays>());
    let on_submit = move |event: SubmitEvent| {
        if untrack(|| memory.outbox().unsent()) > 0 {
            event.prevent_default();
            overlays.leaving.set(Some(action));
        }
    };
    view! {
        <form method="post" action=action on:submit=on_submit>
            <button class="plain">{label}</button>
        </form>
    }
}

/// Signs out where that was wanted: at once, or after a warning.
#[component]
pub fn SignOutDialog() -> impl IntoView {
    let (memory, overlays) = (expect_context::<Memory>(), expect_context::<Overlays>());
    let form = NodeRef::<Form>::new();
    let leave = move || {
        if let Some(form) = form.get_untracked() {
            form.set_action(overlays.leaving.get_untracked().unwrap_or("/sign-out"));
            // Fails for nothing but a form that is not in the page.
            let _ = form.submit();
        }
    };
    let is_warned = move |_: &&str| memory.outbox().unsent() > 0;
    let is_open = open_while(overlays.leaving, is_warned);
    Effect::new(move |_| {
        if overlays.leaving.get().is_some() && untrack(|| memory.outbox().unsent()) == 0 {
            leave();
        }
    });
    let words = move || match memory.outbox().unsent() {
        1 => "One change is not sent yet.".to_owned(),
        unsent => format!("{unsent} changes are not sent yet."),
    };
    view! {
        <form method="post" action="/sign-out" node_ref=form hidden></form>
        <Dialog is_open label="Sign out" class="leaving">
            <h2>"Sign out?"</h2>
            <p>{words}</p>
            <p>{format!("What waits stays on this {}, and goes out when you sign in again here.", device())}</p>
            <p class="actions">
                <button type="button" class="primary" on:click=move |_| is_open.set(false)>
                    "Stay"
                </button>
                <button type="button" class="button" on:click=move |_| leave()>
                    "Sign out anyway"
                </button>
            </p>
        </Dialog>
    }
    .into_any()
}
