//! The cells of a line.

use super::act::{Act, Changed, TAB_INDEX, act_link, asked, changeable};
use super::guides::indent;
use super::inset::{Inset, slot};
use crate::app::ui::avatar::avatar;
use crate::app::ui::icon::{Shape, icon};
use crate::app::ui::marked::marked;
use crate::app::ui::meter::{bar, ring};
use crate::app::ui::plain::{Plain, visually_hidden};
use crate::app::ui::signs::{confidence_sign, status_sign};
use crate::domain::filter::Words;
use crate::domain::ids::NodeId;
use crate::domain::line::Line;
use crate::domain::possibility::ChosenField;
use crate::domain::row::{Age, Row};

/// What the cells of an objective or a key result show.
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
    pub moved: Option<Plain>,
    /// What else stands in it for a while.
    pub inset: Option<&'a Inset>,
}

/// The cells of an objective or a key result.
pub(super) fn cells(shown: Shown) -> [Plain; 7] {
    let Shown { row, page, .. } = shown;
    let name = name(&shown);
    let owner = changeable(row, Changed::Field(ChosenField::Owner), avatar(row.owner.as_ref()));
    [
        name,
        cell("cell progress").child(asked(page, progress(row, shown.would_be))).children(shown.moved),
        value(row, shown.inset),
        cell("cell pace").child(asked(page, status_sign(row.status))),
        cell("cell confidence").child(asked(page, confidence_sign(row.confidence))),
        checked(row),
        cell("cell owner").child(owner),
    ]
}

/// The only cell of the branch of what is unaligned.
pub(super) fn unaligned(line: Line, is_open: bool) -> Plain {
    let below = format!("{} lines that lead to nothing above them yet", line.below);
    cell("cell name")
        .attribute("aria-colspan", "7")
        .child(toggle(line, is_open))
        .child(Plain::new("span").class("title").text("Unaligned"))
        .child(Plain::new("span").class("below").text(below))
}

fn cell(class: &'static str) -> Plain {
    Plain::new("div").class(class).attribute("role", "gridcell")
}

/// The way in, the title, and what stands beside it: the state, the weight, how much it supports, who changed it just now,
/// and the teams.
fn name(shown: &Shown) -> Plain {
    let row = shown.row;
    let state = row.state.map(|state| {
        let state = Plain::new("span").class("state").text(state.name());
        changeable(row, Changed::Field(ChosenField::State), state)
    });
    let by = shown.by.as_ref().map(|by| Plain::new("span").class("by").text(format!("{by}, just now")));
    let more = Plain::new("button")
        .class("more scripted")
        .attribute("type", "button")
        .attribute("data-act", Act::Menu.name())
        .attribute("tabindex", "-1")
        .attribute("aria-label", "Actions")
        .attribute("aria-haspopup", "menu");
    cell("cell name")
        .children(indent(&shown.line))
        .child(toggle(shown.line, shown.is_open))
        .child(Plain::new("span").class("grip").child(sign(row)))
        .child(if let Some(Inset::Title(_)) = shown.inset { slot() } else { title(shown) })
        .children(state)
        .children(row.weight.map(|weight| changeable(row, Changed::Numbers, times(weight))))
        .children(supports(row.supports))
        .children(by)
        .children(teams(row))
        .child(more)
}

/// What it is: a ring that fills, or a diamond.
fn sign(row: &Row) -> Plain {
    match row.node {
        NodeId::Objective(_) => ring(row.progress),
        NodeId::KeyResult(_) => Plain::new("svg")
            .class("ring")
            .attribute("viewBox", "0 0 16 16")
            .attribute("aria-hidden", "true")
            .child(Plain::new("path").class("diamond").attribute("d", "M8 5 11 8 8 11 5 8z")),
    }
}

/// Opens and closes what hangs under a line.
fn toggle(line: Line, is_open: bool) -> Plain {
    if line.below == 0 {
        return Plain::new("span").class("toggle");
    }
    Plain::new("button")
        .class("toggle")
        .attribute("type", "button")
        .attribute("data-act", Act::Toggle.name())
        .attribute_if("tabindex", TAB_INDEX)
        .attribute("aria-label", if is_open { "Collapse" } else { "Expand" })
        .child(icon(Shape::CHEVRON))
}

fn title(Shown { row, page, words, .. }: &Shown) -> Plain {
    let kind = match row.node {
        NodeId::Objective(_) => "Objective: ",
        NodeId::KeyResult(_) => "Key result: ",
    };
    Plain::new("a")
        .class("title")
        .attribute("href", (*page).to_owned())
        .attribute("title", row.title.clone())
        .attribute("data-act", Act::Open.name())
        .attribute_if("tabindex", TAB_INDEX)
        .child(visually_hidden(kind))
        .child(marked(words, &row.title))
}

