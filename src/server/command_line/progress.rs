//! What a person sees of work that takes a while; nothing where no person looks.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How often what is shown moves while nothing else does.
const TICK: Duration = Duration::from_millis(100);

/// A bar for work of a known length.
pub(super) fn bar(what: &'static str, length: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos}/{human_len} {eta}");
    shown(what, ProgressBar::new(length as u64), style)
}

/// For work of which nobody knows how long it takes.
pub(super) fn spinner(what: &'static str) -> ProgressBar {
    shown(what, ProgressBar::new_spinner(), ProgressStyle::with_template("{spinner} {msg} {elapsed}"))
}

fn shown<E>(what: &'static str, bar: ProgressBar, style: Result<ProgressStyle, E>) -> ProgressBar {
    if !stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar.enable_steady_tick(TICK);
    bar
}
