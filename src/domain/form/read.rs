//! Each form and what it asks for.

use super::cadence::cadence;
use super::check_in::check_in;
use super::close::close;
use super::conflict::{Settling, Version};
use super::fields::{Fields, Problem};
use super::measure::{are_as_shown, measure};
use super::moment::Moment;
use super::view;
use crate::domain::change::{Edit, Record, Replaced};
use crate::domain::command::Command;
use crate::domain::encoded::{from_text, to_text};
use crate::domain::ids::{CheckInId, CommentId, InitiativeId, KeyResultId, NodeId, ObjectiveId, TeamId};
use crate::domain::measure::{Measure, Value, carried_over};
use crate::domain::okr::{
    CheckIn, Comment, Counts, DrivenBy, Initiative, InitiativeField, KeyResult, KeyResultField, Objective,
    ObjectiveField, Stance, State,
};
use crate::domain::progress::Weight;
use crate::domain::rank::Rank;
use crate::domain::workspace::Workspace;

/// Reads a form about a node (`None`: about the whole workspace) into commands. The field `form` says which form it is.
///
/// # Errors
/// What is wrong with a field. Whether the commands are allowed is decided when they are carried out.
pub fn commands(
    workspace: &Workspace,
    node: Option<NodeId>,
    fields: &Fields,
    moment: &mut Moment<'_>,
) -> Result<Vec<Command>, Problem> {
    match (fields.get("form").as_str(), node) {
        ("check-in" | "correct", Some(NodeId::KeyResult(id))) => check_in(workspace, id, fields, moment).map(add),
        // Whoever skips a key result may say why, for others to read.
        ("skip", Some(NodeId::KeyResult(_))) if fields.get("comment").trim().is_empty() => Ok(Vec::new()),
        ("new-objective", _) => new_objective(workspace, fields, moment).map(add),
        ("new-key-result", Some(NodeId::Objective(id))) => new_key_result(id, fields, moment).map(add),
        ("new-initiative", Some(NodeId::KeyResult(key_result))) => {
            let owner = fields.choice("owner")?;
            let id = InitiativeId((moment.new_id)());
            let title = fields.get("title").trim().to_owned();
            Ok(add(Record::Initiative(Initiative { id, key_result, title, owner, done: false })))
        }
        ("comment" | "skip", Some(node)) => Ok(add(Record::Comment(Comment {
            id: CommentId((moment.new_id)()),
            node,
            text: fields.get("comment").trim().to_owned(),
            by: moment.actor.person(),
            at: moment.now,
        }))),
        ("initiative", Some(_)) => {
            let id = fields.choice("initiative")?.ok_or_else(Problem::unreadable)?;
            let done = fields.get("done") == "true";
            let edit = Replaced { was: InitiativeField::Done(!done), is: InitiativeField::Done(done) };
            Ok(vec![Command::Edit(Edit::Initiative(id, edit))])
        }
        ("state", Some(NodeId::Objective(id))) => {
            let state =
                |name| State::from_name(&fields.get(name)).ok_or_else(|| Problem::at("state", "Choose a state."));
            let edit =
                Replaced { was: ObjectiveField::State(state("was")?), is: ObjectiveField::State(state("state")?) };
            Ok(vec![Command::Edit(Edit::Objective(id, edit))])
        }
        ("close", Some(NodeId::Objective(id))) => close(workspace, id, fields),
        ("edit", Some(NodeId::Objective(id))) => edit_objective(workspace, id, fields, filled_objective),
        ("edit", Some(NodeId::KeyResult(id))) => edit_key_result(workspace, id, fields, moment, filled_key_result),
        ("numbers", Some(NodeId::Objective(id))) => edit_objective(workspace, id, fields, weighed),
        ("numbers", Some(NodeId::KeyResult(id))) => edit_key_result(workspace, id, fields, moment, measured),
        ("cadence", None) => cadence(fields),
        (form @ ("save-view" | "rename-view" | "remove-view"), None) => view::commands(form, fields, moment),
        _ => Err(Problem::unreadable()),
    }
}

fn add(record: Record) -> Vec<Command> {
    vec![Command::Add(record)]
}

fn weight(fields: &Fields) -> Result<Weight, Problem> {
    match fields.get("weight").trim() {
        "" => Ok(Weight::default()),
        text => text
            .parse()
            .ok()
            .and_then(Weight::new)
            .ok_or_else(|| Problem::at("weight", "A weight is a whole number from 0 to 1000.")),
    }
}

