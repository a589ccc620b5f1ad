//! The tree.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, Postcard};
use serde::{Deserialize, Serialize};

use super::ApiError;
use super::viewer::Viewer;
use crate::domain::command::{Command, Refusal};
use crate::domain::compare::Baseline;
use crate::domain::form::Returned;
use crate::domain::ids::{MutationId, PersonId};
use crate::domain::tree_view::{TreeQuery, TreeView};

/// The first screen of the tree, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreePage {
    /// Who looks.
    pub viewer: Viewer,
    /// What they see.
    pub view: TreeView,
    /// Which day it is.
    pub today: NaiveDate,
    /// The past day that they see.
    pub day: Option<NaiveDate>,
    /// How the rows on the page stood on the day that they compare with.
    pub since: Option<Baseline>,
    /// The form about a saved view that came back, if one did.
    pub returned: Option<Returned>,
}

/// What became of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Submitted {
    /// It is so, for good.
    Accepted,
    /// The rules say no, and nothing changed.
    Refused(Refusal),
}

/// The first screen of the tree.
#[server(endpoint = "tree", prefix = "/api", input = Json, output = Postcard)]
pub async fn read_tree(
    /// What the address asks to see.
    query: TreeQuery,
) -> Result<TreePage, ApiError> {
    let viewer = super::viewer::viewer()?;
    let past = super::past::on(query.on.as_deref(), &viewer).await?;
    let day = past.as_ref().map(|past| past.today());
    let since = super::past::since(query.since.as_deref(), day, &viewer).await?;
    let ledger = expect_context::<crate::server::ledger::Ledger>();
    let today = ledger.read(|workspace, _| workspace.today());
    let view = match &past {
        Some(past) => past.tree_view(&query, viewer.actor()),
        None => ledger.read(|workspace, _| workspace.tree_view(&query, viewer.actor())),
    };
    let since = since.map(|since| {
        let shown = view.rows.iter().filter_map(|(_, row)| row.as_ref().map(|row| row.node));
        Baseline { day: since.today(), nodes: shown.filter_map(|node| Some((node, since.then(node)?))).collect() }
    });
    Ok(TreePage { viewer, view, today, day, since, returned: crate::server::pages::returned() })
}

/// Carries out all commands or none. The same `mutation` again changes nothing and gets the same answer.
#[server(endpoint = "submit", prefix = "/api", input = Json, output = Postcard)]
pub async fn submit(
    /// Its name.
    mutation: MutationId,
    /// What is wanted, one after the other.
    commands: Vec<Command>,
    /// Who wants it. A browser may have kept it since somebody else was signed in there.
    person: Option<PersonId>,
) -> Result<Submitted, ApiError> {
    use crate::api::status::refuse;
    use crate::domain::command::Reason;
    use crate::server::ledger::{Ledger, Submission, SubmitError};

    let viewer = super::viewer::viewer()?;
    if person.is_some_and(|person| person != viewer.id()) {
        return Err(refuse(ApiError::SignedOut));
    }
    let actor = viewer.actor();
    match expect_context::<Ledger>().submit(Submission { mutation, actor, commands }).await {
        Ok(_) => Ok(Submitted::Accepted),
        Err(SubmitError::Refused(refusal)) => Ok(Submitted::Refused(refusal)),
        // Sending it again cannot help, so it must not pass for an outage.
        Err(error @ SubmitError::OtherBody) => {
            Ok(Submitted::Refused(Refusal { reason: Reason::AlreadyThere, field: None, message: error.to_string() }))
        }
        Err(SubmitError::Unavailable) => Err(refuse(ApiError::Unavailable)),
    }
}

/// A submission as it is sent.
///
/// # Errors
/// Where it cannot be written, which is a fault of its type.
pub fn body(person: PersonId, mutation: MutationId, commands: &[Command]) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Submit { mutation, commands: commands.to_vec(), person: Some(person) })
}

/// Sends a submission from the browser. It goes by the status of the answer, which a server function called directly does
/// not tell: an answer in words nobody knows may come from whatever stands between here and the server.
///
/// # Errors
/// Why it was not carried out, as far as is known.
#[cfg(feature = "hydrate")]
pub async fn send(body: String) -> Result<Submitted, ApiError> {
    use gloo_net::http::Request;
    use leptos::server_fn::ServerFn;

    /// Longer than the server takes for anything. Whatever hangs in between must not hold up what waits behind it.
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(40);

    let failed = |error: &dyn std::fmt::Display| ApiError::Connection(error.to_string());
    let patience = web_sys::AbortController::new().ok();
    let request = Request::post(Submit::PATH).header("content-type", "application/json");
    let request =
        request.header("accept", "application/json").abort_signal(patience.as_ref().map(|it| it.signal()).as_ref());
    let request = request.body(body).map_err(|error| failed(&error))?;
    if let Some(patience) = patience {
        set_timeout(move || patience.abort(), PATIENCE);
    }
    let answer = request.send().await.map_err(|error| failed(&error))?;
    if !answer.ok() {
        return Err(ApiError::of_status(answer.status()));
    }
    let body = answer.binary().await.map_err(|error| failed(&error))?;
    postcard::from_bytes(&body).map_err(|error| failed(&error))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// What a browser may have kept before the server was made anew. This text never changes.
    const KEPT: &str = "{\"mutation\":\"00000000-0000-0000-0000-000000000002\",\
        \"commands\":[{\"undo\":\"00000000-0000-0000-0000-000000000003\"}],\
        \"person\":\"00000000-0000-0000-0000-000000000001\"}";

    #[test]
    fn what_an_earlier_version_kept_is_taken() {
        let (person, mutation) = (PersonId(Uuid::from_u128(1)), MutationId(Uuid::from_u128(2)));
        let commands = vec![Command::Undo(MutationId(Uuid::from_u128(3)))];
        assert_eq!(body(person, mutation, &commands).unwrap(), KEPT);
        let read: Submit = serde_json::from_str(KEPT).unwrap();
        assert_eq!((read.mutation, read.person, read.commands), (mutation, Some(person), commands));
        let older: Submit =
            serde_json::from_str(&KEPT.replace(",\"person\":\"00000000-0000-0000-0000-000000000001\"", "")).unwrap();
        assert_eq!(older.person, None);
    }
}
