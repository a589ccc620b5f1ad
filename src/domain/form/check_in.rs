//! The forms that check a key result in, or correct what was said of it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::fields::{Fields, Problem};
use super::moment::Moment;
use crate::domain::change::Record;
use crate::domain::command::sentence;
use crate::domain::ids::{CheckInId, KeyResultId};
use crate::domain::measure::{Measure, Value};
use crate::domain::okr::{CheckIn, Confidence, ConfidenceBand};
use crate::domain::workspace::{KeyResultNode, Workspace};

/// Reads a check-in: of now, for an earlier day where `day` says one, and in place of the one that `replaces` names.
pub(super) fn check_in(
    workspace: &Workspace,
    id: KeyResultId,
    fields: &Fields,
    moment: &mut Moment<'_>,
) -> Result<Record, Problem> {
    let node = workspace.key_result(id).ok_or_else(Problem::unreadable)?;
    let replaced = replaced(node, fields)?;
    let (day, at) = when(workspace, node, replaced, fields, moment.now)?;
    Ok(Record::CheckIn(CheckIn {
        id: CheckInId((moment.new_id)()),
        table_id: None,
        key_result: id,
        value: value(node, fields)?,
        confidence: confidence(fields)?,
        note: fields.get("note").trim().to_owned(),
        by: moment.actor.person(),
        at,
        day,
        replaces: replaced.map(|replaced| replaced.id),
    }))
}

fn value(node: &KeyResultNode, fields: &Fields) -> Result<Value, Problem> {
    let measure = &node.key_result.measure;
    if fields.has("unchanged") {
        return unchanged(node, fields);
    }
    let current = node.current().map(|check_in| &check_in.value);
    if matches!(measure, Measure::Milestones { .. }) && fields.has("step-form") {
        let steps: Result<BTreeSet<u16>, _> = fields.all("step").map(str::parse).collect();
        return steps.map(Value::Steps).map_err(|_| Problem::unreadable());
    }
    measure
        .parse_value(&fields.get("value"), &node.key_result.unit, current)
        .map_err(|problem| Problem::at("value", sentence(&problem.to_string())))
}

/// The value that holds, if it is the one that was looked at.
fn unchanged(node: &KeyResultNode, fields: &Fields) -> Result<Value, Problem> {
    let current =
        node.current().ok_or_else(|| Problem::at("value", "Nothing was said of it yet. Give it a value first."))?;
    match fields.choice::<CheckInId>("seen")? {
        Some(seen) if seen != current.id => {
            let now = current.value.short(&node.key_result.measure);
            Err(Problem::at(
                "value",
                format!("Meanwhile somebody said {now}. Nothing was sent: look at it, and choose again."),
            ))
        }
        _ => Ok(current.value.clone()),
    }
}

/// A number within the band that is chosen; a band alone stands for its middle. Where only numbers are offered, a number.
fn confidence(fields: &Fields) -> Result<Option<Confidence>, Problem> {
    let number = match fields.choice::<u8>("confidence")? {
        None => None,
        Some(number) => Some(
            Confidence::new(number)
                .ok_or_else(|| Problem::at("confidence", "Confidence is a whole number from 0 to 10."))?,
        ),
    };
    Ok(match ConfidenceBand::from_name(&fields.get("band")) {
        // The scale of another band is out of sight by then.
        Some(band) => Some(number.filter(|number| number.band() == band).unwrap_or(band.middle())),
        None => number,
    })
}

/// The check-in that is corrected.
fn replaced<'a>(node: &'a KeyResultNode, fields: &Fields) -> Result<Option<&'a CheckIn>, Problem> {
    let Some(id) = fields.choice::<CheckInId>("replaces")? else {
        return Ok(None);
    };
    let found = node.check_ins.iter().find(|check_in| check_in.id == id);
    let found =
        found.ok_or_else(|| Problem::general("The check-in that this was to correct is not there any more."))?;
    if node.is_corrected(id) {
        return Err(Problem::general("It was corrected already. Correct what stands there now."));
    }
    Ok(Some(found))
}

