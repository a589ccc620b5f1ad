//! How people get a password: one-time links, for the first admin and for everybody that an operator lets in.

use uuid::Uuid;

use chrono::TimeDelta;

use super::token::Token;
use super::{Ended, Sessions};
use crate::domain::change::{Edit, Record, Replaced};
use crate::domain::command::{Actor, Command, Refusal};
use crate::domain::ids::{MutationId, PersonId};
use crate::domain::password::check_password;
use crate::domain::people::{Person, PersonField, Role};
use crate::domain::settings::SettingsField;
use crate::domain::sign_in::FormField;
use crate::server::ledger::{Submission, SubmitError};
use crate::server::password::HashError;
use crate::server::store::accounts::Invited;

/// How long a link for the first admin holds. Another start of the server makes a new one.
const FIRST_ADMIN_LIFETIME: TimeDelta = TimeDelta::days(1);

/// How long a link for somebody else holds.
const INVITATION_LIFETIME: TimeDelta = TimeDelta::days(7);

/// For whom a link is.
pub struct Invitation {
    /// The organisation's name, once it has one.
    pub workspace: Option<String>,
    /// The person; `None`: whoever becomes the first admin.
    pub person: Option<Person>,
}

/// Somebody who may sign in, or could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The person.
    pub person: Person,
    /// Whether they have chosen a password.
    pub has_password: bool,
}

/// What somebody fills in at a link.
pub struct SetUp {
    /// The organisation's name; for the first admin only.
    pub organisation: String,
    /// Their name; for the first admin only.
    pub name: String,
    /// Their e-mail address; for the first admin only.
    pub email: String,
    /// The password that they choose.
    pub password: String,
}

/// Why nobody was let in.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// The link was used, has expired or never was.
    #[error("This link has been used already, or has expired.")]
    Gone,
    /// Something in the form is not acceptable.
    #[error("{message}")]
    Invalid {
        /// The field.
        field: Option<FormField>,
        /// What is wrong with it.
        message: String,
    },
    /// Nobody has that e-mail address.
    #[error("nobody here has the e-mail address {0}")]
    Unknown(String),
    /// The password could not be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The workspace could not be changed.
    #[error("{0}")]
    Submit(SubmitError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The machine has no random numbers.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

impl From<Refusal> for SetUpError {
    fn from(refusal: Refusal) -> Self {
        let field = match refusal.field.as_deref() {
            Some("name") => Some(FormField::Name),
            Some("email") => Some(FormField::Email),
            _ => None,
        };
        Self::Invalid { field, message: refusal.message }
    }
}

impl From<SubmitError> for SetUpError {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusal) => refusal.into(),
            other => Self::Submit(other),
        }
    }
}

impl Sessions {
    /// The path of a one-time link to become the first admin, for whoever starts the server to open. `None` where an
    /// admin can sign in already, and in the example company, where everybody can.
    ///
    /// # Errors
    /// When the database fails or the machine has no random numbers.
    pub async fn set_up_link(&self) -> Result<Option<String>, SetUpError> {
        let with_password = self.accounts.people_with_password().await?;
        let is_settled = self.ledger.read(|workspace, _| {
            let is_admin = |id: &PersonId| workspace.may_administrate(Actor::Person(*id));
            workspace.settings.example || with_password.iter().any(is_admin)
        });
        if is_settled { Ok(None) } else { self.link(Invited::FirstAdmin, FIRST_ADMIN_LIFETIME).await.map(Some) }
    }

    /// Adds a person, and gives the path of a one-time link at which they choose a password.
    ///
    /// # Errors
    /// [`SetUpError`], for instance when the e-mail address is somebody's already.
    pub async fn add_user(&self, name: &str, email: &str, role: Role) -> Result<String, SetUpError> {
        let person = new_person(name, email, role);
        let id = person.id;
        self.submit(vec![Command::Add(Record::Person(person))]).await?;
        self.link(Invited::Person(id), INVITATION_LIFETIME).await
    }

