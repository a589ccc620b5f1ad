//! The page for check-ins.

use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Postcard};
use serde::{Deserialize, Serialize};

use super::ApiError;
use super::viewer::Viewer;
use crate::domain::check_in_view::CheckInView;
use crate::domain::compare::Baseline;
use crate::domain::form::Returned;
use crate::domain::meeting::Meeting;

/// What the page for check-ins shows, and to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckInPage {
    /// Who looks.
    pub viewer: Viewer,
    /// What they see.
    pub view: CheckInView,
    /// The form that came back, if one did.
    pub returned: Option<Returned>,
}

/// What is due from whoever asks, one card at a time.
#[server(endpoint = "check-in", prefix = "/api", input = Json, output = Postcard)]
pub async fn read_check_in(
    /// The key result whose card is asked for, due or not: its id, or its name in a table.
    card: Option<String>,
    /// The key result after which the next card is asked for.
    after: Option<String>,
) -> Result<CheckInPage, ApiError> {
    use super::status::refuse;

    let viewer = super::viewer::viewer()?;
    let ledger = expect_context::<crate::server::ledger::Ledger>();
    let view =
        ledger.read(|workspace, _| workspace.check_in_view_named(viewer.id(), card.as_deref(), after.as_deref()));
    Ok(CheckInPage {
        viewer,
        view: view.ok_or_else(|| refuse(ApiError::NotFound))?,
        returned: crate::server::pages::returned(),
    })
}

/// What the page of a team's meeting shows, and to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeetingPage {
    /// Who looks.
    pub viewer: Viewer,
    /// What they see.
    pub view: Meeting,
    /// How what is compared stood at the due date before.
    pub then: Option<Baseline>,
    /// The form that came back, if one did.
    pub returned: Option<Returned>,
}

/// What a team looks at in its meeting.
#[server(endpoint = "meeting", prefix = "/api", input = Json, output = Postcard)]
pub async fn read_meeting(
    /// The id of the team.
    team: String,
) -> Result<MeetingPage, ApiError> {
    use super::status::refuse;

    let viewer = super::viewer::viewer()?;
    let team: crate::domain::ids::TeamId = team.parse().map_err(|_| refuse(ApiError::NotFound))?;
    let ledger = expect_context::<crate::server::ledger::Ledger>();
    let past = match ledger.read(|workspace, _| workspace.last_meeting(team)) {
        Some(day) => super::past::if_known(day, &viewer).await?,
        None => None,
    };
    let (view, then) = ledger.read(|workspace, _| {
        let then = past.map(|past| workspace.baseline_of_meeting(team, &past));
        (workspace.meeting(team, then.as_ref(), viewer.actor()), then)
    });
    let view = view.ok_or_else(|| refuse(ApiError::NotFound))?;
    Ok(MeetingPage { viewer, view, then, returned: crate::server::pages::returned() })
}
