//! Cases worked by hand, through a table.

use crate::domain::cycle::{Phase, Span};
use crate::domain::export::Document;
use crate::domain::okr::State;
use crate::domain::table::Table;
use crate::domain::testing::{Company, day};

fn imported(rows: &str) -> Company {
    let mut company = Company::on("2026-05-04");
    company.import(rows);
    company
}

/// A percentage of each key result of one objective, and what that makes.
fn percents(company: &Company, ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| company.percent(company.named(id))).collect()
}

#[test]
fn every_measure_says_how_far_it_is() {
    let company = imported(
        "kind,id,parent,title,measure,baseline,target,grades,current
objective,o,,Rides that start by themselves,,,,,
key_result,half,o,a,reach,100,60,,80
key_result,most,o,b,reach,100,60,,70
key_result,more,o,c,reach,100,60,,50
key_result,quarter,o,d,reach,15,35,,20
key_result,held,o,e,at_most,,25,,25
key_result,broken,o,f,at_most,,25,,27
key_result,floor,o,g,at_least,,90,,90
key_result,inside,o,h,between,4,5,,5
key_result,grade,o,i,graded,,,\"begun
done
loved\",target
key_result,steps,o,j,milestones,,6,,3
key_result,none,o,k,milestones,,,,
key_result,aimless,o,l,reach,3,,,5
key_result,idle,o,m,reach,3,4,,
",
    );
    let ids =
        ["half", "most", "more", "quarter", "held", "broken", "floor", "inside", "grade", "steps", "none", "aimless"];
    let shown = ["50 %", "75 %", "125 %", "25 %", "100 %", "0 %", "100 %", "100 %", "70 %", "50 %", "–", "–"];
    assert_eq!(percents(&company, &ids), shown);
    assert!(company.workspace.is_not_started(company.key_result_id("idle")));
}

#[test]
fn contributions_make_a_mean() {
    let company = imported(
        "kind,id,parent,title,measure,baseline,target,weight,current,state
objective,third,,A,,,,,,
key_result,t1,third,a,reach,0,100,,100,
key_result,t2,third,b,reach,0,100,,0,
key_result,t3,third,c,reach,0,100,,0,
objective,clamped,,B,,,,,,
key_result,c1,clamped,a,reach,0,100,,-20,
key_result,c2,clamped,b,reach,0,100,,100,
objective,weighted,,C,,,,,,
key_result,w1,weighted,a,reach,0,100,2,40,
key_result,w2,weighted,b,reach,0,100,3,20,
objective,mixed,,D,,,,,,
key_result,m1,mixed,a,reach,0,100,,27,
key_result,m2,mixed,b,reach,0,100,,18,
objective,m3,mixed,E,,,,,,
key_result,m4,m3,a,reach,0,100,,73,
objective,m5,mixed,Draft,,,,,,draft
key_result,m6,m5,a,reach,0,100,,100,
objective,known,,F,,,,,,
key_result,k1,known,a,reach,0,,,80,
key_result,k2,known,b,reach,0,100,,80,
objective,empty,,G,,,,,,
",
    );
    let ids = ["third", "clamped", "c1", "weighted", "mixed", "m5", "known", "empty"];
    assert_eq!(percents(&company, &ids), ["33 %", "50 %", "−20 %", "28 %", "39 %", "100 %", "80 %", "–"]);
}

#[test]
fn a_share_counts_the_weeks_that_held() {
    let mut rows = "kind,id,parent,title,cycle,measure,baseline,target,hold,current,date
objective,o,,Calm support,2026-Q1,,,,,,
key_result,k,o,Open tickets between 4 and 5,,between,4,5,share,,
"
    .to_owned();
    // Thirteen Mondays in the quarter: the first is missed, the next three do not hold, nine do.
    for week in 1..13 {
        let value = if week < 4 { 6.0 } else { 4.5 };
        let monday = day("2026-01-05") + chrono::Days::new(7 * week);
        rows += &format!("check_in,c{week},k,,,,,,,{value},{monday}\n");
    }
    let company = imported(&rows);
    assert_eq!(company.percent(company.named("k")), "69 %");
}

