//! What makes up the organisation: teams, people, cycles, KPIs, settings.

use chrono::{DateTime, Utc};

use super::{check_list, is_new, not_in_future, title};
use crate::domain::command::{Actor, Refusal};
use crate::domain::cycle::Cycle;
use crate::domain::ids::{CycleId, PersonId, TeamId};
use crate::domain::kpi::{HealthyRange, Kpi, KpiField, KpiReading};
use crate::domain::people::{Person, PersonField, Role, Team, TeamField};
use crate::domain::settings::SettingsField;
use crate::domain::text::{check_line, check_text};
use crate::domain::workspace::Workspace;

impl Workspace {
    pub(super) fn check_team(&self, actor: Actor, team: &Team) -> Result<(), Refusal> {
        self.require_administration(actor)?;
        is_new(self.team(team.id).is_none())?;
        self.check_team_field(team.id, &TeamField::Name(team.name.clone()))?;
        self.check_team_field(team.id, &TeamField::Parent(team.parent))
    }

    pub(super) fn check_team_field(&self, id: TeamId, field: &TeamField) -> Result<(), Refusal> {
        match field {
            TeamField::Name(name) => {
                title("name", name)?;
                if self.teams().any(|team| team.id != id && team.name == *name) {
                    return Err(Refusal::already_there("name", format!("there is a team named {name} already")));
                }
            }
            TeamField::Parent(parent) => {
                let mut above = *parent;
                while let Some(team) = above {
                    if team == id {
                        return Err(Refusal::invalid("parent", "a team cannot be part of itself"));
                    }
                    above = self.team(team).ok_or_else(|| Refusal::not_found("team"))?.parent;
                }
            }
            TeamField::Cadence(_) => {}
        }
        Ok(())
    }

    pub(super) fn check_person(&self, actor: Actor, person: &Person) -> Result<(), Refusal> {
        self.require_administration(actor)?;
        is_new(self.person(person.id).is_none())?;
        self.check_person_field(person.id, &PersonField::Name(person.name.clone()))?;
        self.check_person_field(person.id, &PersonField::Email(person.email.clone()))?;
        self.check_person_field(person.id, &PersonField::Teams(person.teams.clone()))
    }

    pub(super) fn check_person_field(&self, id: PersonId, field: &PersonField) -> Result<(), Refusal> {
        match field {
            PersonField::Name(name) => title("name", name),
            PersonField::Email(None) | PersonField::Role(_) => Ok(()),
            PersonField::Email(Some(email)) => {
                title("email", email)?;
                if !is_email(email) {
                    return Err(Refusal::invalid("email", "this is not an e-mail address"));
                }
                match self.person_by_email(email) {
                    Some(other) if other.id != id => {
                        Err(Refusal::already_there("email", format!("{} has this e-mail address already", other.name)))
                    }
                    _ => Ok(()),
                }
            }
            PersonField::Teams(teams) => self.check_teams(teams),
        }
    }

    pub(super) fn keep_an_admin(&self, person: &Person, field: &PersonField) -> Result<(), Refusal> {
        let steps_down = person.role == Role::Admin && matches!(field, PersonField::Role(role) if *role != Role::Admin);
        if steps_down && !self.people().any(|other| other.id != person.id && other.role == Role::Admin) {
            return Err(Refusal::invalid("role", "this is the last admin; make somebody else one first"));
        }
        Ok(())
    }

    pub(super) fn check_cycle(&self, actor: Actor, cycle: &Cycle) -> Result<(), Refusal> {
        self.require_administration(actor)?;
        is_new(self.cycle(cycle.id).is_none())?;
        self.check_cycle_name(cycle.id, &cycle.name)
    }

    pub(super) fn check_cycle_name(&self, id: CycleId, name: &str) -> Result<(), Refusal> {
        title("name", name)?;
        if self.cycles().any(|cycle| cycle.id != id && cycle.name == name) {
            return Err(Refusal::already_there("name", format!("there is a cycle named {name} already")));
        }
        Ok(())
    }

