//! Everything that is wrong is told at once, by row and column, and nothing has changed.

use crate::domain::table::Table;
use crate::domain::testing::Company;

fn complaints(rows: &str) -> Vec<String> {
    let mut company = Company::on("2026-05-04");
    let before = company.workspace.clone();
    let complaints = company.complaints(rows);
    assert_eq!(company.workspace, before);
    complaints
}

/// The complaints about key results of one objective, one row a measure.
fn about_measures(rows: &str) -> Vec<String> {
    let top = "kind,id,parent,title,measure,baseline,target,grades,weight,confidence,current\nobjective,o,,A,,,,,,,\n";
    complaints(&format!("{top}{rows}"))
}

#[test]
fn what_hangs_wrongly() {
    let rows = "kind,id,parent,title,measure,current,date
objective,o,,A,,,
key_result,k,o,a,graded,,
key_result,under_key_result,k,b,graded,,
key_result,under_nothing,,c,graded,,
check_in,under_objective,o,,,none,2026-05-01
check_in,c,k,,,none,2026-05-01
objective,under_check_in,c,B,,,
objective,orphan,nowhere,C,,,
check_in,lost,,,,none,2026-05-01
";
    assert_eq!(
        complaints(rows),
        [
            "row 4, column parent: “k” is a key result, and a key result hangs under an objective",
            "row 5, column parent: this is empty, and a key result hangs under an objective",
            "row 6, column parent: “o” is an objective, and a check-in hangs under a key result",
            "row 8, column parent: “c” is a check-in, and an objective hangs under an objective or a key result",
            "row 9, column parent: there is no “nowhere” in this file or in the workspace",
            "row 10, column parent: this is empty, and a check-in hangs under a key result",
        ]
    );
}

#[test]
fn cycles_of_any_length() {
    let rows = "kind,id,parent,title,measure
objective,self,self,A,
objective,a,b,B,
objective,b,k,C,
key_result,k,a,c,graded
objective,below,a,D,
";
    assert_eq!(
        complaints(rows),
        [
            "row 2, column parent: this hangs under itself: “self” under “self”",
            "row 3, column parent: this hangs under itself: “a” under “b” under “k” under “a”",
            "row 4, column parent: this hangs under itself: “b” under “k” under “a” under “b”",
        ]
    );
    let count = 20_000;
    let mut long = "kind,id,parent,title\n".to_owned();
    for place in 0..count {
        long += &format!("objective,o{place},o{},A\n", (place + 1) % count);
    }
    let found = complaints(&long);
    assert_eq!(found.len(), count);
    assert_eq!(
        found[0],
        "row 2, column parent: this hangs under itself: “o0” under “o1” under “o2” under “o3” under “o4” \
         under … (20000 in all) under “o0”"
    );
}

#[test]
fn a_cycle_that_the_workspace_closes() {
    let mut company = Company::on("2026-05-04");
    company.import("kind,id,parent,title\nobjective,a,,A\nobjective,b,a,B\n");
    assert_eq!(company.complaints("kind,id,parent\nobjective,a,b\n").len(), 1);
}

#[test]
fn kinds_ids_and_titles() {
    let long = "x".repeat(100_000);
    let rows = format!(
        "kind,id,title
initiative,i,A
,j,A
objective,,A
objective,o,
objective,o,A
objective,p,{long}
objective,q,Anna\u{202e}nimda
objective,r
check_in,s,
"
    );
    assert_eq!(
        complaints(&rows),
        [
            "row 2, column kind: “initiative” is not one of objective, key_result, check_in",
            "row 3, column kind: this is empty; it is one of objective, key_result, check_in",
            "row 4, column id: this is empty; every row has an id of its own",
            "row 5, column title: this is empty, and must not be",
            "row 6, column id: row 5 has the id “o” already",
            "row 7, column title: this has 100000 characters, and at most 300 are kept",
            "row 8, column title: this holds an invisible character that changes the direction of text",
            "row 9: this row has 2 cells, and the header has 3",
            "row 10, column parent: this is empty, and a check-in hangs under a key result",
        ]
    );
}

#[test]
fn numbers() {
    let rows = "key_result,a,o,A,reach,NaN,inf,,,,
key_result,b,o,A,reach,0,1e400,,,,
key_result,c,o,A,reach,7,7.0,,,,
key_result,d,o,A,between,5,4,,,,
key_result,e,o,A,milestones,,2.5,,,,
key_result,f,o,A,milestones,,1001,,,,
key_result,g,o,A,milestones,,3,,,,4
key_result,h,o,A,milestones,,3,,,,1.5
key_result,i,o,A,reach,0,1,,1001,11,x
key_result,j,o,A,reach,0,1,,-1,7.5,1_0
key_result,k,o,A,reach,0,1,,1.5,-1,\"1,5\"
";
    assert_eq!(
        about_measures(rows),
        [
            "row 3, column baseline: “NaN” is not a number; write it like 1234.5 or -2e3",
            "row 3, column target: “inf” is not a number; write it like 1234.5 or -2e3",
            "row 4, column target: “1e400” is larger than any number that can be kept",
            "row 5, column target: baseline and target are the same, so there is no way to go (baseline 7, target 7)",
            "row 6, column target: the low bound lies above the high one (baseline 5, target 4)",
            "row 7, column target: the number of steps: “2.5” is not a whole number from 0 to 1000",
            "row 8, column target: the number of steps: “1001” is not a whole number from 0 to 1000",
            "row 9, column current: more steps are done than there are (4 of 3)",
            "row 10, column current: “1.5” is not a whole number from 0 to 65535",
            "row 11, column weight: “1001” is not a whole number from 0 to 1000",
            "row 11, column current: “x” is not a number; write it like 1234.5 or -2e3",
            "row 11, column confidence: “11” is not a whole number from 0 to 10",
            "row 12, column weight: “-1” is not a whole number from 0 to 1000",
            "row 12, column current: “1_0” is not a number; write it like 1234.5 or -2e3",
            "row 12, column confidence: “7.5” is not a whole number from 0 to 10",
            "row 13, column weight: “1.5” is not a whole number from 0 to 1000",
            "row 13, column current: “1,5” is not a number; write it like 1234.5 or -2e3",
            "row 13, column confidence: “-1” is not a whole number from 0 to 10",
        ]
    );
}

