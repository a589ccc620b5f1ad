//! What forms carry, read into commands: by the server where no script runs, and by the browser where one does.

mod cadence;
mod check_in;
mod close;
mod conflict;
mod fields;
mod measure;
mod read;
mod view;

#[cfg(test)]
mod tests;

pub use conflict::Clash;
pub use fields::{Fields, Problem, Returned};
pub use read::{Moment, commands};
