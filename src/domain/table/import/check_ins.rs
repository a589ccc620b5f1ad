//! Check-ins: `current` of key results first, then the table's own, each once however often it is imported.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use rustc_hash::FxHashMap;

use super::place::Thing;
use super::{MISSING, Plan};
use crate::domain::change::Record;
use crate::domain::command::Command;
use crate::domain::day::first_instant;
use crate::domain::ids::{CheckInId, KeyResultId, NodeId};
use crate::domain::measure::{Measure, Value};
use crate::domain::okr::CheckIn;
use crate::domain::table::Column;
use crate::domain::table::cell::quoted;
use crate::domain::table::measure::read_value;
use crate::domain::table::row::{CheckInRow, KeyResultRow, Row, RowThing};
use crate::domain::table::when::{When, bounds};

/// Stands between the id of a key result and the day, in the id of the check-in that `current` stands for.
const CURRENT_MARK: char = '#';

impl<'a, Zone: TimeZone> Plan<'a, Zone> {
    pub(super) fn plan_check_ins(&mut self) {
        let rows: &'a [Row] = self.rows;
        let corrections = self.corrections();
        for (place, row) in rows.iter().enumerate() {
            if let (RowThing::KeyResult(cells), Some(NodeId::KeyResult(id))) = (&row.thing, self.places.node(place)) {
                self.plan_current(row, cells, id, &corrections);
            }
        }
        for (place, row) in rows.iter().enumerate() {
            if let (RowThing::CheckIn(cells), Some(Thing::CheckIn { known })) = (&row.thing, self.places.thing(place))
                && let Some(subject) = self.places.subjects.get(&place).copied()
            {
                self.plan_check_in(row, cells, subject, known, &corrections);
            }
        }
    }

    fn plan_current(
        &mut self,
        row: &Row,
        cells: &KeyResultRow,
        id: KeyResultId,
        corrections: &FxHashMap<CheckInId, CheckInId>,
    ) {
        let confidence = cells.confidence.flatten();
        let Some(current) = &cells.current else {
            if confidence.is_some() {
                self.warnings.push(format!(
                    "row {}: a confidence is kept with a value, and current is empty, so this one is ignored",
                    row.number
                ));
            }
            return;
        };
        let today = self.moment.today;
        let table_id = format!("{}{CURRENT_MARK}{today}", row.id);
        if let Some(other) = self.places.row_named(&table_id).and_then(|place| self.rows.get(place)) {
            let message = format!("{} names the value in current of row {}", quoted(&table_id), row.number);
            self.defects.cell(other.number, Column::Id, message);
        }
        let Some(measure) = self.measures.get(&id) else {
            return;
        };
        let value = match read_value(measure, current, None) {
            Ok(value) => value,
            Err((column, message)) => return self.defects.cell(row.number, column, message),
        };
        let known = self.workspace.key_result(id).map_or(&[][..], |node| &node.check_ins);
        let before = known.iter().rev().find(|check_in| is_current_of(check_in, &row.id));
        let same = before.is_some_and(|before| {
            before.value == value && (cells.confidence.is_none() || before.confidence == confidence)
        });
        let replaces = self.places.check_in(&table_id).map(|check_in| latest(check_in.id, corrections));
        self.summary.check_ins.count(!same && replaces.is_none(), !same);
        if !same {
            let check_in = CheckIn {
                id: CheckInId((self.new_id)()),
                table_id: Some(table_id),
                key_result: id,
                value,
                confidence,
                note: String::new(),
                by: None,
                at: first_instant(today, self.moment.zone),
                day: today,
                replaces,
            };
            self.record(check_in);
        }
    }

