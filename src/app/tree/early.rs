//! Until the whole workspace is here: the rows that came with the page show, and the server is asked for those of branches
//! that are opened and of screens that are scrolled to meanwhile. So a workspace of any size can be walked through at once.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Tree;
use super::window::Measured;
use crate::api::tree::read_tree;
use crate::domain::filter::Filter;
use crate::domain::line::LineId;
use crate::domain::partial_outline::PartialOutline;
use crate::domain::tree_view::TreeQuery;

/// Asks for what is missing, one thing at a time.
pub(super) fn complete(tree: Tree, known: RwSignal<PartialOutline>, measured: RwSignal<Option<Measured>>) {
    let is_asking = RwSignal::new(false);
    let told_of = StoredValue::new(tree.finding.filter.with_untracked(Filter::query));
    Effect::new(move |_| {
        if tree.outline.with(Option::is_some) || is_asking.get() {
            return;
        }
        let expansion = tree.expansion.get();
        let screen_end = measured.get().map_or(0.0, |it| (it.above + it.screen) / it.row).max(0.0) as usize;
        let filter = tree.finding.filter.with(Filter::query);
        let is_other = told_of.with_value(|told| *told != filter);
        let missing = known.with(|known| if is_other { Some(0) } else { known.missing_after(&expansion, screen_end) });
        let Some(place) = missing else { return };
        let from = if is_other { 0 } else { known.with_untracked(PartialOutline::from) + place };
        let query = TreeQuery { from: Some(from.to_string()), ..tree.asked().opened(&expansion) };
        is_asking.set(true);
        spawn_local(async move {
            let Ok(page) = read_tree(query).await else { return };
            // The page may have been left meanwhile, or the whole workspace may have come.
            if tree.outline.try_with_untracked(Option::is_none) != Some(true) {
                return;
            }
            let view = page.view;
            for (line, row) in &view.rows {
                if let LineId::Node(node) = line.id {
                    // Its signals remember it until its line is made.
                    let _ = tree.memory.row(node, row.as_ref());
                }
            }
            let lines = view.rows.into_iter().map(|(line, _)| line);
            let showing = view.showing as usize;
            told_of.set_value(filter);
            known.update(|known| {
                *known = if is_other {
                    PartialOutline::new(lines.collect(), 0, showing, expansion)
                } else {
                    known.extended(place, lines, showing, expansion)
                }
            });
            is_asking.set(false);
        });
    });
}
