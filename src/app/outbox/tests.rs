use uuid::Uuid;

use super::*;
use crate::domain::change::{Edit, Replaced};
use crate::domain::ids::ObjectiveId;
use crate::domain::measure::Value;
use crate::domain::number::Finite;
use crate::domain::okr::{CheckIn, Confidence, ObjectiveField};

fn mutation(name: u128) -> MutationId {
    MutationId(Uuid::from_u128(name))
}

fn submission(name: u128) -> Submission {
    let at = DateTime::from_timestamp(1_764_000_000, 0).unwrap();
    let check_in = CheckIn {
        id: CheckInId(Uuid::from_u128(name)),
        table_id: None,
        key_result: KeyResultId(Uuid::from_u128(7)),
        value: Value::Number(Finite::from(42)),
        confidence: Confidence::new(6),
        note: "Größer".to_owned(),
        by: Some(PersonId(Uuid::from_u128(1))),
        at,
        day: at.date_naive(),
        replaces: None,
    };
    let title = |text: &str| ObjectiveField::Title(text.to_owned());
    let rename =
        Edit::Objective(ObjectiveId(Uuid::from_u128(3)), Replaced { was: title("Sell"), is: title("Sell more") });
    let commands =
        vec![Command::Add(change::Record::CheckIn(check_in)), Command::Edit(rename), Command::Undo(mutation(9))];
    Submission { mutation: mutation(name), at, commands }
}

fn item(name: u128, kept: Kept) -> Item {
    let form = Fields(vec![("form".to_owned(), "check-in".to_owned()), ("card".to_owned(), "boats".to_owned())]);
    Item {
        mutation: mutation(name),
        person: PersonId(Uuid::from_u128(1)),
        words: format!("Item {name}"),
        body: "{}".to_owned(),
        details: Some(Details { submission: submission(name), form: Some(form) }),
        state: State::Waiting,
        kept,
    }
}

/// What version 1 wrote. A later one reads it, or sends it unread; it never changes this text.
const GOLDEN: &str = "\
    01100000000000000000000000000000000214323032352d31312d32345431363a30303a30305a030005100000000000\
    00000000000000000000020010000000000000000000000000000000070000000000000045400106084772c3b6c39f65\
    7201100000000000000000000000000000000114323032352d31312d32345431363a30303a30305a0a323032352d3131\
    2d32340001041000000000000000000000000000000003000453656c6c000953656c6c206d6f72650410000000000000\
    00000000000000000009010204666f726d08636865636b2d696e046361726405626f617473";

#[test]
fn what_an_earlier_version_kept_is_read() {
    let record = Record::from(&item(2, Kept::At(4.0)));
    let hex = record.details.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(hex, GOLDEN, "the format changed: give it another number, and go on reading this one");
    assert_eq!(record.read(4.0), Some(item(2, Kept::At(4.0))));
}

#[test]
fn what_cannot_be_read_is_still_sent_and_told() {
    let mut record = Record::from(&item(2, Kept::NotYet));
    for details in [vec![], vec![200, 1, 2], vec![1], [&record.details[..], &[0]].concat()] {
        record.details = details;
        let read = record.clone().read(4.0).unwrap();
        assert_eq!((read.details.as_ref(), read.body.as_str(), read.words.as_str()), (None, "{}", "Item 2"));
        assert!(read.is_unsent() && read.returned().is_none());
    }
    record.person = "nobody".to_owned();
    assert_eq!(record.read(4.0), None, "whose it is cannot be guessed");
}

#[test]
fn states_are_kept() {
    for (state, read) in [
        (State::Waiting, State::Waiting),
        (State::Sending, State::Waiting),
        (State::Refused("No.".to_owned()), State::Refused("No.".to_owned())),
        (State::Saved, State::Saved),
    ] {
        let record = Record::from(&Item { state, ..item(2, Kept::NotYet) });
        assert_eq!(record.read(1.0).unwrap().state, read);
    }
}

#[test]
fn what_was_refused_comes_back_as_it_was_typed() {
    let refused = Item { state: State::Refused("It is closed.".to_owned()), ..item(2, Kept::At(4.0)) };
    let returned = refused.returned().unwrap();
    assert_eq!(returned.problem.message, "It is closed.");
    assert_eq!(returned.fields.get(MENDS), mutation(2).to_string());
    assert_eq!(refused.address(), Some(format!("/check-in?card=boats&mend={}", mutation(2))));
    let details = Details { submission: submission(2), form: None };
    let typed_in_the_tree = Item { details: Some(details), ..refused };
    assert_eq!(typed_in_the_tree.returned().unwrap().fields.get("value"), "42");
    assert_eq!(item(2, Kept::NotYet).returned(), None);
}

fn names(items: &[Item]) -> Vec<u128> {
    items.iter().map(|item| item.mutation.0.as_u128()).collect()
}

#[test]
fn what_other_pages_did_is_taken_in_by_its_order() {
    let mut items = vec![item(5, Kept::At(2.0)), item(3, Kept::NotYet)];
    let kept = vec![item(9, Kept::At(1.0)), item(5, Kept::At(2.0)), item(4, Kept::At(3.0))];
    let merged = merge(&mut items, kept, &[2.0]);
    assert_eq!(names(&items), [9, 5, 4, 3], "whatever the ids say of the time");
    assert_eq!(merged.arrived.iter().map(|it| it.mutation.0.as_u128()).collect::<Vec<_>>(), [9, 4]);
    // Another page sent one, let one go, and one was refused to it.
    let refused = Item { state: State::Refused("No.".to_owned()), ..item(5, Kept::At(2.0)) };
    let saved = Item { state: State::Saved, ..item(9, Kept::At(1.0)) };
    let merged = merge(&mut items, vec![saved, refused], &[1.0, 2.0, 3.0]);
    assert_eq!(names(&items), [9, 5, 3]);
    assert_eq!(merged.refused, [(submission(5), "No.".to_owned())]);
    assert!(merged.arrived.is_empty() && items[0].state == State::Saved);
}

#[test]
fn what_is_written_while_the_browser_is_asked_stays() {
    let mut items = vec![item(1, Kept::At(8.0))];
    let _ = merge(&mut items, Vec::new(), &[]);
    assert_eq!(names(&items), [1]);
    items[0].state = State::Saved;
    let _ = merge(&mut items, vec![item(1, Kept::At(8.0))], &[8.0]);
    assert_eq!(items[0].state, State::Saved, "an answer is known before it is written down");
}

#[test]
fn only_the_last_that_were_saved_are_remembered() {
    let saved = |name| Item { state: State::Saved, ..item(name, Kept::Nowhere) };
    let mut items: Vec<Item> = (0..9).map(saved).collect();
    items.insert(0, item(20, Kept::Nowhere));
    forget_old(&mut items);
    assert_eq!(names(&items), [20, 4, 5, 6, 7, 8]);
}
