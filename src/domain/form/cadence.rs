//! The form that says when the check-ins of a team fall due.

use chrono::Weekday;

use super::fields::{Fields, Problem};
use crate::domain::cadence::{Cadence, Rhythm};
use crate::domain::change::{Edit, Replaced};
use crate::domain::command::Command;
use crate::domain::encoded::from_text;
use crate::domain::people::TeamField;

/// Reads the form. It carries along the cadence that its sender saw.
pub(super) fn cadence(fields: &Fields) -> Result<Vec<Command>, Problem> {
    let team = fields.choice("team")?.ok_or_else(Problem::unreadable)?;
    let was: Cadence = from_text(&fields.get("was")).ok_or_else(Problem::unreadable)?;
    let rhythm = Rhythm::from_name(&fields.get("rhythm"));
    let rhythm = rhythm.ok_or_else(|| Problem::at("rhythm", "Choose how often check-ins are due."))?;
    let weekday = fields.get("weekday").parse::<Weekday>();
    let weekday = weekday.map_err(|_| Problem::at("weekday", "Choose a day of the week."))?;
    let is = Cadence { rhythm, weekday };
    let fields = Replaced { was: TeamField::Cadence(was), is: TeamField::Cadence(is) };
    Ok(vec![Command::Edit(Edit::Team(team, fields))])
}

#[cfg(test)]
mod tests {
    use super::super::{Moment, commands};
    use super::*;
    use crate::domain::command::Actor;
    use crate::domain::encoded::to_text;
    use crate::domain::sample::{Sample, sample};

    #[test]
    fn an_admin_sets_the_cadence_of_a_team_and_nobody_else_does() {
        let Sample { mut workspace, admin, member, viewer, team, now, .. } = sample();
        let was = to_text(&Cadence::default()).unwrap();
        let form = |rhythm: &str, weekday: &str| {
            let (team, was) = (team.to_string(), was.clone());
            let pairs = [("form", "cadence"), ("team", &team), ("was", &was), ("rhythm", rhythm), ("weekday", weekday)];
            Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        let mut send = |person, fields: &Fields| {
            let actor = Actor::Person(person);
            let mut new_id = || unreachable!("nothing new is made");
            let commands = commands(&workspace, None, fields, &mut Moment { now, actor, new_id: &mut new_id })?;
            for change in workspace.decide(actor, now, &commands[0]).map_err(Problem::from)? {
                workspace.apply(&change);
            }
            Ok::<_, Problem>(workspace.team(team).unwrap().cadence)
        };
        let fridays = form("every_two_weeks", "Fri");
        for outsider in [member, viewer] {
            assert!(send(outsider, &fridays).is_err());
        }
        let set = Cadence { rhythm: Rhythm::EveryTwoWeeks, weekday: Weekday::Fri };
        assert_eq!(send(admin, &fridays), Ok(set));
        assert!(send(admin, &form("monthly", "Mon")).is_err(), "it is another by now");
        assert_eq!(send(admin, &form("hourly", "Mon")).unwrap_err().field.as_deref(), Some("rhythm"));
        assert_eq!(send(admin, &form("weekly", "Someday")).unwrap_err().field.as_deref(), Some("weekday"));
        assert!(send(admin, &Fields(vec![("form".to_owned(), "cadence".to_owned())])).is_err());
    }
}