#[test]
fn rows_may_come_in_any_order_and_siblings_keep_theirs() {
    let company = imported(
        "note,date,current,kind,id,parent,title,measure,baseline,target
late,2026-04-30,7,check_in,c2,k,,,,
,2026-04-30,3,check_in,c1,k,,,,
,,,key_result,k,child,Seconds from tap to ride,reach,0,10
,,,objective,second,top,B,,,
,,,objective,child,top,A,,,
,,,objective,top,,Rides that start by themselves,,,
",
    );
    let order: Vec<_> = company.workspace.in_tree_order().map(|node| company.workspace.table_name(node)).collect();
    assert_eq!(order, ["top", "second", "child", "k"]);
    // Equal times: the later row.
    assert_eq!(company.percent(company.named("k")), "30 %");
    assert!(company.objective_named("top").company);
    assert!(!company.objective_named("child").company);
}

#[test]
fn current_comes_before_the_check_ins_of_the_file() {
    let company = imported(
        "kind,id,parent,title,measure,baseline,target,current,confidence,date
check_in,c,k,,,,,30,4,2026-05-04
key_result,k,o,a,reach,0,100,80,9,
objective,o,,A,,,,,,
key_result,l,o,b,reach,0,100,80,9,
",
    );
    assert_eq!(percents(&company, &["k", "l"]), ["30 %", "80 %"]);
    assert_eq!(company.workspace.confidence(company.named("o")).map(u8::from), Some(4));
    assert_eq!(company.check_ins("l")[0].at, "2026-05-04T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
}

#[test]
fn teams_people_and_cycles_are_made_once() {
    let company = imported(
        "kind,id,parent,title,team,owner,cycle,measure
objective,o,,A,\"Riders
Drivers\",Ada Byte,2026-Q2,
objective,p,o,B,Drivers,ADA@example.org,,
objective,q,o,C,,Ada Byte,none,
objective,r,,D,,ada@example.org,2026-Q3,
objective,s,,E,,,Spring,
key_result,k,o,a,Riders,Ada Byte,Never made,graded
",
    );
    let workspace = &company.workspace;
    assert_eq!(workspace.teams().map(|team| team.name.as_str()).collect::<Vec<_>>(), ["Riders", "Drivers"]);
    let people: Vec<_> = workspace.people().map(|person| (person.name.as_str(), person.email.as_deref())).collect();
    assert_eq!(people, [("Ada Byte", None), ("ada@example.org", Some("ada@example.org"))]);
    let cycles: Vec<_> = workspace.cycles().map(|cycle| (cycle.name.as_str(), cycle.phase)).collect();
    assert_eq!(cycles, [("2026-Q2", Phase::Active), ("2026-Q3", Phase::Draft), ("Spring", Phase::Active)]);
    assert_eq!(company.objective_named("p").cycle, company.objective_named("o").cycle);
    assert_eq!(company.objective_named("q").cycle, None);
    assert_eq!(company.objective_named("o").teams.len(), 2);
}

#[test]
fn what_is_closed_is_frozen_from_the_leaves_up() {
    let mut company = imported(
        "kind,id,parent,title,state,measure,baseline,target,current
objective,top,,A,closed,,,,
objective,below,top,B,closed,,,,
key_result,k,below,a,,reach,0,100,60
objective,gone,top,C,dropped,,,,
key_result,l,gone,b,,reach,0,100,100
",
    );
    assert_eq!(percents(&company, &["top", "below", "gone"]), ["60 %", "60 %", "100 %"]);
    assert_eq!(company.objective_named("top").state, State::Closed);
    assert!(company.key_result_named("k").closing.is_some());
    // A new value opens what it changes and closes it again.
    company.import("kind,id,parent,current,date\ncheck_in,c,k,90,2026-05-04T09:00\n");
    assert_eq!(percents(&company, &["below", "top"]), ["90 %", "60 %"]);
    assert_eq!(company.objective_named("below").state, State::Closed);
}

#[test]
fn a_key_result_that_is_driven_may_have_check_ins() {
    let company = imported(
        "kind,id,parent,title,measure,baseline,target,driven_by,current,date
objective,o,,A,,,,,,
key_result,k,o,a,reach,0,100,aligned,10,
check_in,c,k,,,,,,20,2026-05-01
objective,p,k,B,,,,,,
key_result,l,p,b,reach,0,100,,70,
",
    );
    assert_eq!(percents(&company, &["k", "o"]), ["70 %", "70 %"]);
    assert_eq!(company.check_ins("k").len(), 2);
}

#[test]
fn the_document_gives_every_number_with_its_reasons() {
    let company = imported(
        "kind,id,parent,title,cycle,measure,baseline,target,current,confidence,state,weight
objective,o,,A,2026-Q2,,,,,,,
key_result,k,o,a,,reach,100,60,50,7,,
key_result,l,o,b,,reach,,60,,,,
objective,p,o,B,,,,,,,proposed,3
objective,q,o,C,,,,,,,,2
key_result,m,q,c,,reach,0,3,1,7,,
",
    );
    let document = serde_json::to_value(Document(&company.workspace)).unwrap();
    let nodes = document["nodes"].as_array().unwrap();
    let ids: Vec<_> = nodes.iter().map(|node| node["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["o", "k", "l", "p", "q", "m"]);
    let top = &nodes[0];
    assert_eq!(top["kind"], "objective");
    assert_eq!(top["parent"], serde_json::Value::Null);
    // 1 000 000 at weight 1 and 333 333 at weight 2.
    assert_eq!(top["raw"].as_f64().unwrap(), 1_666_666.0 / 3.0 / 1e6);
    assert_eq!(top["progress_ppm"], 555_555);
    assert_eq!(top["percent"], "56\u{a0}%");
    assert_eq!(top["confidence"], 7);
    assert_eq!(top["weakest"], serde_json::json!(["k", "q"]));
    assert_eq!(top["pace"], "on track");
    assert_eq!(top["tally"], serde_json::json!({ "weight": 3, "weighted": 1_666_666 }));
    let left_out: Vec<_> = top["contributions"].as_array().unwrap().iter().map(|row| &row["left_out"]).collect();
    let null = serde_json::Value::Null;
    assert_eq!(left_out, [&null, &"progress unknown".into(), &"proposed, not counted".into(), &null]);
    assert_eq!((&nodes[1]["raw"], &nodes[1]["percent"]), (&1.25.into(), &"125\u{a0}%".into()));
    assert_eq!((&nodes[2]["raw"], &nodes[2]["progress_ppm"], &nodes[2]["percent"]), (&null, &null, &"–".into()));
    assert_eq!(nodes[2]["not_started"], false);
    assert_eq!(nodes[1]["parent"], "o");
}

#[test]
fn days_of_cycles_are_given_where_their_names_do_not_tell() {
    let mut company = Company::on("2026-05-04");
    let table = || Table::from_csv(b"kind,id,title,cycle\nobjective,o,A,FY27-Q1\n");
    let import = company.plan(table()).unwrap();
    assert_eq!(
        import.warnings,
        ["the cycle “FY27-Q1” does not tell its days, so nothing in it has a pace until they are set"]
    );
    import.commands.iter().for_each(|command| company.run(command));
    let span = Span::new(day("2026-04-01"), day("2026-06-30")).unwrap();
    let import = company.plan_with(table(), &[("FY27-Q1".to_owned(), span)].into()).unwrap();
    assert_eq!(import.warnings, [""; 0]);
    import.commands.iter().for_each(|command| company.run(command));
    assert_eq!(company.workspace.cycles().next().unwrap().span, Some(span));
}

#[test]
fn two_hundred_thousand_rows_are_planned() {
    let mut rows = "kind,id,parent,title,measure,baseline,target,owner,current,date\n".to_owned();
    // Bottom up, and as deep as it gets.
    for place in (0..20_000).rev() {
        let parent = if place % 1000 == 0 { String::new() } else { format!("o{}", place - 1) };
        rows += &format!("objective,o{place},{parent},A,,,,Person {place},,\n");
        rows += &format!("key_result,k{place},o{place},a,reach,0,100,,10,\n");
        for week in 0..8 {
            rows += &format!("check_in,c{place}.{week},k{place},,,,,,{week},2026-03-{:02}\n", week + 1);
        }
    }
    let mut company = Company::on("2026-05-04");
    let import = company.plan(Table::from_csv(rows.as_bytes())).unwrap();
    assert_eq!(import.summary.objectives.added, 20_000);
    // A person for each objective, and `current` of each key result besides its eight check-ins.
    assert_eq!(import.commands.len(), 20_000 * (1 + 1 + 1 + 1 + 8));
}
