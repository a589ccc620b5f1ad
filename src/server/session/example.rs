//! The people of the example company, whom anyone may be.

use crate::domain::okr::State;
use crate::domain::people::{Person, Role};
use crate::domain::sign_in::ExamplePerson;
use crate::domain::workspace::Workspace;

/// Everybody, in the order of their names, and before them those who see something of their own, with a hint at it.
/// Nobody unless this is the example company.
#[must_use]
pub fn people(workspace: &Workspace) -> Vec<ExamplePerson> {
    if !workspace.settings.example {
        return Vec::new();
    }
    let mut everybody: Vec<&Person> = workspace.people().collect();
    everybody.sort_by_key(|person| person.name.to_lowercase());
    let first = |role| everybody.iter().copied().find(|person| person.role == role);
    let lead = everybody.iter().copied().find_map(|person| {
        let title = leads(workspace, person)?;
        (person.role == Role::Member).then(|| (person, format!("Leads “{title}”")))
    });
    let member = everybody.iter().copied().find_map(|person| {
        let title = checks_in(workspace, person)?;
        let is_lead = leads(workspace, person).is_some();
        (person.role == Role::Member && !is_lead).then(|| (person, format!("Checks in “{title}”")))
    });
    let admin = first(Role::Admin).map(|person| (person, "Changes everything".to_owned()));
    let viewer = first(Role::Viewer).map(|person| (person, "Reads everything and changes nothing".to_owned()));

    let interesting: Vec<_> = [admin, lead, member, viewer].into_iter().flatten().collect();
    let others = everybody
        .iter()
        .filter(|person| interesting.iter().all(|(chosen, _)| chosen.id != person.id))
        .map(|person| (*person, String::new()));
    let present = |(person, hint): (&Person, String)| ExamplePerson {
        id: person.id,
        name: person.name.clone(),
        role: person.role,
        team: person.teams.first().and_then(|team| workspace.team(*team)).map(|team| team.name.clone()),
        hint,
    };
    interesting.clone().into_iter().chain(others).map(present).collect()
}

/// The first objective under way that a person owns.
fn leads<'a>(workspace: &'a Workspace, person: &Person) -> Option<&'a str> {
    let theirs = workspace.objectives().map(|node| &node.objective);
    let theirs = theirs.filter(|objective| objective.owner == Some(person.id) && objective.state == State::Agreed);
    theirs.min_by_key(|objective| objective.id).map(|objective| objective.title.as_str())
}

/// The first key result under way that a person owns.
fn checks_in<'a>(workspace: &'a Workspace, person: &Person) -> Option<&'a str> {
    let theirs = workspace.key_results().map(|node| &node.key_result);
    let theirs = theirs.filter(|key_result| {
        let objective = workspace.objective(key_result.objective);
        key_result.owner == Some(person.id) && objective.is_some_and(|node| node.objective.state == State::Agreed)
    });
    theirs.min_by_key(|key_result| key_result.id).map(|key_result| key_result.title.as_str())
}
