//! Why the number is what it is.

use leptos::prelude::*;

use crate::domain::node_view::{NodeView, WhyLine};

/// The contributions, their weights, what is left out and why, and the division.
#[component]
pub(super) fn WhySection(view: Memo<NodeView>) -> impl IntoView {
    let has_lines = move || view.with(|view| !view.why.contributions.is_empty());
    let body = move || {
        let why = view.with(|view| view.why.clone());
        let percent = view.with(|view| view.row.percent.clone());
        let lines = why.contributions.into_iter().map(line).collect_view();
        view! {
            <section class="card why">
                <h2>{format!("Why {percent}")}</h2>
                {why.from_check_ins
                    .then(|| view! { <p class="hint">"Its progress comes from its check-ins. What hangs under it:"</p> })}
                {why.frozen.then(|| view! { <p class="hint">"It is closed and keeps the numbers that it closed with."</p> })}
                <table>
                    <thead class="visually-hidden">
                        <tr>
                            <th scope="col">"Contribution"</th>
                            <th scope="col">"Weight and progress"</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                    {why
                        .division
                        .map(|division| {
                            view! {
                                <tfoot>
                                    <tr>
                                        <th scope="row">"Together"</th>
                                        <td>{division}</td>
                                    </tr>
                                </tfoot>
                            }
                        })}
                </table>
                {(!why.weakest.is_empty())
                    .then(|| {
                        view! { <p class="hint">{format!("Its confidence is that of the weakest: {}.", why.weakest.join(", "))}</p> }
                    })}
            </section>
        }
    };
    view! {
        <Show when=has_lines>{body}</Show>
    }
    .into_any()
}

fn line(line: WhyLine) -> impl IntoView {
    let WhyLine { link, percent, weight, left_out } = line;
    let class = if left_out.is_some() { "left-out" } else { "" };
    let number = left_out.unwrap_or_else(|| format!("{weight} × {percent}"));
    view! {
        <tr class=class>
            <th scope="row">
                <a href=crate::app::past::node_address(link.node)>{link.title}</a>
            </th>
            <td>{number}</td>
        </tr>
    }
}