#[test]
fn words() {
    let rows = "kind,id,parent,title,stance,state,measure,grades,driven_by,current,company
objective,o,,A,bold,done,,,,,maybe
key_result,a,o,A,,,,,,,
key_result,b,o,A,,,vibes,,,,
key_result,c,o,A,,,graded,\"one
two\",magic,,
key_result,d,o,A,,,graded,,,great,
";
    assert_eq!(
        complaints(rows),
        [
            "row 2, column stance: “bold” is not one of committed, aspirational",
            "row 2, column state: “done” is not one of draft, proposed, agreed, closed, dropped",
            "row 2, column company: “maybe” is not one of yes, no",
            "row 3, column measure: this is empty; a key result is measured by one of reach, at_least, at_most, between, \
         milestones, graded",
            "row 4, column measure: “vibes” is not one of reach, at_least, at_most, between, milestones, graded",
            "row 5, column grades: three sentences belong here, one a line, and there are 2",
            "row 5, column driven_by: “magic” is not one of check_ins, aligned",
            "row 6, column current: “great” is not one of none, commit, target, stretch",
        ]
    );
}

#[test]
fn dates() {
    let rows = "kind,id,parent,title,measure,target,current,date
objective,o,,A,,,,
key_result,k,o,A,at_least,3,,
check_in,a,k,,,,1,2026-02-30
check_in,b,k,,,,1,tomorrow
check_in,c,k,,,,1,2026-05-06
check_in,d,k,,,,1,2026-05-05T12:00:01Z
check_in,e,k,,,,1,2026-05-05T12:00:00Z
check_in,f,k,,,,1,1626-05-05
check_in,g,k,,,,1,
check_in,h,k,,,,,2026-05-01
";
    assert_eq!(
        complaints(rows),
        [
            "row 4, column date: “2026-02-30” is not a day or a time; write it like 2026-03-31 or 2026-03-31T09:30:00Z",
            "row 5, column date: “tomorrow” is not a day or a time; write it like 2026-03-31 or 2026-03-31T09:30:00Z",
            "row 6, column date: this lies in the future",
            "row 7, column date: this lies in the future",
            "row 9, column date: this lies too far in the past",
            "row 10, column date: this is empty; a check-in has a date",
            "row 11, column current: this is empty; a check-in has a value",
        ]
    );
}

#[test]
fn lists_and_links() {
    let mut teams: Vec<String> = (0..101).map(|place| format!("T{place}")).collect();
    let many = teams.join("\n");
    teams.truncate(1);
    let rows = format!(
        "kind,id,title,team,supports
objective,o,A,\"{many}\",o
objective,p,A,\"T
T\",\"o
nobody\"
"
    );
    assert_eq!(
        complaints(&rows),
        [
            "row 2, column team: at most 100 are kept here",
            "row 2, column supports: an objective cannot support itself",
            "row 3, column team: “T” stands here twice",
            "row 3, column supports: there is no objective “nobody”",
        ]
    );
}

#[test]
fn missing_columns_of_new_things() {
    assert_eq!(complaints("kind,id\nobjective,o\n"), ["row 2, column title: this is empty, and must not be"]);
    let rows = "kind,id,parent,title\nobjective,o,,A\nkey_result,k,o,a\ncheck_in,c,k,\n";
    assert_eq!(
        complaints(rows),
        [
            "row 3, column measure: this is empty; a key result is measured by one of reach, at_least, at_most, between, \
         milestones, graded",
            "row 4, column current: this is empty, and must not be",
            "row 4, column date: this is empty, and must not be",
        ]
    );
}

#[test]
fn json_rows_have_the_same_defects() {
    let mut company = Company::on("2026-05-04");
    let rows = r#"[{"kind": "objective", "id": "o", "title": "A", "weight": 1001}, {"kind": "objective", "id": "p", "parent": "x", "title": ""}]"#;
    let found = company.plan(Table::from_json(rows.as_bytes())).map(|_| ()).unwrap_err();
    let found: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "row 1, column weight: “1001” is not a whole number from 0 to 1000",
            "row 2, column parent: there is no “x” in this file or in the workspace",
            "row 2, column title: this is empty, and must not be",
        ]
    );
}
