//! The ledger on both databases: what is acknowledged is kept, once, and everything else leaves nothing behind.
//!
//! `TRELLIS_TEST_POSTGRES` names a PostgreSQL server on which databases may be made, as `cargo xtask test` does.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test, these are how it fails")]

#[macro_use]
mod support;

mod accounts;
mod backup;
mod commit;
mod failure;
mod kill;
mod large;
mod live;
mod processes;
mod round_trip;
mod undo;
