//! What an empty workspace teaches.

use leptos::prelude::*;

/// Three ways to begin.
#[component]
pub(super) fn EmptyWorkspace(
    /// Whether whoever looks may write objectives.
    may_write: bool,
) -> impl IntoView {
    view! {
        <section class="welcome">
            <h2>"Nothing grows here yet"</h2>
            <p>
                "Trellis keeps objectives and key results in one tree: what the organisation wants to reach, how it will know, and how every team's work leads there."
            </p>
            <ol class="ways">
                {may_write
                    .then(|| {
                        view! {
                            <li>
                                <h3>"Write the first objective"</h3>
                                <p>"One inspiring line, without a number. Key results say how you will know."</p>
                                <a class="button primary" href="/new-objective">"Write an objective"</a>
                            </li>
                        }
                    })}
                <li>
                    <h3>"Bring a table"</h3>
                    <p>
                        "Whoever runs the server imports a CSV file; it is all or nothing, and every defect is told by row and column."
                    </p>
                    <code>"trellis import okrs.csv"</code>
                </li>
                <li>
                    <h3>"Look at the example company"</h3>
                    <p>"A year of a made-up company, with a story, in a database of its own."</p>
                    <code>"trellis demo"</code>
                </li>
            </ol>
        </section>
    }
}