fn teams(fields: &Fields) -> Result<Vec<TeamId>, Problem> {
    let chosen = fields.all("team").map(str::trim).filter(|team| !team.is_empty());
    chosen.map(|team| team.parse().map_err(|_| Problem::at("team", "Choose teams that are offered."))).collect()
}

fn new_objective(workspace: &Workspace, fields: &Fields, moment: &mut Moment<'_>) -> Result<Record, Problem> {
    let parent = match fields.get("parent").trim() {
        "" => None,
        name => Some(
            workspace.node_named(name).ok_or_else(|| Problem::at("parent", "What it was to hang under is gone."))?,
        ),
    };
    let blank = Objective {
        id: ObjectiveId((moment.new_id)()),
        table_id: None,
        title: String::new(),
        description: String::new(),
        owner: None,
        teams: Vec::new(),
        cycle: None,
        parent,
        rank: Rank::default(),
        company: parent.is_none() && fields.has("company"),
        supports: Vec::new(),
        stance: Stance::default(),
        state: State::from_name(&fields.get("state")).unwrap_or(State::Draft),
        weight: Weight::default(),
        counts: Counts::default(),
        closing: None,
    };
    filled_objective(blank, fields).map(Record::Objective)
}

/// An objective with what the form says in place of what it said before.
fn filled_objective(objective: Objective, fields: &Fields) -> Result<Objective, Problem> {
    Ok(Objective {
        title: fields.get("title").trim().to_owned(),
        description: fields.get("description").trim().to_owned(),
        owner: fields.choice("owner")?,
        teams: teams(fields)?,
        cycle: fields.choice("cycle")?,
        ..weighed(objective, fields)?
    })
}

fn new_key_result(objective: ObjectiveId, fields: &Fields, moment: &mut Moment<'_>) -> Result<Record, Problem> {
    let blank = KeyResult {
        id: KeyResultId((moment.new_id)()),
        table_id: None,
        objective,
        title: String::new(),
        description: String::new(),
        owner: None,
        team: None,
        measure: measure(fields)?,
        unit: String::new(),
        weight: Weight::default(),
        rank: Rank::default(),
        driven_by: DrivenBy::default(),
        closing: None,
    };
    filled_key_result(blank, fields).map(Record::KeyResult)
}

/// An objective with what the form says of how it counts.
fn weighed(objective: Objective, fields: &Fields) -> Result<Objective, Problem> {
    Ok(Objective {
        stance: Stance::from_name(&fields.get("stance")).unwrap_or(objective.stance),
        counts: Counts::from_name(&fields.get("counts")).unwrap_or(objective.counts),
        weight: weight(fields)?,
        ..objective
    })
}

/// A key result with what the form says of how it is measured and how it counts.
fn measured(key_result: KeyResult, fields: &Fields) -> Result<KeyResult, Problem> {
    Ok(KeyResult {
        measure: measure(fields)?,
        unit: fields.get("unit").trim().to_owned(),
        weight: weight(fields)?,
        driven_by: DrivenBy::from_name(&fields.get("driven_by")).unwrap_or(key_result.driven_by),
        ..key_result
    })
}

fn filled_key_result(key_result: KeyResult, fields: &Fields) -> Result<KeyResult, Problem> {
    Ok(KeyResult {
        title: fields.get("title").trim().to_owned(),
        description: fields.get("description").trim().to_owned(),
        owner: fields.choice("owner")?,
        team: fields.choice("team")?,
        ..measured(key_result, fields)?
    })
}

/// The edits that make of what the person saw, which the form carries along, what the person wants. Who owns it comes
/// last, since whoever gives it away may not edit it afterwards.
fn edit_objective(
    workspace: &Workspace,
    id: ObjectiveId,
    fields: &Fields,
    filled: fn(Objective, &Fields) -> Result<Objective, Problem>,
) -> Result<Vec<Command>, Problem> {
    let was: Objective = from_text(&fields.get("was")).ok_or_else(Problem::unreadable)?;
    let is = filled(was.clone(), fields)?;
    let now = &workspace.objective(id).ok_or_else(Problem::unreadable)?.objective;
    let shown: Option<Objective> = from_text(&fields.get("now"));
    let mut settling = Settling::default();
    for (name, like) in [
        ("title", ObjectiveField::Title(String::new())),
        ("description", ObjectiveField::Description(String::new())),
        ("cycle", ObjectiveField::Cycle(None)),
        ("stance", ObjectiveField::Stance(was.stance)),
        ("counts", ObjectiveField::Counts(was.counts)),
        ("weight", ObjectiveField::Weight(was.weight)),
        ("team", ObjectiveField::Teams(Vec::new())),
        ("owner", ObjectiveField::Owner(None)),
    ] {
        let shown = shown.as_ref().map(|shown| shown.get(&like));
        let version = Version { was: was.get(&like), is: is.get(&like), now: now.get(&like), shown };
        let words = |field: &_| workspace.words_of_objective_field(field);
        settling.add(fields, name, version, |edit| Edit::Objective(id, edit), words);
    }
    settling.finish(|| to_text(now).ok())
}