    pub(super) fn check_kpi(&self, actor: Actor, kpi: &Kpi) -> Result<(), Refusal> {
        self.require_administration(actor)?;
        is_new(self.kpi(kpi.id).is_none())?;
        let fields = [
            KpiField::Name(kpi.name.clone()),
            KpiField::Unit(kpi.unit.clone()),
            KpiField::Healthy(kpi.healthy),
            KpiField::Owner(kpi.owner),
            KpiField::Team(kpi.team),
        ];
        fields.iter().try_for_each(|field| self.check_kpi_field(field))
    }

    pub(super) fn check_kpi_field(&self, field: &KpiField) -> Result<(), Refusal> {
        match field {
            KpiField::Name(name) => title("name", name),
            KpiField::Unit(unit) => check_line(unit).map_err(|problem| Refusal::invalid("unit", problem)),
            KpiField::Healthy(HealthyRange { low: Some(low), high: Some(high) }) if low > high => {
                Err(Refusal::invalid("healthy", "the low bound lies above the high one"))
            }
            KpiField::Healthy(_) => Ok(()),
            KpiField::Owner(owner) => self.check_owner(*owner),
            KpiField::Team(team) => self.check_teams(team.as_slice()),
        }
    }

    pub(super) fn check_kpi_reading(
        &self,
        actor: Actor,
        now: DateTime<Utc>,
        reading: &KpiReading,
    ) -> Result<(), Refusal> {
        let node = self.kpi(reading.kpi).ok_or_else(|| Refusal::not_found("KPI"))?;
        let theirs = actor.person().is_some() && node.kpi.owner == actor.person();
        let allowed = self.may_administrate(actor) || (self.may_write(actor) && theirs);
        self.require(actor, allowed, "KPI")?;
        is_new(!self.kpis().any(|node| node.readings.iter().any(|other| other.id == reading.id)))?;
        if actor.person().is_some_and(|person| reading.by != Some(person)) {
            return Err(Refusal::not_allowed("A reading carries the name of whoever makes it."));
        }
        self.check_owner(reading.by)?;
        not_in_future(now, reading.at)
    }

    pub(super) fn check_owner(&self, owner: Option<PersonId>) -> Result<(), Refusal> {
        match owner {
            Some(owner) if self.person(owner).is_none() => Err(Refusal::not_found("person")),
            _ => Ok(()),
        }
    }

    pub(super) fn check_teams(&self, teams: &[TeamId]) -> Result<(), Refusal> {
        check_list("teams", teams)?;
        if teams.iter().all(|team| self.team(*team).is_some()) { Ok(()) } else { Err(Refusal::not_found("team")) }
    }
}

pub(super) fn check_settings_field(field: &SettingsField) -> Result<(), Refusal> {
    let text = |text: &str| check_text(text).map_err(|problem| Refusal::invalid("strategy", problem));
    match field {
        SettingsField::Name(name) => title("name", name),
        SettingsField::TimeZone(name) => title("time_zone", name),
        SettingsField::Pace(bounds) if bounds.on_track > bounds.behind || bounds.behind > 100 => {
            Err(Refusal::invalid("pace", "the bounds rise from 0 to 100, on track before behind"))
        }
        SettingsField::Pace(_) | SettingsField::Example(_) => Ok(()),
        SettingsField::Strategy(strategy) => {
            [&strategy.aspiration, &strategy.where_to_play, &strategy.how_to_win, &strategy.assumptions]
                .into_iter()
                .try_for_each(|part| text(part))
        }
    }
}

/// Something before one `@`, a domain after it, no blanks. Whether it reaches anybody only a letter can tell.
pub(in crate::domain) fn is_email(text: &str) -> bool {
    match text.split_once('@') {
        Some((local, domain)) => {
            !local.is_empty() && !domain.is_empty() && !domain.contains('@') && !text.contains(char::is_whitespace)
        }
        None => false,
    }
}
