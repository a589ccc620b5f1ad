//! What each row is about and where it hangs: known or new, under what, and how deep.

use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use crate::domain::ids::{CheckInId, KeyResultId, NodeId, ObjectiveId};
use crate::domain::okr::CheckIn;
use crate::domain::table::cell::quoted;
use crate::domain::table::row::{Row, RowThing};
use crate::domain::table::{Column, Defects};
use crate::domain::workspace::Workspace;

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    Node(NodeId),
    /// The check-in that has the row's name now, if there is one, and what it is about.
    CheckIn {
        known: Option<CheckInId>,
    },
}

pub(super) struct Places<'a> {
    /// For each row; `None` where another row has its id already.
    things: Vec<Option<Thing>>,
    rows_by_id: FxHashMap<&'a str, usize>,
    /// For the rows that have a place in the tree.
    parents: FxHashMap<NodeId, Option<NodeId>>,
    /// The key results of check-in rows.
    pub(super) subjects: FxHashMap<usize, KeyResultId>,
    /// Objectives that have another aligned under them or under one of their key results, by this table.
    aligned: FxHashSet<ObjectiveId>,
    /// Rows of objectives and key results, parents before children, in the order of the file otherwise.
    pub(super) order: Vec<usize>,
    rows_by_node: FxHashMap<NodeId, usize>,
    /// How far below their roots the nodes hang that the table names, and all above them.
    depths: FxHashMap<NodeId, usize>,
    /// Check-ins of the workspace by their name in tables; of several of a name the one recorded last.
    check_ins: FxHashMap<&'a str, &'a CheckIn>,
}

impl<'a> Places<'a> {
    pub(super) fn find(
        rows: &'a [Row],
        workspace: &'a Workspace,
        new_id: &mut dyn FnMut() -> Uuid,
        defects: &mut Defects,
    ) -> Self {
        let check_ins = workspace.key_results().flat_map(|node| &node.check_ins);
        let mut places = Self {
            things: Vec::with_capacity(rows.len()),
            rows_by_id: FxHashMap::default(),
            parents: FxHashMap::default(),
            subjects: FxHashMap::default(),
            aligned: FxHashSet::default(),
            order: Vec::new(),
            rows_by_node: FxHashMap::default(),
            depths: FxHashMap::default(),
            check_ins: check_ins.filter_map(|check_in| Some((check_in.table_id.as_deref()?, check_in))).collect(),
        };
        let mut taken = FxHashMap::default();
        for (place, row) in rows.iter().enumerate() {
            let thing = places.identify(place, row, rows, workspace, new_id, &mut taken, defects);
            if let Some(Thing::Node(node)) = thing {
                places.rows_by_node.insert(node, place);
            }
            places.things.push(thing);
        }
        for (place, row) in rows.iter().enumerate() {
            places.hang(place, row, workspace, defects);
        }
        places.refuse_cycles_and_order(rows, workspace, defects);
        places.find_aligned(workspace);
        places
    }

    #[expect(clippy::too_many_arguments, reason = "all of them stay with the caller's loop")]
    fn identify(
        &mut self,
        place: usize,
        row: &'a Row,
        rows: &[Row],
        workspace: &Workspace,
        new_id: &mut dyn FnMut() -> Uuid,
        taken: &mut FxHashMap<Uuid, usize>,
        defects: &mut Defects,
    ) -> Option<Thing> {
        let twice = |number: usize| format!("row {number} has the id {} already", quoted(&row.id));
        if let Some(first) = self.rows_by_id.get(row.id.as_str()) {
            defects.cell(row.number, Column::Id, twice(rows[*first].number));
            return None;
        }
        self.rows_by_id.insert(&row.id, place);
        let node = node_named(workspace, &row.id);
        let check_in = self.check_in_named(workspace, &row.id);
        let (thing, known) = match (&row.thing, node, check_in) {
            (RowThing::Objective(_), Some(NodeId::Objective(id)), _) => (Thing::Node(id.into()), Some(id.0)),
            (RowThing::KeyResult(_), Some(NodeId::KeyResult(id)), _) => (Thing::Node(id.into()), Some(id.0)),
            (RowThing::CheckIn(_), None, known) => (Thing::CheckIn { known }, known.map(|id| id.0)),
            (RowThing::Objective(_), None, None) => (Thing::Node(ObjectiveId(new_id()).into()), None),
            (RowThing::KeyResult(_), None, None) => (Thing::Node(KeyResultId(new_id()).into()), None),
            (_, node, _) => {
                let kind = node.map_or("a check-in", kind_name);
                defects.cell(row.number, Column::Id, format!("{} is {kind} in the workspace", quoted(&row.id)));
                return None;
            }
        };
        if let Some(first) = known.and_then(|known| taken.insert(known, row.number)) {
            defects.cell(row.number, Column::Id, format!("row {first} is about the same thing"));
            return None;
        }
        Some(thing)
    }

