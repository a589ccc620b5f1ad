//! Opens and closes what hangs under a line.

use leptos::prelude::*;

use super::Tree;
use crate::app::ui::icon::Icon;
use crate::domain::outline::LineId;

/// The button.
#[component]
pub(super) fn Toggle(id: LineId, is_parent: Memo<bool>, is_open: Memo<bool>) -> impl IntoView {
    let tree = expect_context::<Tree>();
    view! {
        <button
            class="toggle"
            class:absent=move || !is_parent.get()
            class:open=is_open
            type="button"
            tabindex=move || tree.is_live.get().then_some("-1")
            aria-label=move || if is_open.get() { "Collapse" } else { "Expand" }
            disabled=move || !is_parent.get()
            on:click=move |event| {
                if event.alt_key() {
                    tree.turn_branch(id, !is_open.get_untracked());
                } else {
                    tree.expansion.update(|expansion| expansion.turn(id));
                }
            }
        >
            <Icon name="chevron" />
        </button>
    }
}
