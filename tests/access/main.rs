//! Who is let in where: every route and every command, for each kind of person.

#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test, these are how it fails")]

mod browser;
mod commands;
mod company;
mod routes;
mod set_up;
mod sign_in;
mod sign_out;
