//! The example company: Mildwinter, which keeps old apartment houses warm without gas. All of it is made up.
//!
//! The content stands in constant tables, a file for each part of the company; [`build`] turns them into commands, with
//! every date relative to the day on which the example is made.

mod app;
mod build;
mod calendar;
mod care;
mod company;
mod controls;
mod coops;
mod device;
mod finance;
mod install;
mod kpis;
mod people;
mod supply;
mod table;
mod technology;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::command::Command;

use self::table::ObjectiveRow;

/// All objectives, part by part: what others hang under comes first.
const OBJECTIVES: [&[ObjectiveRow]; 10] = [
    company::OBJECTIVES,
    technology::OBJECTIVES,
    coops::OBJECTIVES,
    care::OBJECTIVES,
    install::OBJECTIVES,
    device::OBJECTIVES,
    controls::OBJECTIVES,
    app::OBJECTIVES,
    supply::OBJECTIVES,
    finance::OBJECTIVES,
];

/// The commands that make an empty workspace the example company, as it stands on the morning of `today`: the operator
/// submits them, all at once. `new_id` gives ids that rise, since siblings stand in the order of their ids.
#[must_use]
pub fn commands(today: NaiveDate, new_id: &mut impl FnMut() -> Uuid) -> Vec<Command> {
    build::Builder::new(today, new_id).commands()
}
