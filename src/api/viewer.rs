//! Who looks.

use serde::{Deserialize, Serialize};

use crate::domain::command::Actor;
use crate::domain::ids::PersonId;
use crate::domain::row::PersonLabel;

/// Who looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// The person as a badge shows them.
    pub person: PersonLabel,
    /// How many check-ins were due from them when the page was made.
    pub due: usize,
}

impl Viewer {
    /// As whom they act.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Person(self.id())
    }

    /// Who it is.
    #[must_use]
    pub fn id(&self) -> PersonId {
        self.person.id
    }
}

#[cfg(feature = "ssr")]
pub(crate) use server::viewer;

#[cfg(feature = "ssr")]
mod server {
    use leptos::prelude::expect_context;

    use super::Viewer;
    use crate::api::ApiError;
    use crate::api::status::refuse;
    use crate::server::ledger::Ledger;
    use crate::server::session;

    /// Who sent the request.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`] where nobody is signed in, or somebody who was removed since.
    pub(crate) fn viewer() -> Result<Viewer, ApiError> {
        let person = session::viewer().ok_or_else(|| refuse(ApiError::SignedOut))?;
        let viewer = expect_context::<Ledger>().read(|workspace, _| {
            workspace.person_label(person).map(|label| Viewer { person: label, due: workspace.count_due(person) })
        });
        viewer.ok_or_else(|| refuse(ApiError::SignedOut))
    }
}
