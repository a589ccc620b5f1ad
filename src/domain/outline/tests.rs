use super::*;
use crate::domain::sample::{Sample, sample};
use crate::domain::testing::day;

fn shown(workspace: &Workspace, outline: &Outline, expansion: &Expansion) -> Vec<String> {
    let title = |id| match id {
        LineId::Unaligned => "Unaligned".to_owned(),
        LineId::Node(node) => workspace.node_title(node).unwrap_or_default().to_owned(),
    };
    outline
        .visible(expansion)
        .into_iter()
        .map(|line| {
            let Line { depth, position, set_size, .. } = line;
            format!("{}{} {position}/{set_size}", "  ".repeat(depth.into()), title(line.id))
        })
        .collect()
}

#[test]
fn lists_the_tree_with_the_unaligned_last() {
    let Sample { workspace, .. } = sample();
    let outline = Outline::new(&workspace, &Scope::default());
    assert_eq!(
        shown(&workspace, &outline, &Expansion::all()),
        [
            "Company 1/2",
            "  Revenue 1/3",
            "    Sell 1/1",
            "      Calls 1/1",
            "  Churn 2/3",
            "  Old 3/3",
            "Unaligned 2/2",
            "  Loner 1/1",
        ]
    );
    assert_eq!(outline.lines()[0].below, 5);
}

#[test]
fn closed_branches_hide_what_is_under_them() {
    let Sample { workspace, .. } = sample();
    let outline = Outline::new(&workspace, &Scope::default());
    let mut expansion = Expansion::of_levels(1);
    let shown = |expansion: &Expansion| outline.visible(expansion).len();
    assert_eq!(shown(&Expansion::of_levels(0)), 2);
    assert_eq!(shown(&expansion), 6);
    expansion.turn(outline.lines()[1].id);
    assert_eq!(shown(&expansion), 7);
    expansion.turn(outline.lines()[0].id);
    assert_eq!(shown(&expansion), 3);
    assert_eq!(outline.levels_within(6), 2);
    assert_eq!(outline.levels_within(5), 1);
    assert_eq!(outline.levels_within(0), 1);
}

#[test]
fn what_is_found_stays_with_what_leads_to_it() {
    let Sample { workspace, sell, .. } = sample();
    let outline = Outline::new(&workspace, &Scope::default());
    let is_wanted = |id| match id {
        LineId::Node(node) => matches!(workspace.node_title(node), Some("Sell" | "Old" | "Loner")),
        LineId::Unaligned => false,
    };
    let none = FxHashSet::default();
    let found = outline.narrowed(is_wanted, &none);
    let lines = shown(&workspace, &found, &Expansion::all());
    assert_eq!(lines, ["Company 1/2", "  Revenue 1/2", "    Sell 1/1", "  Old 2/2", "Unaligned 2/2", "  Loner 1/1"]);
    let is_match: Vec<bool> = found.lines().iter().map(|line| line.is_match).collect();
    assert_eq!(is_match, [false, false, true, true, false, true]);
    assert_eq!(found.matches(), 3);
    assert_eq!(found.lines().iter().map(|line| line.below).collect::<Vec<_>>(), [3, 1, 0, 0, 1, 0]);
    assert_eq!(outline.narrowed(|_| true, &none), outline);
    assert_eq!(outline.narrowed(|_| false, &none).lines(), []);
    let kept = FxHashSet::from_iter([LineId::Node(sell.into())]);
    let kept = outline.narrowed(|_| false, &kept);
    assert_eq!((kept.lines().len(), kept.matches()), (3, 0));
}

