//! How close the rows stand, as this browser keeps it: in a cookie, so that a page comes from the server as it shall look.

use leptos::prelude::*;
use leptos::web_sys::Event;

/// The cookie's name.
const COOKIE: &str = "trellis-density";

/// The attribute of the root element that the style sheet goes by.
const ATTRIBUTE: &str = "data-density";

/// How close the rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// With room around them.
    #[default]
    Comfortable,
    /// As many on a screen as can be read.
    Compact,
}

impl Density {
    const ALL: [Self; 2] = [Self::Comfortable, Self::Compact];

    /// As the cookie and the style sheet name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Comfortable => "Comfortable",
            Self::Compact => "Compact",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|density| density.name() == name)
    }

    /// What the page is rendered with: what the request's cookie says, and in the browser what the page says.
    #[must_use]
    pub fn of_page() -> Self {
        #[cfg(feature = "ssr")]
        let name = use_context::<axum::http::request::Parts>().and_then(|parts| {
            let cookies = parts.headers.get(axum::http::header::COOKIE)?.to_str().ok()?;
            let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
            pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
        });
        #[cfg(not(feature = "ssr"))]
        let name = document().document_element().and_then(|root| root.get_attribute(ATTRIBUTE));
        name.as_deref().and_then(Self::from_name).unwrap_or_default()
    }

    /// Has the rows stand so from now on.
    fn take(self) {
        if let Some(root) = document().document_element() {
            // Fails for nothing but a name that is no attribute's.
            let _ = root.set_attribute(ATTRIBUTE, self.name());
        }
        #[cfg(feature = "hydrate")]
        keep(self);
        // Whatever goes by the height of rows measures them again.
        if let Ok(event) = Event::new("resize") {
            let _ = window().dispatch_event(&event);
        }
    }
}

#[cfg(feature = "hydrate")]
fn keep(density: Density) {
    use wasm_bindgen::JsCast;

    if let Ok(document) = document().dyn_into::<web_sys::HtmlDocument>() {
        // A browser that keeps nothing begins with the default on the next page.
        let _ = document.set_cookie(&format!("{COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax", density.name()));
    }
}

/// The choice.
#[component]
pub fn DensityChoice() -> impl IntoView {
    let chosen = RwSignal::new(Density::of_page());
    view! {
        <div class="density scripted" role="group" aria-label="Rows">
            {Density::ALL
                .map(|density| {
                    view! {
                        <button
                            type="button"
                            class="plain"
                            aria-pressed=move || (chosen.get() == density).to_string()
                            on:click=move |_| {
                                chosen.set(density);
                                density.take();
                            }
                        >
                            {density.label()}
                        </button>
                    }
                })}
        </div>
    }
    .into_any()
}
