//! One row: what its cells say, and what is wrong with each.

use std::borrow::Cow;

use super::cell::{lines, number, quoted, text_problem, whole, word};
use super::measure::{MeasureCells, NAMES, missing_measure};
use super::when::When;
use super::{Column, Defects};
use crate::domain::measure::HoldCounting;
use crate::domain::okr::{Confidence, Counts, DrivenBy, Stance, State};
use crate::domain::progress::Weight;
use crate::domain::text::{TextError, check_line, check_text, check_title};

/// The most teams, or supported objectives, of one thing.
const MAX_LIST: usize = 100;

/// The cells of a row. `None` is a column that the table does not have.
#[derive(Debug, Default)]
pub(super) struct Cells<'a>([Option<Cow<'a, str>>; Column::ALL.len()]);

impl<'a> Cells<'a> {
    pub(super) fn set(&mut self, column: Column, text: impl Into<Cow<'a, str>>) {
        self.0[column as usize] = Some(text.into());
    }

    fn get(&self, column: Column) -> Option<&str> {
        self.0[column as usize].as_deref()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.0.iter().flatten().all(|cell| cell.trim().is_empty())
    }
}

/// A thing as its row describes it.
#[derive(Debug)]
pub(super) struct Row {
    /// As a spreadsheet counts it.
    pub number: usize,
    /// Never empty.
    pub id: String,
    pub thing: RowThing,
}

#[derive(Debug)]
pub(super) enum RowThing {
    Objective(Box<ObjectiveRow>),
    KeyResult(Box<KeyResultRow>),
    CheckIn(Box<CheckInRow>),
}

/// Fields are `None` where the table does not have the column, or where the cell is a defect.
#[derive(Debug)]
pub(super) struct ObjectiveRow {
    pub parent: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub teams: Option<Vec<String>>,
    pub owner: Option<String>,
    pub cycle: Option<String>,
    pub stance: Option<Stance>,
    pub state: Option<State>,
    pub weight: Option<Weight>,
    pub counts: Option<Counts>,
    /// Empty leaves it to what the file aligns under it.
    pub company: Option<Option<bool>>,
    pub supports: Option<Vec<String>>,
}

/// As [`ObjectiveRow`].
#[derive(Debug)]
pub(super) struct KeyResultRow {
    pub parent: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
    pub team: Option<String>,
    pub owner: Option<String>,
    pub unit: Option<String>,
    pub weight: Option<Weight>,
    pub driven_by: Option<DrivenBy>,
    pub measure: MeasureCells,
    /// Never empty.
    pub current: Option<String>,
    pub confidence: Option<Option<Confidence>>,
}

/// As [`ObjectiveRow`].
#[derive(Debug)]
pub(super) struct CheckInRow {
    pub parent: Option<String>,
    /// Never empty.
    pub current: Option<String>,
    pub steps: Option<String>,
    pub confidence: Option<Option<Confidence>>,
    pub when: Option<When>,
    pub note: Option<String>,
}

/// Reads the cells of one row.
struct Reader<'a> {
    number: usize,
    cells: &'a Cells<'a>,
    defects: &'a mut Defects,
}

/// Reads a row; `None` where its kind or its id is a defect.
pub(super) fn read(number: usize, cells: &Cells<'_>, defects: &mut Defects) -> Option<Row> {
    let mut reader = Reader { number, cells, defects };
    let id = reader.id();
    let thing = match reader.trimmed(Column::Kind).unwrap_or_default() {
        "objective" => RowThing::Objective(Box::new(reader.objective())),
        "key_result" => RowThing::KeyResult(Box::new(reader.key_result())),
        "check_in" => RowThing::CheckIn(Box::new(reader.check_in())),
        "" => {
            reader.refuse(Column::Kind, "this is empty; it is one of objective, key_result, check_in");
            return None;
        }
        kind => {
            let message = format!("{} is not one of objective, key_result, check_in", quoted(kind));
            reader.refuse(Column::Kind, message);
            return None;
        }
    };
    Some(Row { number, id: id?, thing })
}

