//! The forms for signing in and out: plain ones, so that they work without script.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr};

use axum::Form;
use axum::body::Body;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::use_context;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::access::go_on_to;
use super::cookie::{Transport, address};
use super::set_up::{SetUp, SetUpError};
use super::token::Token;
use super::{LONGEST, Sessions, SignInError, Viewer};
use crate::domain::form::Returned;
use crate::domain::ids::PersonId;
use crate::domain::sign_in::FormProblem;
use crate::server::password::HashError;
use crate::server::refusal::{Refusal, accepts_html};

const LINK_GONE: Refusal = Refusal {
    status: StatusCode::GONE,
    title: "This link holds no more",
    advice: "It was used already, or has expired. Sign in, or ask whoever runs Trellis for another link.",
};

const NOT_THE_EXAMPLE: Refusal = Refusal {
    status: StatusCode::FORBIDDEN,
    title: "This is not the example company",
    advice: "Its people cannot be chosen here. Sign in with your e-mail address and password.",
};

const NOT_A_FORM: Refusal = Refusal {
    status: StatusCode::BAD_REQUEST,
    title: "The form cannot be read",
    advice: "Nothing was changed. Please open the page again and try there.",
};

/// Why a form did not do what it is for.
pub enum NotDone {
    /// The page with the form is shown again, with the problem and what was typed.
    Returned {
        /// The status of the response.
        status: StatusCode,
        /// After how many seconds to try again.
        retry_after: Option<i64>,
        /// What the page says.
        problem: Box<FormProblem>,
    },
    /// There is no form to go back to.
    Refused(Refusal),
}

impl IntoResponse for NotDone {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refusal) => refusal.into_response(),
            Self::Returned { status, retry_after, problem } => {
                let mut response = (status, format!("{}\n", problem.message)).into_response();
                if let Some(seconds) = retry_after {
                    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
                }
                response.extensions_mut().insert(*problem);
                response
            }
        }
    }
}

/// Why the form on the page that is being rendered came back, if it did.
#[must_use]
pub fn problem() -> Option<FormProblem> {
    use_context::<Parts>()?.extensions.get::<FormProblem>().cloned()
}

/// Middleware for forms: renders their page again where they come back with a problem.
pub async fn show_problem<R, F>(render: R, request: Request, next: Next) -> Response
where
    R: FnOnce(Request) -> F,
    F: Future<Output = Response>,
{
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let mut page = Request::from_parts(parts.clone(), Body::empty());
    let response = next.run(Request::from_parts(parts, body)).await;
    let problem = response.extensions().get::<FormProblem>().cloned();
    let returned = response.extensions().get::<Returned>().cloned();
    if (problem.is_none() && returned.is_none()) || !accepts_html(page.headers()) {
        return response;
    }
    *page.method_mut() = Method::GET;
    problem.map(|problem| page.extensions_mut().insert(problem));
    returned.map(|returned| page.extensions_mut().insert(returned));
    let mut rendered = render(page).await;
    *rendered.status_mut() = response.status();
    if let Some(seconds) = response.headers().get(RETRY_AFTER) {
        rendered.headers_mut().insert(RETRY_AFTER, seconds.clone());
    }
    rendered
}

