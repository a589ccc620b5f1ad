//! What can be done by the links and buttons of a line, each of which says so by itself: the treegrid hears of the clicks.

use std::borrow::Cow;

use leptos::web_sys::Element;

use crate::app::ui::plain::Plain;
use crate::domain::possibility::ChosenField;
use crate::domain::row::Row;

/// What a link or a button of a line does. Its element says so, for the treegrid to hear of a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Opens or closes what hangs under the line.
    Toggle,
    /// Shows everything about it.
    Open,
    /// Explains its numbers.
    Why,
    /// Edits its value.
    Value,
    /// Changes something else of it.
    Change(Changed),
    /// Shows what can be done.
    Menu,
}

impl Act {
    const ALL: [Self; 9] = [
        Self::Toggle,
        Self::Open,
        Self::Why,
        Self::Value,
        Self::Change(Changed::Field(ChosenField::Owner)),
        Self::Change(Changed::Field(ChosenField::Teams)),
        Self::Change(Changed::Field(ChosenField::State)),
        Self::Change(Changed::Numbers),
        Self::Menu,
    ];

    /// As the element says it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toggle => "toggle",
            Self::Open => "open",
            Self::Why => "why",
            Self::Value => "value",
            Self::Change(Changed::Field(ChosenField::Owner)) => "owner",
            Self::Change(Changed::Field(ChosenField::Teams)) => "teams",
            Self::Change(Changed::Field(ChosenField::State)) => "state",
            Self::Change(Changed::Numbers) => "numbers",
            Self::Menu => "menu",
        }
    }

    /// What an element says.
    pub fn of(element: &Element) -> Option<Self> {
        let name = element.get_attribute("data-act")?;
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// What is changed of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changed {
    /// A field that is chosen.
    Field(ChosenField),
    /// How it is measured and how much it counts.
    Numbers,
}

impl Changed {
    /// What whoever points at it is told.
    pub fn title(self) -> &'static str {
        match self {
            Self::Field(ChosenField::Owner) => "Change the owner",
            Self::Field(ChosenField::Teams) => "Change the teams",
            Self::Field(ChosenField::State) => "Change the state",
            Self::Numbers => "Change measure and weight",
        }
    }
}

/// Where the script runs, arrow keys lead to what a row holds, and not the tab key.
pub(super) const TAB_INDEX: Option<&str> = if cfg!(feature = "hydrate") { Some("-1") } else { None };

/// Something as a link, which does something at once where the workspace is here, and leads to a page where it is not.
pub(super) fn act_link(act: Act, href: String, shown: Plain) -> Plain {
    shown.named("a").attribute("href", href).attribute("data-act", act.name()).attribute_if("tabindex", TAB_INDEX)
}

/// What stands in a cell, as a way to change it for whoever may.
pub(super) fn changeable(row: &Row, what: Changed, shown: Plain) -> Plain {
    if !row.editable {
        return shown;
    }
    let title = match shown.value("title") {
        // What is shown in short is told whole first.
        Some(whole) => format!("{whole} – {}", what.title().to_lowercase()).into(),
        None => Cow::from(what.title()),
    };
    let shown = shown.class("changeable").attribute("title", title);
    // Without script, the tab key leads to the page by the title alone, and not by each word beside it.
    act_link(Act::Change(what), format!("/node/{}#edit", row.node), shown).attribute("tabindex", "-1")
}

/// A number of a row, as the way to its arithmetic on the page of the node.
pub(super) fn asked(page: &str, number: Plain) -> Plain {
    act_link(Act::Why, format!("{page}#why"), number.class("asked").attribute("title", "Why?"))
}