    /// Everybody, in the order of their names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_users(&self) -> Result<Vec<User>, SetUpError> {
        let with_password = self.accounts.people_with_password().await?;
        let mut people: Vec<Person> = self.ledger.read(|workspace, _| workspace.people().cloned().collect());
        people.sort_by_key(|person| person.name.to_lowercase());
        Ok(people.into_iter().map(|person| User { has_password: with_password.contains(&person.id), person }).collect())
    }

    /// Takes away somebody's password, signs them out everywhere, and gives the path of a one-time link at which they
    /// choose another password. It serves for a first one, too.
    ///
    /// # Errors
    /// [`SetUpError::Unknown`] where nobody has the e-mail address.
    pub async fn reset_user(&self, email: &str) -> Result<String, SetUpError> {
        let person = self.ledger.read(|workspace, _| workspace.person_by_email(email).map(|person| person.id));
        let person = person.ok_or_else(|| SetUpError::Unknown(email.trim().to_owned()))?;
        self.link(Invited::Person(person), INVITATION_LIFETIME).await
    }

    async fn link(&self, invited: Invited, lifetime: TimeDelta) -> Result<String, SetUpError> {
        let token = Token::random()?;
        self.accounts.add_link(&token.hash(), invited, self.now() + lifetime).await?;
        if let Invited::Person(person) = invited {
            self.tell(Ended::AllOf(person));
        }
        Ok(format!("/set-up/{}", token.reveal()))
    }

    /// For whom a link is; `None` where it holds no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn invitation(&self, token: &str) -> sqlx::Result<Option<Invitation>> {
        let Some(token) = Token::parse(token) else {
            return Ok(None);
        };
        let Some(invited) = self.accounts.link(&token.hash(), self.now()).await? else {
            return Ok(None);
        };
        Ok(self.ledger.read(|workspace, _| {
            let person = match invited {
                Invited::FirstAdmin => None,
                Invited::Person(id) => Some(workspace.person(id)?.clone()),
            };
            Some(Invitation { workspace: workspace.settings.given_name().map(str::to_owned), person })
        }))
    }

    /// Uses a link up: gives its person the password, after making them the first admin where the link is for that.
    ///
    /// # Errors
    /// [`SetUpError`]; the link holds still unless it is [`SetUpError::Gone`].
    pub async fn set_up(&self, token: &str, form: SetUp) -> Result<PersonId, SetUpError> {
        let token = Token::parse(token).ok_or(SetUpError::Gone)?.hash();
        let now = self.now();
        let invited = self.accounts.link(&token, now).await?.ok_or(SetUpError::Gone)?;
        let (person, commands) = match invited {
            Invited::Person(person) => (person, Vec::new()),
            Invited::FirstAdmin => {
                let organisation = self.name_organisation(&form);
                let (person, first_admin) = self.first_admin(&form);
                // Asked beforehand, so that a mistake in the form does not use the link up.
                self.ledger.read(|workspace, _| {
                    let decide = |command| workspace.decide(Actor::Operator, now, command);
                    decide(&organisation).map_err(|refusal| SetUpError::Invalid {
                        field: Some(FormField::Organisation),
                        message: refusal.message,
                    })?;
                    decide(&first_admin).map_err(SetUpError::from)
                })?;
                (person, vec![organisation, first_admin])
            }
        };
        check_password(&form.password).map_err(|problem| SetUpError::Invalid {
            field: Some(FormField::Password),
            message: problem.to_string(),
        })?;
        let hash = self.hasher.hash(form.password).await?;
        if !self.accounts.use_link(&token, now).await? {
            return Err(SetUpError::Gone);
        }
        let done = async {
            if !commands.is_empty() {
                self.submit(commands).await?;
            }
            self.accounts.set_password(person, &hash).await.map_err(SetUpError::from)
        };
        if let Err(error) = done.await {
            self.accounts.add_link(&token, invited, now + FIRST_ADMIN_LIFETIME).await?;
            return Err(error);
        }
        self.tell(Ended::AllOf(person));
        Ok(person)
    }

    fn name_organisation(&self, form: &SetUp) -> Command {
        let was = self.ledger.read(|workspace, _| workspace.settings.name.clone());
        let is = form.organisation.trim().to_owned();
        Command::Edit(Edit::Settings(Replaced { was: SettingsField::Name(was), is: SettingsField::Name(is) }))
    }

    /// Makes somebody an admin who is in the workspace already, as after an import, or else adds them.
    fn first_admin(&self, form: &SetUp) -> (PersonId, Command) {
        let known = self.ledger.read(|workspace, _| workspace.person_by_email(&form.email).cloned());
        match known {
            Some(person) => {
                let fields = Replaced { was: PersonField::Role(person.role), is: PersonField::Role(Role::Admin) };
                (person.id, Command::Edit(Edit::Person(person.id, fields)))
            }
            None => {
                let person = new_person(&form.name, &form.email, Role::Admin);
                (person.id, Command::Add(Record::Person(person)))
            }
        }
    }

    async fn submit(&self, commands: Vec<Command>) -> Result<(), SetUpError> {
        let submission = Submission { mutation: MutationId(Uuid::now_v7()), actor: Actor::Operator, commands };
        self.ledger.submit(submission).await?;
        Ok(())
    }
}

fn new_person(name: &str, email: &str, role: Role) -> Person {
    Person {
        id: PersonId(Uuid::now_v7()),
        name: name.trim().to_owned(),
        email: Some(email.trim().to_owned()),
        role,
        teams: Vec::new(),
    }
}
