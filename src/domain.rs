//! What Trellis is about, as pure code that the server and the browser share.
//!
//! A [`command::Command`] is decided against the [`workspace::Workspace`], and what was decided is a list of
//! [`change::Change`]s that are applied to it. Nothing here waits, reads a clock, draws a random number or
//! touches a file: the time, the person and new ids are arguments.

pub mod activity;
pub mod apply;
pub mod cadence;
pub mod change;
pub mod check_in_view;
pub mod closing_view;
pub mod command;
pub mod compare;
pub mod conversation;
pub mod cycle;
pub mod day;
pub mod decide;
pub mod destination;
pub mod due;
pub mod effects;
pub mod encoded;
pub mod expansion;
pub mod explain;
pub mod export;
pub mod filter;
pub mod form;
pub mod ids;
pub mod kpi;
pub mod line;
pub mod log;
pub mod measure;
pub mod meeting;
pub mod node_link;
pub mod node_view;
pub mod number;
pub mod okr;
pub mod outline;
pub mod outliner;
pub mod pace;
pub mod palette;
pub mod partial_outline;
pub mod password;
pub mod past;
pub mod people;
pub mod policy;
pub mod possibility;
pub mod preview;
pub mod progress;
pub mod rank;
pub mod rollup;
pub mod row;
#[cfg(test)]
pub(crate) mod sample;
pub mod settings;
pub mod sight;
pub mod sign_in;
pub mod support;
pub mod table;
pub mod text;
pub mod tree_address;
pub mod tree_view;
pub mod type_ahead;
pub mod undo;
pub mod view;
pub mod view_label;
pub mod why;
pub mod words;
pub mod workspace;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod worked_cases;
