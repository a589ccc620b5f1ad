//! Tables imported into a company and exported from it.

mod again;
mod defects;
mod properties;
mod worked;

use std::collections::BTreeMap;

use chrono::Utc;
use uuid::Uuid;

use super::import::{Import, Moment, import};
use super::write::write;
use super::{Defect, Table};
use crate::domain::cycle::Span;
use crate::domain::ids::{KeyResultId, NodeId, ObjectiveId};
use crate::domain::okr::{CheckIn, KeyResult, Objective};
use crate::domain::testing::{Company, noon};

/// An id that no other company under test has for something else.
fn own_id(id: Uuid) -> Uuid {
    Uuid::from_u128(id.as_u128() | 1 << 100)
}

impl Company {
    fn plan(&mut self, table: Table) -> Result<Import, Vec<Defect>> {
        self.plan_with(table, &BTreeMap::new())
    }

    fn plan_with(&mut self, table: Table, cycles: &BTreeMap<String, Span>) -> Result<Import, Vec<Defect>> {
        let workspace = self.workspace.clone();
        let today = workspace.today();
        let moment = Moment { now: noon(today), today, zone: &Utc };
        import(table, &workspace, &moment, cycles, &mut || own_id(self.id()))
    }

    /// Imports CSV, and returns how many commands that took.
    fn import(&mut self, text: &str) -> usize {
        let import = self.plan(Table::from_csv(text.as_bytes())).unwrap();
        for command in &import.commands {
            self.run(command);
        }
        import.commands.len()
    }

    /// Everything that is wrong with a table.
    fn complaints(&mut self, text: &str) -> Vec<String> {
        let defects = self.plan(Table::from_csv(text.as_bytes())).map(|_| ()).expect_err("a table that is refused");
        defects.iter().map(ToString::to_string).collect()
    }

    fn export(&self) -> String {
        let mut file = Vec::new();
        write(&self.workspace, &Utc, &mut file).unwrap();
        String::from_utf8(file).unwrap()
    }

    fn named(&self, id: &str) -> NodeId {
        self.workspace.by_table_id(id).unwrap()
    }

    fn objective_id(&self, id: &str) -> ObjectiveId {
        match self.named(id) {
            NodeId::Objective(id) => id,
            NodeId::KeyResult(_) => panic!("{id} is a key result"),
        }
    }

    fn objective_named(&self, id: &str) -> &Objective {
        &self.workspace.objective(self.objective_id(id)).unwrap().objective
    }

    fn key_result_id(&self, id: &str) -> KeyResultId {
        match self.named(id) {
            NodeId::KeyResult(id) => id,
            NodeId::Objective(_) => panic!("{id} is an objective"),
        }
    }

    fn key_result_named(&self, id: &str) -> &KeyResult {
        &self.workspace.key_result(self.key_result_id(id)).unwrap().key_result
    }

    fn check_ins(&self, id: &str) -> &[CheckIn] {
        &self.workspace.key_result(self.key_result_id(id)).unwrap().check_ins
    }
}