#[derive(Deserialize)]
struct SignInForm {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// `POST /sign-in`: by e-mail address and password.
///
/// # Errors
/// [`NotDone`].
pub async fn sign_in(State(sessions): State<Sessions>, request: Request) -> Result<Response, NotDone> {
    let browser = Browser::of(&request);
    let form: SignInForm = read(request).await?;
    let person = match sessions.check(&form.email, form.password, browser.address).await {
        Ok(person) => person,
        Err(error) => {
            let typed = FormProblem { email: form.email, next: form.next, ..FormProblem::default() };
            return Err(returned(error, typed));
        }
    };
    let cookie = browser.begin_session(&sessions, person, false).await?;
    Ok(with_cookie(go_on_to(&form.next), cookie))
}

#[derive(Deserialize)]
struct ExampleForm {
    person: PersonId,
    #[serde(default)]
    next: String,
}

/// `POST /sign-in/example`: as one of the example company's people, by a click.
///
/// # Errors
/// [`NotDone`]; always, unless this is the example company.
pub async fn sign_in_as_example(State(sessions): State<Sessions>, request: Request) -> Result<Response, NotDone> {
    let browser = Browser::of(&request);
    let form: ExampleForm = read(request).await?;
    let is_example_person =
        sessions.ledger.read(|workspace, _| workspace.settings.example && workspace.person(form.person).is_some());
    if !is_example_person {
        return Err(NotDone::Refused(NOT_THE_EXAMPLE));
    }
    if let Err(too_many) = sessions.limits.example.take(&browser.address, sessions.now()) {
        return Err(returned(too_many.into(), FormProblem { next: form.next, ..FormProblem::default() }));
    }
    let cookie = browser.begin_session(&sessions, form.person, true).await?;
    Ok(with_cookie(go_on_to(&form.next), cookie))
}

#[derive(Deserialize)]
struct SetUpForm {
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    password: String,
}

/// `POST /set-up/TOKEN`: chooses a password, and is signed in then.
///
/// # Errors
/// [`NotDone`].
pub async fn set_up(
    State(sessions): State<Sessions>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, NotDone> {
    let browser = Browser::of(&request);
    let SetUpForm { organisation, name, email, password } = read(request).await?;
    let typed = FormProblem {
        organisation: organisation.clone(),
        name: name.clone(),
        email: email.clone(),
        ..FormProblem::default()
    };
    let person = match sessions.set_up(&token, SetUp { organisation, name, email, password }).await {
        Ok(person) => person,
        Err(SetUpError::Gone) => return Err(NotDone::Refused(LINK_GONE)),
        Err(SetUpError::Invalid { field, message }) => {
            let problem = FormProblem { field, message, ..typed };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(NotDone::Returned { status, retry_after: None, problem: Box::new(problem) });
        }
        Err(SetUpError::Hash(error)) => return Err(returned(error.into(), typed)),
        Err(error) => return Err(fault(&error)),
    };
    let cookie = browser.begin_session(&sessions, person, false).await?;
    Ok(with_cookie(go_on_to("/"), cookie))
}

/// `POST /sign-out`: ends this session.
///
/// # Errors
/// [`NotDone`] when the database fails: the session holds still.
pub async fn sign_out(State(sessions): State<Sessions>, request: Request) -> Result<Response, NotDone> {
    if let Some(viewer) = request.extensions().get::<Viewer>() {
        sessions.end(viewer).await.map_err(|error| fault(&error))?;
    }
    Ok(with_cookie(Redirect::to("/sign-in").into_response(), Transport::of(&request).forget()))
}

/// `POST /sign-out-everywhere`: ends all sessions of whoever asks.
///
/// # Errors
/// [`NotDone`] when the database fails: the sessions hold still.
pub async fn sign_out_everywhere(State(sessions): State<Sessions>, request: Request) -> Result<Response, NotDone> {
    if let Some(viewer) = request.extensions().get::<Viewer>() {
        sessions.end_everywhere(viewer.person).await.map_err(|error| fault(&error))?;
    }
    Ok(with_cookie(Redirect::to("/sign-in").into_response(), Transport::of(&request).forget()))
}

/// What signing in needs to know of the browser.
struct Browser {
    transport: Transport,
    address: IpAddr,
    old: Option<Token>,
}

impl Browser {
    fn of(request: &Request) -> Self {
        let transport = Transport::of(request);
        Self {
            transport,
            address: address(request).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            old: transport.token(request.headers()),
        }
    }

    /// The cookie of a new session, in place of the one that the browser had.
    async fn begin_session(
        &self,
        sessions: &Sessions,
        person: PersonId,
        example: bool,
    ) -> Result<Option<HeaderValue>, NotDone> {
        let token = sessions.begin(person, example, self.old.as_ref()).await.map_err(|error| fault(&error))?;
        Ok(self.transport.keep(&token, LONGEST))
    }
}

async fn read<T: DeserializeOwned>(request: Request) -> Result<T, NotDone> {
    match Form::from_request(request, &()).await {
        Ok(Form(form)) => Ok(form),
        Err(_) => Err(NotDone::Refused(NOT_A_FORM)),
    }
}

fn returned(error: SignInError, typed: FormProblem) -> NotDone {
    let (status, retry_after) = match &error {
        SignInError::Wrong => (StatusCode::UNAUTHORIZED, None),
        SignInError::TooMany(too_many) => (StatusCode::TOO_MANY_REQUESTS, Some(too_many.seconds)),
        SignInError::Hash(HashError::Busy) => (StatusCode::SERVICE_UNAVAILABLE, Some(1)),
        SignInError::Hash(HashError::Failed(_)) | SignInError::Database(_) | SignInError::Random(_) => {
            return fault(&error);
        }
    };
    NotDone::Returned { status, retry_after, problem: Box::new(FormProblem { message: error.to_string(), ..typed }) }
}

fn fault(error: &dyn std::error::Error) -> NotDone {
    tracing::error!("signing in or out failed: {error}");
    NotDone::Refused(Refusal::FAULT)
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
