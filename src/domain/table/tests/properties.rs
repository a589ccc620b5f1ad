//! What holds for every workspace and for every file.

use proptest::collection::vec;
use proptest::prelude::*;

use crate::domain::command::{Actor, Close, Command};
use crate::domain::ids::NodeId;
use crate::domain::okr::{KeyResultField, ObjectiveField, State};
use crate::domain::properties::{Step, company, step, take};
use crate::domain::table::Table;
use crate::domain::testing::Company;
use crate::domain::workspace::Workspace;

/// Text as people and their adversaries write it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[=+@'\t-]{0,3}[a-z \"',;=]{1,12}[\n\r]{0,2}[é🎉a]{0,3}",
        Just("=HYPERLINK(\"http://example.org\")".to_owned()),
        Just("'=1".to_owned()),
    ]
}

/// Gives some things other words, and closes anew what is closed: its numbers are those of today then, as they will
/// be after an import.
fn dress(company: &mut Company, texts: &[String]) {
    let nodes: Vec<NodeId> = company.workspace.in_tree_order().collect();
    for (node, text) in nodes.iter().zip(texts) {
        match node {
            NodeId::Objective(id) => {
                company.set_state_or_leave(*id, State::Agreed);
                let was = company.workspace.objective(*id).unwrap().objective.description.clone();
                company.edit_objective(
                    *id,
                    ObjectiveField::Description(was),
                    ObjectiveField::Description(text.clone()),
                );
            }
            NodeId::KeyResult(id) => {
                let node = company.workspace.key_result(*id).unwrap();
                if company.workspace.objective(node.key_result.objective).unwrap().objective.state.is_open() {
                    let was = node.key_result.unit.clone();
                    let is = text.replace(['\n', '\r', '\t'], "");
                    company.edit_key_result(*id, KeyResultField::Unit(was), KeyResultField::Unit(is));
                }
            }
        }
    }
    let closed = |workspace: &Workspace, node: &NodeId| match node {
        NodeId::Objective(id) => workspace.objective(*id).filter(|node| !node.objective.state.is_open()).map(|_| *id),
        NodeId::KeyResult(_) => None,
    };
    let frozen: Vec<_> = nodes.iter().filter_map(|node| closed(&company.workspace, node)).collect();
    let states: Vec<_> = frozen.iter().map(|id| company.workspace.objective(*id).unwrap().objective.state).collect();
    for id in &frozen {
        company.set_state(*id, State::Agreed);
    }
    for (id, state) in frozen.into_iter().zip(states).rev() {
        match state {
            State::Closed => {
                let close = Close {
                    objective: id,
                    scores: Vec::new(),
                    seen: Vec::new(),
                    learned: String::new(),
                    verdict: None,
                };
                company.try_as(Actor::Operator, &Command::Close(close)).unwrap();
            }
            _ => company.set_state(id, state),
        }
    }
}

impl Company {
    fn set_state_or_leave(&mut self, id: crate::domain::ids::ObjectiveId, state: State) {
        if !self.workspace.objective(id).unwrap().objective.state.is_open() {
            self.set_state(id, state);
        }
    }
}

/// All numbers, by the names that tables use.
fn numbers(workspace: &Workspace) -> Vec<(String, Option<i64>, Option<u8>)> {
    let shown =
        |node| (workspace.table_name(node), workspace.shown_ppm(node), workspace.confidence(node).map(u8::from));
    workspace.in_tree_order().map(shown).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_table_exported_and_imported_again_is_the_same(steps in vec(step(), 1..60), texts in vec(text(), 0..20)) {
        let mut source = company();
        // A table cannot say a value that no longer fits its measure, nor half of a closing.
        for step in steps.iter().filter(|step| !matches!(step, Step::Remeasure { .. } | Step::TakeBack)) {
            take(&mut source, step);
        }
        dress(&mut source, &texts);
        let table = source.export();
        prop_assert_eq!(source.import(&table), 0, "into itself: {}", table);

        let mut copy = Company::on(&source.workspace.today().to_string());
        copy.import(&table);
        prop_assert_eq!(&copy.export(), &table);
        prop_assert_eq!(numbers(&copy.workspace), numbers(&source.workspace), "{}", table);
        prop_assert_eq!(copy.import(&table), 0, "twice: {}", table);
    }

    #[test]
    fn no_cell_is_a_formula(steps in vec(step(), 1..20), texts in vec(text(), 0..20)) {
        let mut source = company();
        for step in &steps {
            take(&mut source, step);
        }
        dress(&mut source, &texts);
        let table = source.export();
        for record in csv::Reader::from_reader(table.as_bytes()).records() {
            for cell in &record.unwrap() {
                let is_number = cell.parse::<f64>().is_ok();
                prop_assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{:?}", cell);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..400), rows in "[a-z,\"\r\n]{0,200}") {
        let mut company = Company::on("2026-05-04");
        for table in [Table::from_csv(&bytes), Table::from_json(&bytes)] {
            let _ = company.plan(table);
        }
        let _ = company.plan(Table::from_csv(format!("kind,id,parent\n{rows}").as_bytes()));
    }

    #[test]
    fn whatever_is_planned_is_accepted(rows in vec((0..3_usize, 0..6_u8, 0..8_u8, 0..5_usize, 0..4_u8), 1..14), twice in any::<bool>()) {
        let mut company = Company::on("2026-05-04");
        for _ in 0..=usize::from(twice) {
            let mut table = "kind,id,parent,title,state,measure,target,current,date\n".to_owned();
            for (kind, id, parent, state, value) in &rows {
                let kind = ["objective", "key_result", "check_in"][*kind];
                let parent = if *parent > 5 { String::new() } else { parent.to_string() };
                let state = State::ALL[*state].name();
                table += &format!("{kind},{id},{parent},A,{state},milestones,3,{value},2026-05-01\n");
            }
            if let Ok(import) = company.plan(Table::from_csv(table.as_bytes())) {
                for command in &import.commands {
                    company.run(command);
                }
            }
        }
    }
}
