//! The cells of a line, as markup: a browser makes a row of text much quicker than of forty elements, one after the other.

use maud::{Markup, html};

use super::act::{Act, Changed, TAB_INDEX, asked, changeable};
use super::guides::indent;
use super::inset::slot;
use super::value::current;
use crate::app::ui::avatar::avatar;
use crate::app::ui::icon::{Shape, icon};
use crate::app::ui::marked::marked;
use crate::app::ui::meter::{bar, ring};
use crate::app::ui::signs::{confidence_sign, status_sign};
use crate::domain::filter::Words;
use crate::domain::ids::NodeId;
use crate::domain::outline::Line;
use crate::domain::possibility::ChosenField;
use crate::domain::row::{Age, Row};

/// The cells of a row, in order.
pub(super) type Cells = Vec<String>;

/// What the cells of a line show.
pub(super) struct Shown<'a> {
    pub row: &'a Row,
    pub line: Line,
    /// Whether what hangs under it shows.
    pub is_open: bool,
    /// The address of its page.
    pub page: &'a str,
    /// What is looked for in titles.
    pub words: &'a Words,
    /// Who changed it just now.
    pub by: Option<String>,
    /// The number that a move would make of it.
    pub would_be: Option<String>,
    /// What it moved since the day that the tree is compared with.
    pub moved: Option<Markup>,
    /// Whether a field stands in place of its title.
    pub is_renamed: bool,
    /// Whether a field stands in place of its value.
    pub is_edited: bool,
}

/// The cells of an objective or a key result.
pub(super) fn cells(shown: &Shown) -> Cells {
    let row = shown.row;
    let cells = [
        name(shown),
        progress(shown),
        value(row, shown.is_edited),
        html! { div.cell.pace role="gridcell" { (asked(shown.page, status_sign(row.status))) } },
        html! { div.cell.confidence role="gridcell" { (asked(shown.page, confidence_sign(row.confidence))) } },
        checked(row),
        html! {
            div.cell.owner role="gridcell" {
                (changeable(row, Changed::Field(ChosenField::Owner), avatar(row.owner.as_ref())))
            }
        },
    ];
    cells.map(Markup::into_string).into()
}

/// The only cell of the branch of what is unaligned.
pub(super) fn unaligned(line: Line, is_open: bool) -> Cells {
    let cell = html! {
        div.cell.name role="gridcell" aria-colspan="7" {
            (toggle(line, is_open))
            span.title { "Unaligned" }
            span.below { (line.below) " lines that lead to nothing above them yet" }
        }
    };
    vec![cell.into_string()]
}

/// The way in, the title, and what stands beside it: the state, the weight, how much it supports, who changed it just now,
/// and the teams.
fn name(shown: &Shown) -> Markup {
    let row = shown.row;
    html! {
        div.cell.name role="gridcell" {
            (indent(&shown.line))
            (toggle(shown.line, shown.is_open))
            span.grip { (sign(row)) }
            (title(shown))
            (slot())
            @if let Some(state) = row.state {
                (changeable(row, Changed::Field(ChosenField::State), html! { span.state { (state.name()) } }))
            }
            @if let Some(weight) = row.weight { (changeable(row, Changed::Numbers, times(weight))) }
            (supports(row.supports))
            @if let Some(by) = &shown.by { span.by { (by) ", just now" } }
            (teams(row))
            button.more.scripted type="button" data-act=(Act::Menu.name()) tabindex="-1" aria-label="Actions" aria-haspopup="menu" {}
        }
    }
}

/// What it is: a ring that fills, or a diamond.
fn sign(row: &Row) -> Markup {
    match row.node {
        NodeId::Objective(_) => ring(row.progress),
        NodeId::KeyResult(_) => html! {
            svg.ring viewBox="0 0 16 16" aria-hidden="true" {
                path.diamond d="M8 5 11 8 8 11 5 8z" {}
            }
        },
    }
}

/// Opens and closes what hangs under a line.
fn toggle(line: Line, is_open: bool) -> Markup {
    let label = if is_open { "Collapse" } else { "Expand" };
    html! {
        @if line.below == 0 {
            span.toggle {}
        } @else {
            button.toggle type="button" data-act=(Act::Toggle.name()) tabindex=[TAB_INDEX] aria-label=(label) {
                (icon(Shape::CHEVRON))
            }
        }
    }
}

fn title(Shown { row, page, words, is_renamed, .. }: &Shown) -> Markup {
    let kind = match row.node {
        NodeId::Objective(_) => "Objective: ",
        NodeId::KeyResult(_) => "Key result: ",
    };
    html! {
        a.title href=(page) title=(row.title) data-act=(Act::Open.name()) tabindex=[TAB_INDEX] hidden[*is_renamed] {
            span.visually-hidden { (kind) }
            bdi { (marked(words, &row.title)) }
        }
    }
}