fn times(weight: u16) -> Plain {
    let sign = Plain::new("span").attribute("aria-hidden", "true").text(format!("×\u{2009}{weight}"));
    Plain::new("span").class("state").child(sign).child(visually_hidden(format!("weight {weight}")))
}

fn supports(count: u32) -> Option<Plain> {
    let words = match count {
        0 => return None,
        1 => "Supports an objective elsewhere".to_owned(),
        count => format!("Supports {count} objectives elsewhere"),
    };
    Some(
        Plain::new("span")
            .class("supports")
            .attribute("title", words.clone())
            .child(icon(Shape::SUPPORT))
            .child(visually_hidden(words))
            .child(Plain::new("span").attribute("aria-hidden", "true").text(count.to_string())),
    )
}

/// The leading team, and how many others there are.
fn teams(row: &Row) -> Option<Plain> {
    let words = match row.teams.as_slice() {
        [] => return None,
        [team] => team.clone(),
        [team, others @ ..] => format!("{team} +{}", others.len()),
    };
    let teams = Plain::new("span")
        .class("team")
        .attribute("dir", "auto")
        .attribute("title", row.teams.join(", "))
        .child(Plain::new("span").text(words));
    Some(changeable(row, Changed::Field(ChosenField::Teams), teams))
}

/// How far it is, or would be after a move: the bar and the number.
fn progress(row: &Row, would_be: Option<String>) -> Plain {
    let class = if would_be.is_some() { "percent would-be" } else { "percent" };
    let number = would_be.unwrap_or_else(|| row.percent.clone());
    Plain::new("span").child(bar(row.progress, row.expected)).child(Plain::new("span").class(class).text(number))
}

/// The value or what stands in its place, and where it shall be.
fn value(row: &Row, inset: Option<&Inset>) -> Plain {
    let current = row.value.as_ref().map(|value| {
        let current = Plain::new("span").class("current").text(value.current.clone());
        match value.editable {
            true => act_link(Act::Value, format!("/node/{}#check-in", row.node), current.class("editable")),
            false => current,
        }
    });
    let aim = row.value.as_ref().filter(|value| !value.aim.is_empty()).map(|value| {
        let aim = Plain::new("span").class("aim").text(value.aim.clone());
        changeable(row, Changed::Numbers, aim)
    });
    let cell = cell("cell value");
    match inset {
        Some(Inset::Value(_)) => cell.child(slot()).children(aim),
        Some(Inset::Refused(..)) => cell.children(current).child(slot()).children(aim),
        Some(Inset::Title(_)) | None => cell.children(current).children(aim),
    }
}

/// The last check-in.
fn checked(row: &Row) -> Plain {
    let (class, title) = match row.stale {
        true => ("cell checked stale", Some("A check-in is due")),
        false => ("cell checked", None),
    };
    let age = row.checked.map(Age::short).or_else(|| row.stale.then(|| "due".to_owned()));
    cell(class)
        .attribute_if("title", title)
        .text(age.unwrap_or_default())
        .children(row.stale.then(|| visually_hidden("a check-in is due")))
}

#[cfg(test)]
mod tests {
    use leptos::prelude::RenderHtml;
    use uuid::Uuid;

    use super::*;
    use crate::domain::ids::{KeyResultId, PersonId};
    use crate::domain::line::LineId;
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

    fn html(row: &Row, words: &str) -> String {
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
            inset: None,
        };
        cells(shown).map(Plain::to_html).concat()
    }

    #[test]
    fn text_from_people_is_data() {
        for words in ["", "script"] {
            let html = html(&row(NASTY), words);
            assert!(!html.contains("<script"), "{html}");
            assert_eq!(html.matches("</bdi>").count(), 1, "{html}");
            assert!(!html.contains("title=\"</bdi>"), "{html}");
            assert!(html.matches("script").count() >= 8, "{html}");
        }
    }

    #[test]
    fn words_that_were_looked_for_are_marked() {
        assert!(html(&row("Bread & butter"), "butter").contains("Bread &amp; <mark>butter</mark>"));
        assert!(!html(&row("Bread & butter"), "").contains("<mark>"));
    }

    #[test]
    fn what_may_not_be_edited_offers_no_change() {
        let mut row = row("Bread");
        assert!(html(&row, "").contains("Bread – change the owner"));
        row.editable = false;
        assert!(!html(&row, "").contains("changeable"));
    }
}
