//! The one text area. Leptos 0.8 writes the content of a `<textarea>` into the page as it is, so this escapes it.

use leptos::prelude::*;

/// A field for several lines of text.
#[component]
pub fn TextArea(
    /// The name in the form.
    name: &'static str,
    /// The id that its label names.
    #[prop(into)]
    id: String,
    /// What stands in it at first.
    #[prop(into)]
    value: String,
    /// How many lines show.
    #[prop(default = 3)]
    rows: u32,
    /// Whether what stands in it was refused.
    #[prop(into)]
    invalid: Signal<bool>,
) -> impl IntoView {
    view! {
        <textarea
            name=name
            id=id
            rows=rows.to_string()
            maxlength="10000"
            aria-invalid=move || invalid.get().then_some("true")
        >
            {content(value)}
        </textarea>
    }
}

/// The text as it is written between the tags: escaped on the server, where it becomes a part of the page. The line
/// break before it is the one that a browser drops after the opening tag.
fn content(text: String) -> String {
    if cfg!(feature = "ssr") {
        format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
    } else {
        text
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn rendered(value: &str) -> String {
        let value = value.to_owned();
        Owner::new().with(|| view! { <TextArea name="note" id="note" value invalid=false /> }.to_html())
    }

    #[test]
    fn nothing_breaks_out_of_it() {
        let html = rendered("</textarea><script>alert(1)</script>");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn text_stays_as_it_was_written() {
        let html = rendered("\n &lt; \"quoted\" & more");
        assert!(html.contains(">\n\n &amp;lt; \"quoted\" &amp; more"), "{html}");
    }
}
