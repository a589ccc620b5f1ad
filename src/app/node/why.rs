//! Why the numbers are what they are.

use leptos::prelude::*;

use crate::app::past::node_address;
use crate::domain::why::{Why, WhyLine};

/// The section of a node's page; without script the numbers of the tree lead to it.
#[component]
pub(super) fn WhySection(why: Memo<Why>) -> impl IntoView {
    view! {
        <section class="card why" id="why">
            <h2>{move || why.with(|why| format!("Why {}", why.percent))}</h2>
            <WhyBody why />
        </section>
    }
    .into_any()
}

/// What gives progress, pace and confidence: the contributions, their weights, what is left out and why, and the divisions.
#[component]
pub fn WhyBody(
    /// As the domain says.
    why: Memo<Why>,
) -> impl IntoView {
    move || {
        let why = why.get();
        let has_words = why.measured.is_some();
        let table = (!why.contributions.is_empty()).then(|| {
            let lines = why.contributions.into_iter().map(line).collect_view();
            view! {
                {has_words.then(|| view! { <p class="hint">"What hangs under it:"</p> })}
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
            }
        });
        view! {
            {why.measured.map(|measured| view! { <p>{measured}</p> })}
            {why.frozen.then(|| view! { <p class="hint">"It is closed and keeps the numbers that it closed with."</p> })}
            {table}
            <dl class="signals">
                <div>
                    <dt>"Pace"</dt>
                    <dd>{why.pace}</dd>
                </div>
                <div>
                    <dt>"Confidence"</dt>
                    <dd>{why.confidence}</dd>
                </div>
            </dl>
        }
    }
}

fn line(line: WhyLine) -> impl IntoView {
    let WhyLine { link, percent, weight, left_out } = line;
    let class = if left_out.is_some() { "left-out" } else { "" };
    let number = left_out.unwrap_or_else(|| format!("{weight} × {percent}"));
    view! {
        <tr class=class>
            <th scope="row">
                <a href=node_address(link.node)><bdi>{link.title}</bdi></a>
            </th>
            <td>{number}</td>
        </tr>
    }
}