impl Reader<'_> {
    fn refuse(&mut self, column: Column, message: impl Into<String>) {
        self.defects.cell(self.number, column, message);
    }

    fn accept<T>(&mut self, column: Column, read: Result<T, String>) -> Option<T> {
        read.map_err(|message| self.refuse(column, message)).ok()
    }

    fn trimmed(&self, column: Column) -> Option<&str> {
        self.cells.get(column).map(str::trim)
    }

    /// A cell that is read by `read`, or `empty` where nothing stands in it.
    fn read<T>(&mut self, column: Column, empty: T, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let read = match self.trimmed(column)? {
            "" => Ok(empty),
            text => read(text),
        };
        self.accept(column, read)
    }

    fn text(&mut self, column: Column, check: fn(&str) -> Result<(), TextError>) -> Option<String> {
        let text = self.cells.get(column)?;
        let read = check(text).map(|()| text.to_owned()).map_err(text_problem);
        self.accept(column, read)
    }

    /// A name or an id, which may be empty.
    fn name(&mut self, column: Column) -> Option<String> {
        self.read(column, String::new(), |text| check_title(text).map(|()| text.to_owned()).map_err(text_problem))
    }

    fn id(&mut self) -> Option<String> {
        let id = self.name(Column::Id).unwrap_or_default();
        if id.is_empty() {
            self.refuse(Column::Id, "this is empty; every row has an id of its own");
            return None;
        }
        Some(id)
    }

    fn list(&mut self, column: Column) -> Option<Vec<String>> {
        self.read(column, Vec::new(), |text| {
            let mut names = Vec::new();
            for name in lines(text).map(str::trim).filter(|name| !name.is_empty()) {
                check_title(name).map_err(text_problem)?;
                if names.iter().any(|other| other == name) {
                    return Err(format!("{} stands here twice", quoted(name)));
                }
                names.push(name.to_owned());
            }
            if names.len() > MAX_LIST { Err(format!("at most {MAX_LIST} are kept here")) } else { Ok(names) }
        })
    }

    fn weight(&mut self) -> Option<Weight> {
        self.read(Column::Weight, Weight::default(), |text| {
            whole(text, 1000).map(|weight| Weight::new(weight).unwrap_or_default())
        })
    }

    fn confidence(&mut self) -> Option<Option<Confidence>> {
        self.read(Column::Confidence, None, |text| {
            whole(text, 10).map(|confidence| u8::try_from(confidence).ok().and_then(Confidence::new))
        })
    }

    fn value(&mut self) -> Option<String> {
        self.trimmed(Column::Current).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn objective(&mut self) -> ObjectiveRow {
        ObjectiveRow {
            parent: self.name(Column::Parent),
            title: self.text(Column::Title, check_title),
            description: self.text(Column::Description, check_text),
            teams: self.list(Column::Team),
            owner: self.name(Column::Owner),
            cycle: self.name(Column::Cycle),
            stance: self
                .read(Column::Stance, Stance::default(), |text| word(text, &Stance::ALL, |stance| stance.name())),
            state: self.read(Column::State, State::default(), |text| word(text, &State::ALL, |state| state.name())),
            weight: self.weight(),
            counts: self
                .read(Column::Counts, Counts::default(), |text| word(text, &Counts::ALL, |counts| counts.name())),
            company: self.read(Column::Company, None, |text| {
                word(text, &[true, false], |company| if *company { "yes" } else { "no" }).map(Some)
            }),
            supports: self.list(Column::Supports),
        }
    }

    fn key_result(&mut self) -> KeyResultRow {
        KeyResultRow {
            parent: self.name(Column::Parent),
            title: self.text(Column::Title, check_title),
            description: self.text(Column::Description, check_text),
            team: self.name(Column::Team),
            owner: self.name(Column::Owner),
            unit: self.text(Column::Unit, check_line),
            weight: self.weight(),
            driven_by: self.read(Column::DrivenBy, DrivenBy::default(), |text| {
                word(text, &DrivenBy::ALL, |driven_by| driven_by.name())
            }),
            measure: self.measure(),
            current: self.value(),
            confidence: self.confidence(),
        }
    }

    fn measure(&mut self) -> MeasureCells {
        let number_or_none = |text: &str| number(text).map(Some);
        let measure = match self.trimmed(Column::Measure) {
            Some("") => {
                self.refuse(Column::Measure, missing_measure());
                None
            }
            Some(text) => {
                let read = word(text, &NAMES, |name| name);
                self.accept(Column::Measure, read)
            }
            None => None,
        };
        MeasureCells {
            measure,
            baseline: self.read(Column::Baseline, None, number_or_none),
            target: self.read(Column::Target, None, number_or_none),
            grades: self.cells.get(Column::Grades).map(str::to_owned),
            hold: self.read(Column::Hold, HoldCounting::default(), |text| {
                word(text, &[HoldCounting::Latest, HoldCounting::Share], |counting| hold_name(*counting))
            }),
            steps: self.cells.get(Column::Steps).map(str::to_owned),
        }
    }

    fn check_in(&mut self) -> CheckInRow {
        for (column, needed) in [(Column::Current, "a check-in has a value"), (Column::Date, "a check-in has a date")] {
            if self.trimmed(column) == Some("") {
                self.refuse(column, format!("this is empty; {needed}"));
            }
        }
        CheckInRow {
            parent: self.name(Column::Parent),
            current: self.value(),
            steps: self.trimmed(Column::Steps).map(str::to_owned),
            confidence: self.confidence(),
            when: self.read(Column::Date, None, |text| When::parse(text).map(Some)).flatten(),
            note: self.text(Column::Note, check_text),
        }
    }
}

/// What counts for a hold measure, as the column names it.
pub(super) fn hold_name(counting: HoldCounting) -> &'static str {
    match counting {
        HoldCounting::Latest => "latest",
        HoldCounting::Share => "share",
    }
}
