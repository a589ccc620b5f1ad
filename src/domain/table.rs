//! OKRs as a table in a file: CSV, or the same rows as JSON.
//!
//! A [`Table`] is read from bytes; [`import::import`] turns it into commands, or into everything that is wrong with it.
//! [`write::write`] makes the table of a workspace.

mod cell;
pub mod import;
mod measure;
mod read;
mod row;
mod when;
pub mod write;

#[cfg(test)]
mod tests;

use std::fmt;

use rustc_hash::FxHashSet;

use self::row::Row;

macro_rules! columns {
    ($($(#[$doc:meta])* $column:ident = $name:literal,)*) => {
        /// A column of the table. The order is that of exported tables.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Column {
            $($(#[$doc])* $column,)*
        }

        impl Column {
            /// All columns, in the order of exported tables.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$column),*];

            /// As the header names it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$column => $name,)*
                }
            }
        }
    };
}

columns! {
    /// `objective`, `key_result` or `check_in`.
    Kind = "kind",
    /// The row's name in the file's own world.
    Id = "id",
    /// The id that it hangs under.
    Parent = "parent",
    /// One line.
    Title = "title",
    /// More about it.
    Description = "description",
    /// The teams, one a line; a key result has one.
    Team = "team",
    /// Who is accountable: a name or an e-mail address.
    Owner = "owner",
    /// The cycle's name; empty takes the cycle of the objective above, `none` takes none.
    Cycle = "cycle",
    /// `committed` or `aspirational`.
    Stance = "stance",
    /// `draft`, `proposed`, `agreed`, `closed` or `dropped`.
    State = "state",
    /// How a key result is measured.
    Measure = "measure",
    /// What its values are in.
    Unit = "unit",
    /// Where it started, or the low bound.
    Baseline = "baseline",
    /// Where it shall be, the bound, the high bound, or the number of steps.
    Target = "target",
    /// The three sentences of a graded key result, one a line.
    Grades = "grades",
    /// How much it counts: 0 to 1000.
    Weight = "weight",
    /// `check_ins` or `aligned`.
    DrivenBy = "driven_by",
    /// The value.
    Current = "current",
    /// 0 to 10.
    Confidence = "confidence",
    /// The day or time that a check-in is for.
    Date = "date",
    /// What a check-in says besides.
    Note = "note",
    /// What counts for a hold measure: `latest` or `share`.
    Hold = "hold",
    /// What counts in an objective: `both`, `key_results` or `aligned`.
    Counts = "counts",
    /// The titles of a key result's steps, one a line; in a check-in the places of the steps done, from 1.
    Steps = "steps",
    /// Whether an objective stands for the whole organisation: `yes` or `no`.
    Company = "company",
    /// The ids of the objectives that an objective also helps, one a line.
    Supports = "supports",
}

impl Column {
    /// The column that a header calls by that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim();
        Self::ALL.into_iter().find(|column| column.name().eq_ignore_ascii_case(name))
    }

    /// Whether the column holds people's own words, which a spreadsheet must not take for a formula.
    fn is_text(self) -> bool {
        matches!(
            self,
            Self::Id
                | Self::Parent
                | Self::Title
                | Self::Description
                | Self::Team
                | Self::Owner
                | Self::Cycle
                | Self::Unit
                | Self::Grades
                | Self::Note
                | Self::Steps
                | Self::Supports
        )
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Something wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Defect {
    /// The row as a spreadsheet counts it: the header of a CSV file is row 1, and so is the first row of a JSON file.
    pub row: usize,
    /// The column; `None` where it is the row as a whole.
    pub column: Option<Column>,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(column) => write!(f, "row {}, column {column}: {}", self.row, self.message),
            None => write!(f, "row {}: {}", self.row, self.message),
        }
    }
}

/// A table as it was read, with what is wrong with it so far.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
    defects: Defects,
    warnings: Vec<String>,
}

impl Table {
    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// Defects, at most one for each cell: the first one found there is the cause of the others.
#[derive(Debug, Default)]
struct Defects {
    list: Vec<Defect>,
    places: FxHashSet<(usize, Option<Column>)>,
}

impl Defects {
    fn cell(&mut self, row: usize, column: Column, message: impl Into<String>) {
        self.push(row, Some(column), message.into());
    }

    fn row(&mut self, row: usize, message: impl Into<String>) {
        self.push(row, None, message.into());
    }

    fn push(&mut self, row: usize, column: Option<Column>, message: String) {
        if self.places.insert((row, column)) {
            self.list.push(Defect { row, column, message });
        }
    }

    fn into_sorted(mut self) -> Vec<Defect> {
        self.list.sort();
        self.list
    }
}
