//! The lines that lead from a row to what it hangs under.

use crate::app::ui::plain::Plain;
use crate::domain::line::Line;

/// Rows that hang deeper are not indented further, and say their level instead.
pub(super) const DEEPEST: u16 = 12;

/// Rows up to this depth are indented by a whole step each, and deeper ones by half of one.
const WIDE: u16 = 6;

/// How far a row of that depth is indented, in half steps. The style sheet's `depth-` classes say the same in steps.
fn half_steps(depth: u16) -> u16 {
    let depth = depth.min(DEEPEST);
    depth.min(WIDE) * 2 + depth.saturating_sub(WIDE)
}

/// The guides that run past a line, drawn in half steps by 1, and stretched to the row. The last bend to the line itself is
/// the style sheet's.
fn rails(line: &Line) -> String {
    (1..=line.depth.min(DEEPEST))
        .filter(|level| line.rails & (1 << level) != 0)
        .map(|level| format!("M{} 0v1", half_steps(level - 1)))
        .collect()
}

/// The indent of a row with its guides, and the level where that is no longer to be seen.
pub(super) fn indent(line: &Line) -> impl Iterator<Item = Plain> + use<> {
    let rails = Some(rails(line)).filter(|rails| !rails.is_empty()).map(|rails| {
        let path = Plain::new("path").attribute("d", rails).attribute("vector-effect", "non-scaling-stroke");
        Plain::new("svg")
            .class("rails")
            .attribute("viewBox", format!("0 0 {} 1", half_steps(line.depth)))
            .attribute("preserveAspectRatio", "none")
            .child(path)
    });
    let hidden = |class| Plain::new("span").class(class).attribute("aria-hidden", "true");
    let level = (line.depth > DEEPEST).then(|| hidden("level").text((line.depth + 1).to_string()));
    std::iter::once(hidden("indent").children(rails)).chain(level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::line::LineId;

    #[test]
    fn deep_rows_move_by_less_and_then_no_more() {
        let steps: Vec<u16> = [0, 1, 6, 7, 12, 13, 40].map(half_steps).to_vec();
        assert_eq!(steps, [0, 2, 12, 13, 18, 18, 18]);
    }

    #[test]
    fn guides_are_drawn_where_something_follows() {
        let line = |depth, rails| Line {
            id: LineId::Unaligned,
            depth,
            position: 1,
            set_size: 1,
            below: 0,
            rails,
            of_cycle: true,
            is_match: true,
        };
        assert_eq!(rails(&line(0, 0b1)), "", "roots are not connected");
        assert_eq!(rails(&line(2, 0b110)), "M0 0v1M2 0v1");
        assert_eq!(rails(&line(2, 0b010)), "M0 0v1");
        assert_eq!(rails(&line(60, u64::MAX)).matches('M').count(), 12);
    }
}
