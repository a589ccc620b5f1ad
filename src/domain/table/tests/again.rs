//! The same table again, and one that has changed.

use crate::domain::measure::Value;
use crate::domain::okr::State;
use crate::domain::testing::{Company, day, number};

const TABLE: &str = "kind,id,parent,title,description,owner,state,measure,baseline,target,current,confidence,date,note
objective,o,,Calm support,,Ada,,,,,,,,
key_result,k,o,Open tickets,as counted on Mondays,,,reach,80,20,60,7,,
check_in,c,k,,,,,,,,70,6,2026-04-27,slow
objective,old,,Last year,,,closed,,,,,,,
key_result,m,old,Steps,,,,milestones,,4,2,,,
objective,gone,,Never mind,,,dropped,,,,,,,
";

fn company() -> Company {
    let mut company = Company::on("2026-05-04");
    company.import(TABLE);
    company
}

fn values(company: &Company) -> Vec<Value> {
    company.check_ins("k").iter().map(|check_in| check_in.value.clone()).collect()
}

#[test]
fn the_same_table_changes_nothing() {
    let mut company = company();
    assert_eq!(company.import(TABLE), 0);
    company.workspace.set_today(day("2026-05-11"));
    assert_eq!(company.import(TABLE), 0);
}

#[test]
fn only_what_differs_is_edited_and_empty_cells_clear() {
    let mut company = company();
    let changed = TABLE.replace("as counted on Mondays", "").replace("Calm support", "Calmer support");
    assert_eq!(company.import(&changed), 2);
    assert_eq!(company.key_result_named("k").description, "");
    assert_eq!(company.objective_named("o").title, "Calmer support");
    assert_eq!(company.import("kind,id,title\nobjective,o,Calm support\n"), 1);
    assert!(company.objective_named("o").owner.is_some());
}

#[test]
fn a_new_current_on_the_same_day_replaces_and_on_another_day_follows() {
    let mut company = company();
    let changed = TABLE.replace("20,60,7", "20,50,7");
    assert_eq!(company.import(&changed), 1);
    assert_eq!(company.check_ins("k")[2].replaces, Some(company.check_ins("k")[0].id));
    assert_eq!(company.percent(company.named("k")), "50 %");
    company.workspace.set_today(day("2026-05-11"));
    assert_eq!(company.import(&changed), 0);
    assert_eq!(company.import(&TABLE.replace("20,60,7", "20,40,7")), 1);
    assert_eq!(company.check_ins("k")[3].replaces, None);
    assert_eq!(values(&company), [60.0, 70.0, 50.0, 40.0].map(number));
    let again = company.export();
    assert_eq!(company.import(&again), 0);
}

#[test]
fn a_changed_check_in_replaces_the_one_before_and_its_corrections() {
    let mut company = company();
    let id = company.key_result_id("k");
    let mut correction = company.check_in_record(id, day("2026-04-27"), number(71.0), None);
    correction.replaces = Some(company.check_ins("k")[1].id);
    let correction_id = correction.id;
    company.add(crate::domain::change::Record::CheckIn(correction));
    // The file says what it said before: whoever corrected it keeps the last word.
    assert_eq!(company.import(TABLE), 0);
    let changed = TABLE.replace("70,6,2026-04-27,slow", "72,6,2026-04-28,slow");
    assert_eq!(company.import(&changed), 1);
    let last = company.check_ins("k").last().unwrap();
    assert_eq!(last.replaces, Some(correction_id));
    assert_eq!(last.table_id.as_deref(), Some("c"));
    assert_eq!(company.import(&changed), 0);
    assert_eq!(company.export().matches("check_in,c,k").count(), 1);
}

#[test]
fn what_is_closed_opens_for_a_change_and_closes_again() {
    let mut company = company();
    let before = company.objective_named("old").closing.clone();
    assert_eq!(before.as_ref().unwrap().progress.unwrap().get(), 500_000);
    assert_eq!(company.import(&TABLE.replace("4,2,", "4,3,")), 3);
    assert_eq!(company.objective_named("old").closing.as_ref().unwrap().progress.unwrap().get(), 750_000);
    assert_eq!(company.import(&TABLE.replace("4,2,", "4,3,").replace("Never mind", "Minded")), 3);
    assert_eq!(company.objective_named("gone").state, State::Dropped);
    assert_eq!(company.import(&TABLE.replace("4,2,", "4,3,").replace("Never mind,,,dropped", "Minded,,,agreed")), 1);
    assert_eq!(company.objective_named("gone").state, State::Agreed);
}

#[test]
fn two_objectives_may_trade_places() {
    let mut company = Company::on("2026-05-04");
    company.import("kind,id,parent,title\nobjective,a,,A\nobjective,b,a,B\nobjective,c,b,C\n");
    company.import("kind,id,parent,title\nobjective,a,c,A\nobjective,b,,B\nobjective,c,b,C\n");
    let order: Vec<_> = company.workspace.in_tree_order().map(|node| company.workspace.table_name(node)).collect();
    assert_eq!(order, ["b", "c", "a"]);
}

#[test]
fn a_key_result_stays_and_kinds_stay() {
    let mut company = company();
    assert_eq!(
        company.complaints("kind,id,parent,title\nobjective,k,,A\nkey_result,m,o,a\nkey_result,c,o,a\n"),
        [
            "row 2, column id: “k” is a key result in the workspace",
            "row 3, column parent: a key result stays with its objective; give it a new id to move it",
            "row 4, column id: “c” is a check-in in the workspace",
        ]
    );
    let clash = TABLE.replace("check_in,c,", "check_in,k#2026-05-04,");
    assert_eq!(company.complaints(&clash), ["row 4, column id: “k#2026-05-04” names the value in current of row 3",]);
}

#[test]
fn an_export_knows_what_has_no_name_in_a_table() {
    let mut company = Company::on("2026-05-04");
    let top = company.objective(None);
    let below = company.objective(Some(top.into()));
    company.key_result_at(below, 40.0);
    let table = company.export();
    assert_eq!(company.import(&table), 0);
    assert_eq!(company.import(&table.replace(",40,", ",50,")), 1);
    assert_eq!(company.percent(top), "50 %");
}
