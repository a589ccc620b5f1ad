//! Who may do what.

use super::command::{Actor, Refusal};
use super::ids::{KeyResultId, NodeId, ObjectiveId, PersonId, TeamId};
use super::okr::{KeyResult, Objective};
use super::people::{Person, Role};
use super::view::View;
use super::workspace::Workspace;

/// What an actor is in a workspace.
#[derive(Clone, Copy)]
enum Standing<'a> {
    Everything,
    Member(&'a Person),
    Reads,
    Stranger,
    /// Whoever it is looks at a past day.
    LooksBack,
}

impl Workspace {
    fn standing(&self, actor: Actor) -> Standing<'_> {
        if self.past {
            return Standing::LooksBack;
        }
        let Actor::Person(id) = actor else {
            return Standing::Everything;
        };
        match self.person(id) {
            None => Standing::Stranger,
            Some(person) => match person.role {
                Role::Admin => Standing::Everything,
                Role::Member => Standing::Member(person),
                Role::Viewer => Standing::Reads,
            },
        }
    }

    /// Whether the actor may read the workspace: everybody in it may.
    #[must_use]
    pub fn may_read(&self, actor: Actor) -> bool {
        !matches!(self.standing(actor), Standing::Stranger)
    }

    /// Whether the actor may change what concerns everybody: people, teams, cycles, settings.
    #[must_use]
    pub fn may_administrate(&self, actor: Actor) -> bool {
        matches!(self.standing(actor), Standing::Everything)
    }

    /// Whether the actor may write objectives at all.
    #[must_use]
    pub fn may_write(&self, actor: Actor) -> bool {
        matches!(self.standing(actor), Standing::Everything | Standing::Member(_))
    }

    /// Whether the actor may edit an objective: it is theirs, their teams share it, or it has no owner.
    #[must_use]
    pub fn may_edit_objective(&self, actor: Actor, id: ObjectiveId) -> bool {
        self.objective(id).is_some_and(|node| self.may_edit_this_objective(actor, &node.objective))
    }

    /// Whether the actor may edit a key result and check it in: it is theirs, it has no owner, it is their team's, or
    /// its objective is theirs or shared by their teams.
    #[must_use]
    pub fn may_edit_key_result(&self, actor: Actor, id: KeyResultId) -> bool {
        self.key_result(id).is_some_and(|node| self.may_edit_this_key_result(actor, &node.key_result))
    }

    /// Whether the actor may save, edit or delete a view: their own, and where it is shared they must be allowed to write, or
    /// an admin.
    #[must_use]
    pub fn may_change_view(&self, actor: Actor, view: &View) -> bool {
        let own = actor.person() == Some(view.owner);
        match self.standing(actor) {
            Standing::Everything => own || view.shared || actor == Actor::Operator,
            Standing::Member(_) => own,
            Standing::Reads => own && !view.shared,
            Standing::Stranger | Standing::LooksBack => false,
        }
    }

    pub(super) fn may_edit_this_objective(&self, actor: Actor, objective: &Objective) -> bool {
        match self.standing(actor) {
            Standing::Everything => true,
            Standing::Member(person) => is_theirs(person, objective.owner, &objective.teams),
            Standing::Reads | Standing::Stranger | Standing::LooksBack => false,
        }
    }

    pub(super) fn may_edit_this_key_result(&self, actor: Actor, key_result: &KeyResult) -> bool {
        match self.standing(actor) {
            Standing::Everything => true,
            Standing::Member(person) => {
                is_theirs(person, key_result.owner, key_result.team.as_slice())
                    || self.objective(key_result.objective).is_some_and(|node| {
                        node.objective.owner == Some(person.id) || shares(person, &node.objective.teams)
                    })
            }
            Standing::Reads | Standing::Stranger | Standing::LooksBack => false,
        }
    }

    /// Why somebody cannot edit a node; `None` where they can.
    #[must_use]
    pub fn edit_obstacle(&self, actor: Actor, node: NodeId) -> Option<Refusal> {
        let objective = self.objective_of(node)?.id;
        let allowed = match node {
            NodeId::Objective(id) => self.require(actor, self.may_edit_objective(actor, id), "objective"),
            NodeId::KeyResult(id) => self.require(actor, self.may_edit_key_result(actor, id), "key result"),
        };
        allowed.and_then(|()| self.require_open(objective)).err()
    }

    /// Whether the actor may say something about objectives and key results: whoever may write at all.
    pub(super) fn require_voice(&self, actor: Actor) -> Result<(), Refusal> {
        self.require(actor, self.may_write(actor), "conversation")
    }

    pub(super) fn require_administration(&self, actor: Actor) -> Result<(), Refusal> {
        if self.may_administrate(actor) { Ok(()) } else { Err(Refusal::not_allowed("Only an admin may change this.")) }
    }

    pub(super) fn require(&self, actor: Actor, allowed: bool, what: &str) -> Result<(), Refusal> {
        if allowed {
            return Ok(());
        }
        Err(Refusal::not_allowed(match self.standing(actor) {
            Standing::Stranger => "You are not a member of this workspace.".to_owned(),
            Standing::LooksBack => "This is how it was on a past day: it can be read, and not changed.".to_owned(),
            Standing::Reads => {
                format!("You may read this {what}, and viewers change nothing. An admin can make you a member.")
            }
            Standing::Member(_) | Standing::Everything => {
                format!("This {what} belongs to others. Its owner, its teams and admins may change it.")
            }
        }))
    }
}

fn is_theirs(person: &Person, owner: Option<PersonId>, teams: &[TeamId]) -> bool {
    owner.is_none_or(|owner| owner == person.id) || shares(person, teams)
}

fn shares(person: &Person, teams: &[TeamId]) -> bool {
    teams.iter().any(|team| person.teams.contains(team))
}