fn edit_key_result(
    workspace: &Workspace,
    id: KeyResultId,
    fields: &Fields,
    moment: &mut Moment<'_>,
    filled: fn(KeyResult, &Fields) -> Result<KeyResult, Problem>,
) -> Result<Vec<Command>, Problem> {
    let was: KeyResult = from_text(&fields.get("was")).ok_or_else(Problem::unreadable)?;
    let mut is = filled(was.clone(), fields)?;
    keep_steps(&was.measure, &mut is.measure);
    let now = &workspace.key_result(id).ok_or_else(Problem::unreadable)?.key_result;
    let shown: Option<KeyResult> = from_text(&fields.get("now"));
    let mut settling = Settling::default();
    for (name, like) in [
        ("title", KeyResultField::Title(String::new())),
        ("description", KeyResultField::Description(String::new())),
        ("measure", KeyResultField::Measure(was.measure.clone())),
        ("unit", KeyResultField::Unit(String::new())),
        ("weight", KeyResultField::Weight(was.weight)),
        ("driven_by", KeyResultField::DrivenBy(was.driven_by)),
        ("team", KeyResultField::Team(None)),
        ("owner", KeyResultField::Owner(None)),
    ] {
        let shown = shown.as_ref().map(|shown| shown.get(&like));
        let version = Version { was: was.get(&like), is: is.get(&like), now: now.get(&like), shown };
        let words = |field: &_| workspace.words_of_key_result_field(field);
        settling.add(fields, name, version, |edit| Edit::KeyResult(id, edit), words);
    }
    let mut commands = settling.finish(|| to_text(now).ok())?;
    let rewritten = commands.iter().enumerate().find_map(|(place, command)| match command {
        Command::Edit(Edit::KeyResult(_, Replaced { is: KeyResultField::Measure(measure), .. })) => {
            Some((place, measure))
        }
        _ => None,
    });
    if let Some((place, measure)) = rewritten
        && let Some(check_in) = steps_done(workspace, id, measure, moment)
    {
        // Before it is driven otherwise, or given away.
        commands.insert(place + 1, check_in);
    }
    Ok(commands)
}

/// What was not written otherwise stays as it is, also steps that no form can show.
fn keep_steps(was: &Measure, is: &mut Measure) {
    if let (Measure::Milestones { steps: known }, Measure::Milestones { steps }) = (was, is)
        && are_as_shown(known, steps)
    {
        steps.clone_from(known);
    }
}

/// The check-in that goes along where the list of steps is rewritten, so that the same ones are done: it holds their places.
fn steps_done(workspace: &Workspace, id: KeyResultId, rewritten: &Measure, moment: &mut Moment<'_>) -> Option<Command> {
    let node = workspace.key_result(id).filter(|node| node.key_result.driven_by == DrivenBy::CheckIns)?;
    let current = node.current()?;
    let (Measure::Milestones { steps: was }, Measure::Milestones { steps: is }) = (&node.key_result.measure, rewritten)
    else {
        return None;
    };
    let Value::Steps(done) = &current.value else { return None };
    let carried = carried_over(was, is, done);
    (carried != *done).then(|| {
        Command::Add(Record::CheckIn(CheckIn {
            id: CheckInId((moment.new_id)()),
            table_id: None,
            key_result: id,
            value: Value::Steps(carried),
            // Nobody forecasts for somebody else.
            confidence: current.confidence.filter(|_| current.by == moment.actor.person()),
            note: "The list of steps was rewritten.".to_owned(),
            by: moment.actor.person(),
            at: workspace.check_in_time(id, moment.now),
            day: workspace.today(),
            replaces: None,
        }))
    })
}