#[test]
fn a_cycle_keeps_what_leads_to_it() {
    let Sample { workspace, quarter, old_quarter, .. } = sample();
    let outline = Outline::new(&workspace, &Scope { cycle: Some(quarter), focus: None });
    let titles = shown(&workspace, &outline, &Expansion::all());
    assert!(titles.iter().any(|title| title.contains("Calls")), "{titles:?}");
    assert!(titles.iter().any(|title| title.contains("Company")), "the year that the quarter lies in: {titles:?}");
    assert!(!titles.iter().any(|title| title.contains("Old")), "{titles:?}");
    let outline = Outline::new(&workspace, &Scope { cycle: Some(old_quarter), focus: None });
    assert_eq!(shown(&workspace, &outline, &Expansion::all()), ["Company 1/1", "  Old 1/1"]);
    assert_eq!(outline.lines().iter().map(|line| line.of_cycle).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_branch_can_be_the_whole_page() {
    let Sample { workspace, sell, calls, old_quarter, .. } = sample();
    let focused = |cycle, focus: NodeId| {
        let outline = Outline::new(&workspace, &Scope { cycle, focus: Some(focus) });
        shown(&workspace, &outline, &Expansion::all())
    };
    assert_eq!(focused(None, sell.into()), ["Sell 1/1", "  Calls 1/1"]);
    assert_eq!(focused(None, calls.into()), ["Calls 1/1"]);
    assert_eq!(focused(Some(old_quarter), sell.into()), ["Sell 1/1"], "what is not of the cycle stays away");
}

#[test]
fn guides_run_where_a_sibling_follows() {
    let Sample { workspace, .. } = sample();
    let outline = Outline::new(&workspace, &Scope::default());
    // Company is followed by Unaligned, Revenue by Churn, and Sell and Calls by nothing on their own level.
    let rails: Vec<u64> = outline.lines().iter().map(|line| line.rails).collect();
    assert_eq!(rails, [0b1, 0b11, 0b11, 0b11, 0b11, 0b1, 0, 0]);
    assert_eq!(outline.levels(), 4);
}

#[test]
fn lines_know_what_is_around_them() {
    let Sample { workspace, sell, calls, .. } = sample();
    let outline = Outline::new(&workspace, &Scope::default());
    assert_eq!(above(outline.lines(), 3).collect::<Vec<_>>(), [2, 1, 0]);
    assert_eq!(above(outline.lines(), 6).count(), 0);
    let siblings = outline.siblings(outline.lines()[1].id);
    assert_eq!(siblings.iter().map(|line| line.position).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(outline.siblings(LineId::Unaligned).len(), 2);
    assert_eq!(outline.branch(LineId::Node(sell.into())).len(), 2);
    let mut expansion = Expansion::of_levels(0);
    outline.reveal(LineId::Node(calls.into()), &mut expansion);
    let titles = shown(&workspace, &outline, &expansion);
    assert_eq!(titles.len(), 7, "{titles:?}");
    assert!(titles.iter().any(|title| title.contains("Calls")));
}

#[test]
fn forty_levels_and_two_thousand_siblings_are_lines_like_others() {
    let mut chain: Vec<(u32, Vec<u32>)> = (0..99).map(|number| (number, vec![number + 1])).collect();
    chain.push((99, (100..2_100).collect()));
    let node = |number: u32| LineId::Node(ObjectiveId(uuid::Uuid::from_u128(number.into())).into());
    let below = |id: LineId| {
        let found = chain.iter().find(|(number, _)| node(*number) == id);
        found.map(|(_, below)| below.iter().map(|number| node(*number)).collect()).unwrap_or_default()
    };
    let lines = lay_out(vec![node(0)], below, |_| true);
    assert_eq!(lines.len(), 2_100);
    assert_eq!((lines[0].below, lines[100].depth, lines[100].set_size), (2_099, 100, 2_000));
    assert_eq!(lines[100].rails, 0, "levels beyond the last bit have no guide");
}

#[test]
fn the_shortest_cycle_of_today_is_the_current_one() {
    let Sample { mut workspace, quarter, year, .. } = sample();
    assert_eq!(workspace.current_cycle(), Some(quarter));
    workspace.set_today(day("2026-12-24"));
    assert_eq!(workspace.current_cycle(), Some(year));
    workspace.set_today(day("2029-01-01"));
    assert_eq!(workspace.current_cycle(), Some(year));
}
