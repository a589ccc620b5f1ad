//! Past days, for the functions that show one.

use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::expect_context;

use super::ApiError;
use super::status::refuse;
use super::viewer::Viewer;
use crate::domain::workspace::Workspace;
use crate::server::past::{PastDays, PastError};

/// The workspace as it was on a day before today; `None` where nothing is known of it.
///
/// # Errors
/// [`ApiError::Unavailable`] where the server makes no more past days just now.
pub(super) async fn if_known(day: NaiveDate, viewer: &Viewer) -> Result<Option<Arc<Workspace>>, ApiError> {
    match expect_context::<PastDays>().asked(&day.to_string()).await {
        Err(PastError::NoSuchDay(_)) => Ok(None),
        _ => on(Some(&day.to_string()), viewer).await,
    }
}

/// The workspace as it was on the day that an address asks for; `None` is today.
///
/// # Errors
/// [`ApiError::NoSuchDay`], and [`ApiError::Unavailable`] where the server makes no more past days just now.
pub(super) async fn on(text: Option<&str>, viewer: &Viewer) -> Result<Option<Arc<Workspace>>, ApiError> {
    let asked = expect_context::<PastDays>().asked(text.unwrap_or_default()).await;
    made(asked, viewer).await
}

/// The workspace as it was on the day that an address asks to compare with: a past day, or today where `shown` is `None`.
///
/// # Errors
/// As of [`on`], also where that day is not before the one that is shown.
pub(super) async fn since(
    text: Option<&str>,
    shown: Option<NaiveDate>,
    viewer: &Viewer,
) -> Result<Option<Arc<Workspace>>, ApiError> {
    let asked = expect_context::<PastDays>().asked_since(text.unwrap_or_default(), shown).await;
    made(asked, viewer).await
}

async fn made(
    asked: Result<Option<NaiveDate>, PastError>,
    viewer: &Viewer,
) -> Result<Option<Arc<Workspace>>, ApiError> {
    match asked.map_err(told)? {
        Some(day) => expect_context::<PastDays>().on(day, viewer.id()).await.map(Some).map_err(told),
        None => Ok(None),
    }
}

fn told(error: PastError) -> ApiError {
    match error {
        PastError::NoSuchDay(why) => refuse(ApiError::NoSuchDay(why.to_string())),
        PastError::TooMany => refuse(ApiError::Unavailable),
        PastError::Store(error) => {
            tracing::error!("cannot make a past day: {error}");
            refuse(ApiError::Unavailable)
        }
    }
}