    fn check_in_named(&self, workspace: &Workspace, id: &str) -> Option<CheckInId> {
        match self.check_ins.get(id) {
            Some(check_in) => Some(check_in.id),
            None => id.parse().ok().filter(|id| workspace.key_result_of(*id).is_some()),
        }
    }

    /// Finds what a row hangs under.
    fn hang(&mut self, place: usize, row: &Row, workspace: &Workspace, defects: &mut Defects) {
        let Some(Some(thing)) = self.things.get(place).copied() else {
            return;
        };
        let (cell, under) = match &row.thing {
            RowThing::Objective(cells) => (&cells.parent, "an objective hangs under an objective or a key result"),
            RowThing::KeyResult(cells) => (&cells.parent, "a key result hangs under an objective"),
            RowThing::CheckIn(cells) => (&cells.parent, "a check-in hangs under a key result"),
        };
        let known = match thing {
            Thing::Node(node) => workspace.parent(node),
            Thing::CheckIn { known } => known.and_then(|known| workspace.key_result_of(known)).map(NodeId::from),
        };
        let mut refuse = |message: String| defects.cell(row.number, Column::Parent, message);
        let parent = match cell.as_deref() {
            None => known,
            Some("") => None,
            Some(id) => match self.look_up(workspace, id) {
                Some(parent) => Some(parent),
                None if self.is_check_in(workspace, id) => {
                    return refuse(format!("{} is a check-in, and {under}", quoted(id)));
                }
                None => return refuse(format!("there is no {} in this file or in the workspace", quoted(id))),
            },
        };
        match (thing, parent) {
            (Thing::Node(node @ NodeId::Objective(_)), parent) => {
                self.parents.insert(node, parent);
            }
            (Thing::Node(node), Some(NodeId::Objective(_))) => {
                self.parents.insert(node, parent);
            }
            (Thing::CheckIn { .. }, Some(NodeId::KeyResult(subject))) => {
                self.subjects.insert(place, subject);
            }
            (_, Some(parent)) => {
                let id = cell.as_deref().unwrap_or_default();
                refuse(format!("{} is {}, and {under}", quoted(id), kind_name(parent)));
            }
            (_, None) => refuse(format!("this is empty, and {under}")),
        }
    }

    fn is_check_in(&self, workspace: &Workspace, id: &str) -> bool {
        match self.rows_by_id.get(id).and_then(|place| self.things.get(*place)) {
            Some(thing) => matches!(thing, Some(Thing::CheckIn { .. })),
            None => self.check_in_named(workspace, id).is_some(),
        }
    }

    /// The objective or key result of that id, in the file or in the workspace.
    pub(super) fn look_up(&self, workspace: &Workspace, id: &str) -> Option<NodeId> {
        match self.rows_by_id.get(id) {
            Some(place) => self.node(*place),
            None => node_named(workspace, id),
        }
    }

    /// The objective or key result that a row is about.
    pub(super) fn node(&self, place: usize) -> Option<NodeId> {
        match self.things.get(place) {
            Some(Some(Thing::Node(node))) => Some(*node),
            _ => None,
        }
    }

    pub(super) fn has_row(&self, node: NodeId) -> bool {
        self.rows_by_node.contains_key(&node)
    }

    /// What a row is about.
    pub(super) fn thing(&self, place: usize) -> Option<Thing> {
        self.things.get(place).copied().flatten()
    }

