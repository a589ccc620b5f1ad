//! Forms about saved views.

use super::fields::{Fields, Problem};
use super::moment::Moment;
use crate::domain::change::{Edit, Record, Replaced};
use crate::domain::command::Command;
use crate::domain::ids::ViewId;
use crate::domain::view::{View, ViewField};

/// Reads a form about a saved view into commands.
pub(super) fn commands(form: &str, fields: &Fields, moment: &mut Moment<'_>) -> Result<Vec<Command>, Problem> {
    let name = || match fields.get("name").trim() {
        "" => Err(Problem::at("name", "Give the view a name.")),
        name => Ok(name.to_owned()),
    };
    let id = || fields.choice("view")?.ok_or_else(Problem::unreadable);
    Ok(vec![match form {
        "save-view" => Command::Add(Record::View(View {
            owner: moment.actor.person().ok_or_else(Problem::unreadable)?,
            shared: fields.has("shared"),
            name: name()?,
            query: fields.get("query"),
            id: ViewId((moment.new_id)()),
        })),
        "rename-view" => {
            let fields = Replaced { was: ViewField::Name(fields.get("was")), is: ViewField::Name(name()?) };
            Command::Edit(Edit::View(id()?, fields))
        }
        _ => Command::RemoveView(id()?),
    }])
}

#[cfg(test)]
mod tests {
    use super::super::commands;
    use super::*;
    use crate::domain::command::Actor;
    use crate::domain::sample::{Sample, sample};

    #[test]
    fn a_view_is_saved_renamed_and_deleted() {
        let Sample { mut workspace, member, now, .. } = sample();
        let mut send = |pairs: &[(&str, &str)]| {
            let fields = Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
            let actor = Actor::Person(member);
            let mut new_id = || uuid::Uuid::from_u128(500);
            let commands = commands(&workspace, None, &fields, &mut Moment { now, actor, new_id: &mut new_id })?;
            for change in workspace.decide(actor, now, &commands[0]).map_err(Problem::from)? {
                workspace.apply(&change);
            }
            Ok::<_, Problem>(workspace.views().map(|view| (view.name.clone(), view.shared)).collect::<Vec<_>>())
        };
        let saved = send(&[("form", "save-view"), ("name", " Slow "), ("query", "q=slow"), ("shared", "on")]).unwrap();
        assert_eq!(saved, [("Slow".to_owned(), true)]);
        let id = uuid::Uuid::from_u128(500).to_string();
        let renamed = [("form", "rename-view"), ("view", id.as_str()), ("was", "Slow"), ("name", "Late")];
        assert_eq!(send(&renamed).unwrap(), [("Late".to_owned(), true)]);
        assert_eq!(
            send(&[("form", "save-view"), ("name", " "), ("query", "q=slow")]).unwrap_err().field.unwrap(),
            "name"
        );
        assert!(send(&[("form", "rename-view"), ("view", "x"), ("name", "y")]).is_err());
        let too_late = [("form", "rename-view"), ("view", id.as_str()), ("was", "Slow"), ("name", "Tardy")];
        assert!(send(&too_late).is_err(), "somebody renamed it since");
        assert!(send(&[("form", "remove-view")]).is_err());
        assert!(send(&[("form", "remove-view"), ("view", &id)]).unwrap().is_empty());
    }
}
