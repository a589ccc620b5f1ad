//! The pages for signing in and for choosing a password. Their forms are plain ones, which work without script.

use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::query::query_value;
use crate::api::session::{set_up_page, sign_in_page};
use crate::api::wire::Postcard;
use crate::domain::password::{MAX_PASSWORD, MIN_PASSWORD};
use crate::domain::sign_in::{ExamplePerson, FormField, FormProblem, SetUpView, SignInView};
use crate::domain::text::MAX_TITLE;

/// How many of the example company's people have a button of their own.
const BUTTONS: usize = 4;

/// `/sign-in`: by e-mail address and password, or as one of the example company's people.
#[component]
pub fn SignIn() -> impl IntoView {
    let page = Resource::<_, Postcard>::new_with_options(|| (), |()| sign_in_page(), true);
    let next = query_value("next");
    let next = move || next.get_untracked().unwrap_or_default();
    view! {
        <Title text="Sign in – Trellis" />
        <main class="sign-in">
            <Suspense>
                {move || Suspend::new(async move {
                    page.await.map_or_else(|_| view! { <Unreachable /> }.into_any(), |page| {
                        let next = page.problem.as_ref().map_or_else(next, |problem| problem.next.clone());
                        view! { <SignInForms page next /> }.into_any()
                    })
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn SignInForms(page: SignInView, next: String) -> impl IntoView {
    let SignInView { workspace, people, problem } = page;
    let is_example = !people.is_empty();
    let email = problem.as_ref().map(|problem| problem.email.clone()).unwrap_or_default();
    let is_wrong = problem.is_some();
    let described = if is_wrong { "problem" } else { "" };
    view! {
        <header>
            <p class="sign-in-workspace">{workspace}</p>
            <h1>{if is_example { "Look around as…" } else { "Sign in" }}</h1>
        </header>
        {is_example.then(|| view! { <ExamplePeople people next=next.clone() /> })}
        <form class="sign-in-form" method="post" action="/sign-in">
            {is_example.then(|| view! { <h2>"Or with an account of your own"</h2> })}
            <Problem problem />
            <input type="hidden" name="next" value=next />
            <PlainField id="email" label="E-mail address" kind="email" autocomplete="username" value=email described is_wrong />
            <PlainField id="password" label="Password" kind="password" autocomplete="current-password" described is_wrong />
            <button class="primary">"Sign in"</button>
            <p class="quiet">"Forgotten it? Whoever runs Trellis can send you a link to choose another one."</p>
        </form>
    }
}

#[component]
fn ExamplePeople(people: Vec<ExamplePerson>, next: String) -> impl IntoView {
    let options = people.iter().map(|person| {
        let name = match &person.team {
            Some(team) => format!("{}, {team} ({})", person.name, person.role.name()),
            None => format!("{} ({})", person.name, person.role.name()),
        };
        view! { <option value=person.id.to_string()>{name}</option> }
    });
    let buttons = people.iter().filter(|person| !person.hint.is_empty()).take(BUTTONS).map(|person| {
        view! {
            <li>
                <button name="person" value=person.id.to_string()>
                    <strong>{person.name.clone()}</strong>
                    <span class="quiet">
                        {person.role.name()} {person.team.as_ref().map(|team| format!(" · {team}"))}
                    </span>
                    <span>{person.hint.clone()}</span>
                </button>
            </li>
        }
    });
    view! {
        <p class="quiet">"This is an example company. Its people are made up, and you may be any of them."</p>
        <form method="post" action="/sign-in/example" aria-label="People of the example company">
            <input type="hidden" name="next" value=next.clone() />
            <ul class="sign-in-people">{buttons.collect_view()}</ul>
        </form>
        <form class="sign-in-other" method="post" action="/sign-in/example">
            <input type="hidden" name="next" value=next />
            <label for="person">"Anybody else"</label>
            <select id="person" name="person">
                {options.collect_view()}
            </select>
            <button>"Look around"</button>
        </form>
    }
}

/// `/set-up/TOKEN`: chooses a password, and for the first admin a name and an e-mail address.
#[component]
pub fn SetUp() -> impl IntoView {
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let page = Resource::<_, Postcard>::new_with_options(token, set_up_page, true);
    view! {
        <Title text="Choose a password – Trellis" />
        <main class="sign-in">
            <Suspense>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(Some(page)) => EitherOf3::A(view! { <SetUpForm page token=token() /> }),
                        Ok(None) => EitherOf3::B(view! { <LinkGone /> }),
                        Err(_) => EitherOf3::C(view! { <Unreachable /> }),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn SetUpForm(page: SetUpView, token: String) -> impl IntoView {
    let SetUpView { workspace, person, problem } = page;
    let is_first = person.is_none();
    let typed = problem.clone().unwrap_or_default();
    let organisation = if workspace.is_empty() { typed.organisation } else { workspace.clone() };
    let (name, email) = person.unwrap_or((typed.name, typed.email));
    let field = problem.as_ref().map(|problem| problem.field);
    let is_wrong = move |of: FormField| field == Some(Some(of));
    let described = move |of: FormField, hint: &'static str| if is_wrong(of) { "problem" } else { hint };
    let hint = format!("At least {MIN_PASSWORD} characters. A few words in a row are easy to remember.");
    view! {
        <header>
            {(!workspace.is_empty()).then(|| view! { <p class="sign-in-workspace">{workspace}</p> })}
            <h1>{if is_first { "Welcome to Trellis".to_owned() } else { format!("Welcome, {name}") }}</h1>
            <p>
                {if is_first {
                    "You are its first admin: you may change everything, and let others in."
                } else {
                    "Choose a password, and you are in."
                }}
            </p>
        </header>
        <form class="sign-in-form" method="post" action=format!("/set-up/{token}")>
            <Problem problem />
            {is_first
                .then(|| {
                    view! {
                        <PlainField
                            id="organisation"
                            label="Your organisation’s name"
                            autocomplete="organization"
                            value=organisation
                            described=described(FormField::Organisation, "")
                            is_wrong=is_wrong(FormField::Organisation)
                        />
                        <PlainField
                            id="name"
                            label="Your name"
                            autocomplete="name"
                            value=name
                            described=described(FormField::Name, "")
                            is_wrong=is_wrong(FormField::Name)
                        />
                    }
                })}
            <PlainField
                id="email"
                label="E-mail address"
                kind="email"
                autocomplete="username"
                value=email
                readonly=!is_first
                described=described(FormField::Email, "")
                is_wrong=is_wrong(FormField::Email)
            />
            <PlainField
                id="password"
                label="Password"
                kind="password"
                autocomplete="new-password"
                lengths=(MIN_PASSWORD, MAX_PASSWORD)
                described=described(FormField::Password, "password-hint")
                is_wrong=is_wrong(FormField::Password)
            />
            <p class="quiet" id="password-hint">{hint}</p>
            <button class="primary">{if is_first { "Begin" } else { "Choose this password" }}</button>
        </form>
    }
}

/// A field that only the server reads.
#[component]
fn PlainField(
    /// Its id, and its name in the form.
    id: &'static str,
    /// Its label.
    label: &'static str,
    /// Its type.
    #[prop(default = "text")]
    kind: &'static str,
    /// What a browser may fill in.
    autocomplete: &'static str,
    /// What stands in it at first.
    #[prop(optional)]
    value: String,
    /// The fewest and the most characters.
    #[prop(default = (0, MAX_TITLE))]
    lengths: (usize, usize),
    /// Whether it only shows.
    #[prop(optional)]
    readonly: bool,
    /// The id of what describes it; empty for nothing.
    described: &'static str,
    /// Whether what was typed was refused.
    is_wrong: bool,
) -> impl IntoView {
    view! {
        <label for=id>{label}</label>
        <input
            id=id
            name=id
            type=kind
            autocomplete=autocomplete
            required
            readonly=readonly
            minlength=lengths.0
            maxlength=lengths.1
            value=value
            aria-describedby=Some(described).filter(|described| !described.is_empty())
            aria-invalid=is_wrong.then_some("true")
        />
    }
    .into_any()
}

#[component]
fn Problem(problem: Option<FormProblem>) -> impl IntoView {
    problem.map(|problem| view! { <p class="problem" id="problem" role="alert">{problem.message}</p> })
}

#[component]
fn LinkGone() -> impl IntoView {
    view! {
        <h1>"This link holds no more"</h1>
        <p>
            "It was used already, or has expired. " <a href="/sign-in">"Sign in"</a>
            ", or ask whoever runs Trellis for another link."
        </p>
    }
}

#[component]
fn Unreachable() -> impl IntoView {
    view! {
        <h1>"Trellis does not answer"</h1>
        <p>"Nothing is lost. Please load this page again in a moment."</p>
    }
}