fn times(weight: u16) -> Markup {
    html! {
        span.state {
            span aria-hidden="true" { "×\u{2009}" (weight) }
            span.visually-hidden { "weight " (weight) }
        }
    }
}

fn supports(count: u32) -> Markup {
    let words = match count {
        0 => return Markup::default(),
        1 => "Supports an objective elsewhere".to_owned(),
        count => format!("Supports {count} objectives elsewhere"),
    };
    html! {
        span.supports title=(words) {
            (icon(Shape::SUPPORT))
            span.visually-hidden { (words) }
            span aria-hidden="true" { (count) }
        }
    }
}

/// The leading team, and how many others there are.
fn teams(row: &Row) -> Markup {
    let Some((leading, others)) = row.teams.split_first() else { return Markup::default() };
    let teams = html! {
        span.team dir="auto" title=(row.teams.join(", ")) {
            span {
                (leading)
                @if !others.is_empty() { " +" (others.len()) }
            }
        }
    };
    changeable(row, Changed::Field(ChosenField::Teams), teams)
}

/// How far it is, or would be after a move: the bar and the number.
fn progress(Shown { row, page, would_be, moved, .. }: &Shown) -> Markup {
    let class = if would_be.is_some() { "percent would-be" } else { "percent" };
    let number = html! {
        (bar(row.progress, row.expected))
        span class=(class) { (would_be.as_ref().unwrap_or(&row.percent)) }
    };
    html! {
        div.cell.progress role="gridcell" {
            (asked(page, number))
            @if let Some(moved) = moved { (moved) }
        }
    }
}

/// The value, and where it shall be.
fn value(row: &Row, is_edited: bool) -> Markup {
    html! {
        div.cell.value role="gridcell" {
            @if let Some(value) = &row.value { (current(row.node, value, is_edited)) }
            (slot())
            @if let Some(value) = &row.value {
                (changeable(row, Changed::Numbers, html! { span.aim { (value.aim) } }))
            }
        }
    }
}

/// The last check-in.
fn checked(row: &Row) -> Markup {
    let (class, title) = match row.stale {
        true => ("cell checked stale", Some("A check-in is due")),
        false => ("cell checked", None),
    };
    let age = row.checked.map(Age::short).or_else(|| row.stale.then(|| "due".to_owned()));
    html! {
        div class=(class) role="gridcell" title=[title] {
            span { @if let Some(age) = age { (age) } }
            @if row.stale { span.visually-hidden { "a check-in is due" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::ids::{KeyResultId, PersonId};
    use crate::domain::outline::LineId;
    use crate::domain::row::{PersonLabel, Status, ValueLabel};

    const NASTY: &str = "</bdi><script>alert(\"1\")</script>";

    fn row(text: &str) -> Row {
        Row {
            node: KeyResultId(Uuid::nil()).into(),
            title: text.to_owned(),
            owner: Some(PersonLabel {
                id: PersonId(Uuid::nil()),
                name: text.to_owned(),
                initials: text.to_owned(),
                colour: 1,
            }),
            teams: vec![text.to_owned(), "another".to_owned()],
            state: None,
            percent: "40 %".to_owned(),
            ppm: Some(400_000),
            progress: None,
            expected: None,
            status: Status::Unknown,
            confidence: None,
            value: Some(ValueLabel {
                current: text.to_owned(),
                aim: text.to_owned(),
                plain: String::new(),
                editable: true,
            }),
            checked: None,
            stale: true,
            supports: 2,
            weight: Some(3),
            editable: true,
        }
    }

    fn markup(row: &Row, words: &str) -> String {
        let line = Line {
            id: LineId::Node(row.node),
            depth: 1,
            position: 1,
            set_size: 1,
            below: 0,
            rails: 0,
            of_cycle: true,
            is_match: true,
        };
        let shown = Shown {
            row,
            line,
            is_open: false,
            page: "/node/it",
            words: &Words::new(words),
            by: Some(row.title.clone()),
            would_be: None,
            moved: None,
            is_renamed: false,
            is_edited: false,
        };
        cells(&shown).concat()
    }

    #[test]
    fn text_from_people_is_data() {
        for words in ["", "script"] {
            let markup = markup(&row(NASTY), words);
            assert!(!markup.contains("<script"), "{markup}");
            assert_eq!(markup.matches("</bdi>").count(), 1, "{markup}");
            assert!(!markup.contains("\"1\""), "{markup}");
            assert!(markup.matches("script").count() >= 8, "{markup}");
        }
    }

    #[test]
    fn words_that_were_looked_for_are_marked() {
        assert!(markup(&row("Bread & butter"), "butter").contains("Bread &amp; <mark>butter</mark>"));
        assert!(!markup(&row("Bread & butter"), "").contains("<mark>"));
    }

    #[test]
    fn what_may_not_be_edited_offers_no_change() {
        let mut row = row("Bread");
        assert!(markup(&row, "").contains("Change the owner"));
        row.editable = false;
        assert!(!markup(&row, "").contains("Change"));
    }
}