    /// Whether another row has that id.
    pub(super) fn row_named(&self, id: &str) -> Option<usize> {
        self.rows_by_id.get(id).copied()
    }

    /// The check-in of the workspace that has that name in tables.
    pub(super) fn check_in(&self, table_id: &str) -> Option<&'a CheckIn> {
        self.check_ins.get(table_id).copied()
    }

    /// What a node shall hang under.
    pub(super) fn parent(&self, workspace: &Workspace, node: NodeId) -> Option<NodeId> {
        match self.parents.get(&node) {
            Some(parent) => *parent,
            None => workspace.parent(node),
        }
    }

    pub(super) fn has_aligned(&self, id: ObjectiveId) -> bool {
        self.aligned.contains(&id)
    }

    fn find_aligned(&mut self, workspace: &Workspace) {
        for (node, parent) in &self.parents {
            let above = match (node, parent) {
                (NodeId::Objective(_), Some(parent @ NodeId::KeyResult(_))) => self.parent(workspace, *parent),
                (NodeId::Objective(_), parent) => *parent,
                (NodeId::KeyResult(_), _) => None,
            };
            if let Some(NodeId::Objective(above)) = above {
                self.aligned.insert(above);
            }
        }
    }

    /// How far below its root a node shall hang.
    pub(super) fn depth(&self, workspace: &Workspace, node: NodeId) -> usize {
        let way = std::iter::successors(Some(node), |node| self.parent(workspace, *node));
        way.take_while(|node| !self.depths.contains_key(node)).count()
            + std::iter::successors(Some(node), |node| self.parent(workspace, *node))
                .find_map(|node| self.depths.get(&node))
                .map_or(0, |depth| depth + 1)
    }

    /// Walks up from every row, each node once. What meets its own way hangs under itself.
    fn refuse_cycles_and_order(&mut self, rows: &[Row], workspace: &Workspace, defects: &mut Defects) {
        let mut order: Vec<(usize, usize)> = Vec::new();
        for place in 0..rows.len() {
            let Some(node) = self.node(place) else { continue };
            let mut way = Vec::new();
            let mut on_the_way = FxHashMap::default();
            let mut next = Some(node);
            let mut depth = 0;
            while let Some(node) = next {
                if let Some(known) = self.depths.get(&node) {
                    depth = known + 1;
                    break;
                }
                if let Some(start) = on_the_way.insert(node, way.len()) {
                    self.refuse_cycle(&way[start..], rows, defects);
                    break;
                }
                way.push(node);
                next = self.parent(workspace, node);
            }
            for node in way.into_iter().rev() {
                self.depths.insert(node, depth);
                depth += 1;
            }
            order.push((self.depths.get(&node).copied().unwrap_or_default(), place));
        }
        order.sort_unstable();
        self.order = order.into_iter().map(|(_, place)| place).collect();
    }

    fn refuse_cycle(&self, cycle: &[NodeId], rows: &[Row], defects: &mut Defects) {
        const SHOWN: usize = 5;
        let row = |node: &NodeId| self.rows_by_node.get(node).and_then(|place| rows.get(*place));
        let name = |node: &NodeId| quoted(&row(node).map_or_else(|| node.to_string(), |row| row.id.clone()));
        for (start, node) in cycle.iter().enumerate() {
            let Some(row) = row(node).filter(|_| matches!(node, NodeId::Objective(_))) else { continue };
            let round = cycle.iter().cycle().skip(start);
            let mut way: Vec<String> = round.take(cycle.len().min(SHOWN)).map(name).collect();
            if cycle.len() > SHOWN {
                way.push(format!("… ({} in all)", cycle.len()));
            }
            way.push(quoted(&row.id));
            defects.cell(row.number, Column::Parent, format!("this hangs under itself: {}", way.join(" under ")));
        }
    }
}

fn node_named(workspace: &Workspace, id: &str) -> Option<NodeId> {
    workspace.by_table_id(id).or_else(|| workspace.node(id.parse().ok()?))
}

fn kind_name(node: NodeId) -> &'static str {
    match node {
        NodeId::Objective(_) => "an objective",
        NodeId::KeyResult(_) => "a key result",
    }
}