/// The day and the moment that a check-in is for.
fn when(
    workspace: &Workspace,
    node: &KeyResultNode,
    replaced: Option<&CheckIn>,
    fields: &Fields,
    now: DateTime<Utc>,
) -> Result<(NaiveDate, DateTime<Utc>), Problem> {
    let today = workspace.today();
    let day = match fields.get("day").trim() {
        "" => replaced.map_or(today, |replaced| replaced.day),
        text => text
            .parse()
            .map_err(|_| Problem::at("day", "This is no day of the calendar. Write it as year-month-day."))?,
    };
    if day > today {
        return Err(Problem::at("day", "This day is still to come. A check-in tells what is or was."));
    }
    if let Some(replaced) = replaced.filter(|replaced| replaced.day == day) {
        return Ok((day, replaced.at));
    }
    if day == today {
        return Ok((day, workspace.check_in_time(node.key_result.id, now)));
    }
    // Noon, and after whatever was said for that day before: of equal times, a correction of the first would be the last word.
    let noon = workspace.day().noon_of(day);
    let said = node.check_ins.iter().filter(|check_in| check_in.day == day).map(|check_in| check_in.at).max();
    Ok((day, said.map_or(noon, |said| noon.max(said + TimeDelta::milliseconds(1))).min(now)))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::commands;
    use super::*;
    use crate::domain::command::{Actor, Command};
    use crate::domain::testing::{Company, day, noon, number, reach};

    /// 4 May 2026 is a Monday.
    const TODAY: &str = "2026-05-04";

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// Sends a form about a key result, and returns the check-in that came of it.
    fn send(company: &mut Company, id: KeyResultId, pairs: &[(&str, &str)]) -> Result<Option<CheckIn>, Problem> {
        let now = noon(company.workspace.today());
        let new = company.id();
        let mut new_id = || new;
        let mut moment = Moment { now, actor: Actor::Operator, new_id: &mut new_id };
        let commands = commands(&company.workspace, Some(id.into()), &fields(pairs), &mut moment)?;
        for command in &commands {
            company.try_as(Actor::Operator, command).map_err(Problem::from)?;
        }
        Ok(commands.into_iter().find_map(|command| match command {
            Command::Add(Record::CheckIn(check_in)) => Some(check_in),
            _ => None,
        }))
    }

    fn setting() -> (Company, KeyResultId) {
        let mut company = Company::on(TODAY);
        let top = company.objective(None);
        let id = company.key_result(top, reach(0.0, 100.0));
        (company, id)
    }

    #[test]
    fn a_band_alone_is_its_middle_and_the_scale_of_another_is_out_of_sight() {
        let (mut company, id) = setting();
        let mut confidence = |more: &[(&str, &str)]| {
            let pairs = [&[("form", "check-in"), ("value", "1")], more].concat();
            send(&mut company, id, &pairs).map(|made| made.unwrap().confidence.map(Confidence::get))
        };
        assert_eq!(confidence(&[]), Ok(None));
        assert_eq!(confidence(&[("band", "on_track")]), Ok(Some(9)));
        assert_eq!(confidence(&[("band", "at_risk"), ("confidence", "4")]), Ok(Some(4)));
        assert_eq!(confidence(&[("band", "off_track"), ("confidence", "8")]), Ok(Some(2)));
        assert_eq!(confidence(&[("confidence", "10")]), Ok(Some(10)));
        assert_eq!(confidence(&[("confidence", "11")]).unwrap_err().field.as_deref(), Some("confidence"));
    }

    #[test]
    fn nothing_changed_is_the_same_value_and_no_confidence() {
        let (mut company, id) = setting();
        let unchanged = [("form", "check-in"), ("unchanged", "1"), ("value", "")];
        assert_eq!(send(&mut company, id, &unchanged).unwrap_err().field.as_deref(), Some("value"));
        company.check_in_on(id, "2026-04-27", number(30.0), Some(7));
        let made = send(&mut company, id, &unchanged).unwrap().unwrap();
        assert_eq!((made.value, made.confidence, made.day), (number(30.0), None, day(TODAY)));
        assert_eq!(company.percent(id), "30 %");
    }

    #[test]
    fn nothing_changed_is_said_of_what_was_looked_at() {
        let (mut company, id) = setting();
        let seen = company.check_in_on(id, "2026-04-27", number(30.0), None).to_string();
        company.check_in_on(id, "2026-04-28", number(42.0), None);
        let unchanged = |company: &mut Company, seen: &str| {
            send(company, id, &[("form", "check-in"), ("unchanged", "1"), ("seen", seen)])
        };
        let refused = unchanged(&mut company, &seen).unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("value"));
        assert!(refused.message.contains("42"), "{}", refused.message);
        let current = company.workspace.key_result(id).unwrap().current().unwrap().id.to_string();
        assert_eq!(unchanged(&mut company, &current).unwrap().unwrap().value, number(42.0));
    }

    #[test]
    fn an_earlier_day_is_told_of_afterwards() {
        let (mut company, id) = setting();
        company.check_in_on(id, "2026-04-28", number(30.0), None);
        let mut on =
            |day: &str, value: &str| send(&mut company, id, &[("form", "check-in"), ("value", value), ("day", day)]);
        for (wrong, problem) in [("2026-05-05", "still to come"), ("2027-05-04", "still to come"), ("soon", "calendar")]
        {
            let refused = on(wrong, "1").unwrap_err();
            assert_eq!(refused.field.as_deref(), Some("day"));
            assert!(refused.message.contains(problem), "{}", refused.message);
        }
        let made = on("2026-04-27", "20").unwrap().unwrap();
        assert_eq!((made.day, made.at), (day("2026-04-27"), noon(day("2026-04-27"))));
        assert!(on("1700-01-01", "20").is_err());
        assert_eq!(company.percent(id), "30 %", "what was said for a later day holds");
        send(&mut company, id, &[("form", "check-in"), ("value", "32"), ("day", "2026-04-28")]).unwrap();
        assert_eq!(company.percent(id), "32 %", "of the same day, the later said");
    }

    #[test]
    fn a_correction_takes_the_place_of_what_was_said_and_can_be_undone() {
        let (mut company, id) = setting();
        let first = company.check_in_on(id, "2026-04-27", number(20.0), None);
        let last = company.check_in_on(id, TODAY, number(300.0), None);
        let correct =
            |of: CheckInId| [("form", "correct".to_owned()), ("replaces", of.to_string()), ("value", "30".to_owned())];
        let sent = |company: &mut Company, of| {
            let pairs = correct(of);
            send(company, id, &pairs.each_ref().map(|(name, value)| (*name, value.as_str())))
        };
        let made = sent(&mut company, last).unwrap().unwrap();
        assert_eq!((made.replaces, made.day), (Some(last), day(TODAY)));
        assert_eq!(company.percent(id), "30 %");
        assert!(sent(&mut company, last).unwrap_err().message.contains("corrected already"));
        assert!(sent(&mut company, CheckInId(Uuid::from_u128(999))).is_err());
        assert!(sent(&mut company, first).is_ok());
        assert_eq!(company.percent(id), "30 %", "the past was corrected, not the present");
        let undone = company.log.iter().rfind(|change| matches!(change, crate::domain::change::Change::Added(Record::CheckIn(it)) if it.replaces == Some(last)));
        let undone = undone.unwrap().clone().inverse();
        company.workspace.apply(&undone);
        assert_eq!(company.percent(id), "300 %");
    }

    #[test]
    fn of_two_that_are_told_of_one_day_afterwards_the_second_stays_the_last_word() {
        let (mut company, id) = setting();
        let mut tell = |value: &str| {
            let pairs = [("form", "check-in"), ("value", value), ("day", "2026-04-28")];
            send(&mut company, id, &pairs).unwrap().unwrap()
        };
        let (first, second) = (tell("20"), tell("30"));
        assert!(first.at < second.at);
        let of = first.id.to_string();
        send(&mut company, id, &[("form", "correct"), ("replaces", &of), ("value", "21")]).unwrap();
        assert_eq!(company.percent(id), "30 %", "the past was corrected, not the present");
    }

    #[test]
    fn a_day_told_of_afterwards_comes_before_the_next_morning_wherever_the_workspace_is() {
        let (mut company, id) = setting();
        let auckland = chrono::FixedOffset::east_opt(13 * 3600).unwrap();
        company.workspace.set_today(crate::domain::day::Day::new(day(TODAY), &auckland));
        let mut early = company.check_in_record(id, day(TODAY), number(60.0), None);
        // Half past midnight there.
        early.at = "2026-05-03T11:30:00Z".parse().unwrap();
        company.add(Record::CheckIn(early));
        send(&mut company, id, &[("form", "check-in"), ("value", "10"), ("day", "2026-05-03")]).unwrap();
        assert_eq!(company.percent(id), "60 %");
    }

    #[test]
    fn a_reason_to_skip_is_a_comment() {
        let (mut company, id) = setting();
        assert_eq!(send(&mut company, id, &[("form", "skip"), ("comment", " ")]), Ok(None));
        assert_eq!(company.workspace.comments(id.into()).len(), 0);
        assert_eq!(send(&mut company, id, &[("form", "skip"), ("comment", "On holiday")]), Ok(None));
        assert_eq!(company.workspace.comments(id.into())[0].text, "On holiday");
    }

    #[test]
    fn a_note_of_a_megabyte_is_refused_at_its_field() {
        let (mut company, id) = setting();
        let note = "x".repeat(1 << 20);
        let refused = send(&mut company, id, &[("form", "check-in"), ("value", "1"), ("note", &note)]).unwrap_err();
        assert_eq!(refused.field.as_deref(), Some("note"));
    }
}
