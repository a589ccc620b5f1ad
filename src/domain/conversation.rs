//! The conversation about a node, with the people whom it mentions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{CommentId, NodeId, PersonId};
use super::okr::Comment;
use super::people::Person;
use super::row::{Age, PersonLabel};
use super::workspace::Workspace;

/// A comment as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentLine {
    /// Which one.
    pub id: CommentId,
    /// What was said, in pieces.
    pub pieces: Vec<Piece>,
    /// Who said it; `None` for the command line.
    pub by: Option<PersonLabel>,
    /// When.
    pub at: DateTime<Utc>,
    /// How long ago that is.
    pub age: Age,
}

/// A piece of a text: plain, or the mention of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The text as it was written.
    pub text: String,
    /// Whom it mentions.
    pub person: Option<PersonId>,
}

impl Workspace {
    /// What was said about a node, in the order of its saying.
    #[must_use]
    pub fn comments(&self, node: NodeId) -> &[Comment] {
        self.comments.get(&node).map_or(&[], Vec::as_slice)
    }

    /// What was said about a node, as a page shows it.
    #[must_use]
    pub fn conversation(&self, node: NodeId) -> Vec<CommentLine> {
        let line = |comment: &Comment| CommentLine {
            id: comment.id,
            pieces: self.pieces(&comment.text),
            by: comment.by.and_then(|by| self.person_label(by)),
            at: comment.at,
            age: self.age_of(comment.at),
        };
        self.comments(node).iter().map(line).collect()
    }

    /// A text in pieces: where an `@` that begins a word is followed by the name of a person, that is a mention. Of several
    /// names that fit, the longest does.
    #[must_use]
    pub fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut plain_from = 0;
        let mut from = 0;
        while let Some(at) = text[from..].find('@').map(|found| found + from) {
            from = at + 1;
            let begins_word = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
            let Some((person, length)) = begins_word.then(|| self.named_at_start(&text[from..])).flatten() else {
                continue;
            };
            let end = from + length;
            pieces.push(Piece { text: text[plain_from..at].to_owned(), person: None });
            pieces.push(Piece { text: text[at..end].to_owned(), person: Some(person) });
            (plain_from, from) = (end, end);
        }
        pieces.push(Piece { text: text[plain_from..].to_owned(), person: None });
        pieces.retain(|piece| !piece.text.is_empty());
        pieces
    }

    /// The person with whose name a text begins, and how many bytes of it are that name.
    fn named_at_start(&self, text: &str) -> Option<(PersonId, usize)> {
        let names = self.people().filter_map(|Person { id, name, .. }| {
            let rest = text.strip_prefix(name.trim()).filter(|_| !name.trim().is_empty())?;
            let ends = rest.chars().next().is_none_or(|after| !after.is_alphanumeric());
            ends.then_some((*id, text.len() - rest.len()))
        });
        names.max_by_key(|(_, length)| *length)
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use crate::domain::change::Record;
    use crate::domain::day::Day;
    use crate::domain::ids::CommentId;
    use crate::domain::okr::Comment;
    use crate::domain::people::Role;
    use crate::domain::testing::{Company, day};

    #[test]
    fn what_was_said_today_was_said_on_the_workspaces_day() {
        let mut company = Company::on("2026-05-04");
        let node = company.objective(None).into();
        for at in ["2026-05-02T10:59:59Z", "2026-05-03T10:59:59Z", "2026-05-03T11:00:00Z"] {
            let id = CommentId(company.id());
            let at = at.parse().unwrap();
            company.add(Record::Comment(Comment { id, node, text: "Well done".to_owned(), by: None, at }));
        }
        let ages = |company: &Company| {
            company.workspace.conversation(node).iter().map(|line| line.age.short()).collect::<Vec<_>>()
        };
        assert_eq!(ages(&company), ["2 d", "1 d", "1 d"], "in UTC, as long as nobody says otherwise");
        company.workspace.set_today(Day::new(day("2026-05-04"), &FixedOffset::east_opt(13 * 3600).unwrap()));
        assert_eq!(ages(&company), ["2 d", "1 d", "today"]);
    }

    #[test]
    fn a_mention_is_an_at_and_a_whole_name() {
        let mut company = Company::on("2026-05-04");
        let ann = company.person("Ann", Role::Member, &[]);
        let ann_lee = company.person("Ann Lee", Role::Member, &[]);
        let pieces = |text: &str| {
            let pieces = company.workspace.pieces(text);
            assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
            pieces.into_iter().filter_map(|piece| Some((piece.text, piece.person?))).collect::<Vec<_>>()
        };
        assert_eq!(pieces("@Ann, see @Ann Lee!"), [("@Ann".to_owned(), ann), ("@Ann Lee".to_owned(), ann_lee)]);
        assert_eq!(pieces("@Anna and me@Ann and @ and @@Ann"), [("@Ann".to_owned(), ann)]);
        assert_eq!(pieces(""), []);
        assert_eq!(pieces("📎@Ann📎"), [("@Ann".to_owned(), ann)]);
    }
}