    fn plan_check_in(
        &mut self,
        row: &Row,
        cells: &CheckInRow,
        subject: KeyResultId,
        known: Option<CheckInId>,
        corrections: &FxHashMap<CheckInId, CheckInId>,
    ) {
        let known = known.and_then(|known| self.find(known));
        if known.is_some_and(|known| known.key_result != subject) {
            self.defects.cell(row.number, Column::Parent, "a check-in stays with its key result; give it a new id");
            return;
        }
        let value = self.value(row, cells, subject, known);
        let at = match &cells.when {
            Some(when) => self.at(row, *when),
            None => known.map(|known| known.at),
        };
        if known.is_none() {
            for (column, is_missing) in
                [(Column::Current, cells.current.is_none()), (Column::Date, cells.when.is_none())]
            {
                if is_missing {
                    self.defects.cell(row.number, column, MISSING);
                }
            }
        }
        let (Some(value), Some(at)) = (value, at) else {
            return;
        };
        let confidence = cells.confidence.unwrap_or_else(|| known?.confidence);
        let note = cells.note.clone().or_else(|| Some(known?.note.clone())).unwrap_or_default();
        let same = known.is_some_and(|known| {
            known.value == value && known.at == at && known.confidence == confidence && known.note == note
        });
        self.summary.check_ins.count(known.is_none(), !same);
        if !same {
            let check_in = CheckIn {
                id: CheckInId((self.new_id)()),
                table_id: Some(row.id.clone()),
                key_result: subject,
                value,
                confidence,
                note,
                by: None,
                at,
                day: at.with_timezone(self.moment.zone).date_naive(),
                replaces: known.map(|known| latest(known.id, corrections)),
            };
            self.record(check_in);
        }
    }

    fn value(&mut self, row: &Row, cells: &CheckInRow, subject: KeyResultId, known: Option<&CheckIn>) -> Option<Value> {
        let Some(current) = &cells.current else {
            return known.map(|known| known.value.clone());
        };
        let value = read_value(self.measure_of(subject)?, current, cells.steps.as_deref());
        match (value, known.map(|known| &known.value)) {
            // Without a column for them, which steps are done stays as it is.
            (Ok(Value::Steps(done)), Some(known @ Value::Steps(before)))
                if cells.steps.is_none() && done.len() == before.len() =>
            {
                Some(known.clone())
            }
            (Ok(value), _) => Some(value),
            (Err((column, message)), _) => {
                self.defects.cell(row.number, column, message);
                None
            }
        }
    }

    fn at(&mut self, row: &Row, when: When) -> Option<DateTime<Utc>> {
        let (earliest, latest) = bounds(self.moment.now);
        let problem = match when.at(self.moment.zone) {
            None => "this time does not exist: the clocks skip it",
            Some(at) if at > latest => "this lies in the future",
            Some(at) if at < earliest => "this lies too far in the past",
            Some(at) => return Some(at),
        };
        self.defects.cell(row.number, Column::Date, problem);
        None
    }

    /// How a key result shall be measured; `None` where its row says so badly.
    fn measure_of(&self, id: KeyResultId) -> Option<&Measure> {
        match self.measures.get(&id) {
            Some(measure) => Some(measure),
            None if self.places.has_row(id.into()) => None,
            None => self.workspace.key_result(id).map(|node| &node.key_result.measure),
        }
    }

    fn record(&mut self, check_in: CheckIn) {
        self.touch_parent(Some(check_in.key_result.into()));
        self.check_ins.push(Command::Add(Record::CheckIn(check_in)));
    }

    fn find(&self, id: CheckInId) -> Option<&'a CheckIn> {
        let node = self.workspace.key_result(self.workspace.key_result_of(id)?)?;
        node.check_ins.iter().find(|check_in| check_in.id == id)
    }

    /// For each corrected check-in of the workspace the one that corrects it.
    fn corrections(&self) -> FxHashMap<CheckInId, CheckInId> {
        let all = self.workspace.key_results().flat_map(|node| &node.check_ins);
        all.filter_map(|check_in| Some((check_in.replaces?, check_in.id))).collect()
    }
}

/// The end of the chain of corrections that begins with a check-in.
fn latest(id: CheckInId, corrections: &FxHashMap<CheckInId, CheckInId>) -> CheckInId {
    std::iter::successors(Some(id), |id| corrections.get(id).copied()).last().unwrap_or(id)
}

fn is_current_of(check_in: &CheckIn, key_result: &str) -> bool {
    let day = check_in.table_id.as_deref().and_then(|id| id.strip_prefix(key_result)?.strip_prefix(CURRENT_MARK));
    day.is_some_and(|day| day.parse::<NaiveDate>().is_ok())
}
