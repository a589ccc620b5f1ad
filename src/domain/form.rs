//! What forms carry, read into commands: by the server where no script runs, and by the browser where one does.

mod cadence;
mod check_in;
mod close;
mod conflict;
mod fields;
mod measure;
mod moment;
mod read;
mod view;

#[cfg(test)]
mod tests;

pub use fields::{Clash, Fields, Problem, Returned};
pub use measure::step_lines;
pub use moment::Moment;
pub use read::commands;
