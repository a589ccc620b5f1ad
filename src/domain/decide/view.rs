//! Saved views.

use super::{is_new, replace, title};
use crate::domain::change::{Change, Edit, Record, Replaced};
use crate::domain::command::{Actor, Refusal};
use crate::domain::ids::ViewId;
use crate::domain::view::{MAX_QUERY, MAX_VIEWS, View, ViewField};
use crate::domain::workspace::Workspace;

impl Workspace {
    pub(super) fn check_view(&self, actor: Actor, view: &View) -> Result<(), Refusal> {
        if actor.person().is_some_and(|person| person != view.owner) {
            return Err(Refusal::not_allowed("A view belongs to whoever saves it."));
        }
        self.require_view(actor, view)?;
        is_new(self.view(view.id).is_none())?;
        self.check_owner(Some(view.owner))?;
        check_query(&view.query)?;
        self.check_view_name(view)
    }

    pub(super) fn decide_view_edit(
        &self,
        actor: Actor,
        id: ViewId,
        fields: &Replaced<ViewField>,
    ) -> Result<Vec<Change>, Refusal> {
        let view = self.view(id).ok_or_else(|| Refusal::not_found("view"))?;
        self.require_view(actor, view)?;
        let mut edited = view.clone();
        edited.set(&fields.is);
        self.require_view(actor, &edited)?;
        match &fields.is {
            ViewField::Query(query) => check_query(query)?,
            ViewField::Name(_) | ViewField::Shared(_) => self.check_view_name(&edited)?,
        }
        replace(fields, view.get(&fields.was), |fields| Edit::View(id, fields))
    }

    pub(super) fn decide_view_removal(&self, actor: Actor, id: ViewId) -> Result<Vec<Change>, Refusal> {
        let view = self.view(id).ok_or_else(|| Refusal::not_found("view"))?;
        self.require_view(actor, view)?;
        Ok(vec![Change::Removed(Record::View(view.clone()))])
    }

    fn require_view(&self, actor: Actor, view: &View) -> Result<(), Refusal> {
        if self.may_change_view(actor, view) {
            return Ok(());
        }
        if self.is_past() || !self.may_read(actor) {
            return self.require(actor, false, "view");
        }
        Err(Refusal::not_allowed(if actor.person() == Some(view.owner) {
            "Viewers keep views for themselves. An admin can make you a member, who may share them."
        } else {
            "This view belongs to somebody else. Its owner, and where it is shared an admin, may change it."
        }))
    }

    fn check_view_name(&self, view: &View) -> Result<(), Refusal> {
        title("name", &view.name)?;
        let beside = |other: &&View| {
            other.id != view.id && other.shared == view.shared && (view.shared || other.owner == view.owner)
        };
        if self.views().filter(beside).count() >= MAX_VIEWS {
            return Err(Refusal::invalid("name", format!("at most {MAX_VIEWS} views are kept; delete one first")));
        }
        match self.views().filter(beside).find(|other| other.name.trim() == view.name.trim()) {
            Some(_) => Err(Refusal::already_there("name", "there is a view of this name already; choose another")),
            None => Ok(()),
        }
    }
}

/// A query is what an address may hold after the question mark, so that a link to it leads to the tree and nowhere else.
fn check_query(query: &str) -> Result<(), Refusal> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%&=+".contains(&byte);
    match query.len() {
        0 => Err(Refusal::invalid("query", "there is nothing to save: look for something first")),
        length if length > MAX_QUERY => Err(Refusal::invalid("query", "this filter is too long to be kept")),
        _ if !query.bytes().all(is_plain) => Err(Refusal::invalid("query", "this is not a filter of the tree")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::command::{Command, Reason};
    use crate::domain::ids::PersonId;
    use crate::domain::sample::{Sample, sample};
    use crate::domain::workspace::History;

    fn view(id: u128, owner: PersonId, shared: bool, name: &str) -> View {
        View { id: ViewId(Uuid::from_u128(id)), owner, shared, name: name.to_owned(), query: "pace=at_risk".to_owned() }
    }

    fn carry_out(sample: &mut Sample, actor: PersonId, command: &Command) -> Result<(), Refusal> {
        for change in sample.workspace.decide(Actor::Person(actor), sample.now, command)? {
            let before = sample.workspace.clone();
            sample.workspace.apply(&change);
            let after = sample.workspace.clone();
            sample.workspace.apply(&change.clone().inverse());
            assert_eq!(sample.workspace, before, "taken back");
            sample.workspace.apply(&change);
            assert_eq!(sample.workspace, after);
        }
        Ok(())
    }

    fn add(view: View) -> Command {
        Command::Add(Record::View(view))
    }

    fn rename(view: &View, is: &str) -> Command {
        let fields = Replaced { was: ViewField::Name(view.name.clone()), is: ViewField::Name(is.to_owned()) };
        Command::Edit(Edit::View(view.id, fields))
    }

    fn share(view: &View, shared: bool) -> Command {
        let fields = Replaced { was: ViewField::Shared(!shared), is: ViewField::Shared(shared) };
        Command::Edit(Edit::View(view.id, fields))
    }

    #[test]
    fn everybody_keeps_views_and_members_share_them() {
        let mut sample = sample();
        let (admin, member, viewer) = (sample.admin, sample.member, sample.viewer);
        let own = view(500, viewer, false, "Mine");
        let shared = view(501, member, true, "Ours");
        carry_out(&mut sample, viewer, &add(own.clone())).unwrap();
        carry_out(&mut sample, member, &add(shared.clone())).unwrap();
        let refused = |sample: &mut Sample, actor, command: &Command| {
            carry_out(sample, actor, command).unwrap_err().reason == Reason::NotAllowed
        };
        assert!(refused(&mut sample, viewer, &add(view(502, viewer, true, "Everybody's"))));
        assert!(refused(&mut sample, viewer, &share(&own, true)));
        assert!(refused(&mut sample, member, &add(view(502, viewer, false, "In your name"))));
        assert!(refused(&mut sample, viewer, &rename(&shared, "Theirs")));
        assert!(refused(&mut sample, admin, &rename(&own, "Looked at")));
        assert!(refused(&mut sample, admin, &Command::RemoveView(own.id)));
        assert!(refused(&mut sample, viewer, &Command::RemoveView(shared.id)));
        carry_out(&mut sample, admin, &rename(&shared, "Everybody's")).unwrap();
        carry_out(&mut sample, admin, &Command::RemoveView(shared.id)).unwrap();
        carry_out(&mut sample, viewer, &Command::RemoveView(own.id)).unwrap();
        assert_eq!(sample.workspace.views().count(), 0);
        assert_eq!(carry_out(&mut sample, viewer, &Command::RemoveView(own.id)).unwrap_err().reason, Reason::NotFound);
    }

    #[test]
    fn a_past_day_keeps_no_views() {
        let Sample { workspace, now, admin, .. } = sample();
        let past = workspace.snapshot(History::Full).as_it_was(now.date_naive(), &[], None);
        let refusal = past.decide(Actor::Person(admin), now, &add(view(500, admin, false, "Mine"))).unwrap_err();
        assert!(refusal.message.contains("past day"), "{}", refusal.message);
    }

    #[test]
    fn names_are_told_apart_where_they_are_seen_together() {
        let mut sample = sample();
        let (admin, member) = (sample.admin, sample.member);
        carry_out(&mut sample, admin, &add(view(500, admin, true, "At risk"))).unwrap();
        carry_out(&mut sample, admin, &add(view(501, admin, false, "At risk"))).unwrap();
        carry_out(&mut sample, member, &add(view(502, member, false, "At risk"))).unwrap();
        let again = view(503, member, false, " At risk ");
        assert_eq!(carry_out(&mut sample, member, &add(again)).unwrap_err().reason, Reason::AlreadyThere);
        let mine = view(502, member, false, "At risk");
        assert_eq!(carry_out(&mut sample, member, &share(&mine, true)).unwrap_err().reason, Reason::AlreadyThere);
        carry_out(&mut sample, member, &rename(&mine, "Slow")).unwrap();
        carry_out(&mut sample, member, &share(&mine, true)).unwrap();
    }

    #[test]
    fn names_and_queries_are_bounded() {
        let mut sample = sample();
        let member = sample.member;
        for name in ["", "   ", &"x".repeat(301), "a\nb", "a\u{202e}b"] {
            assert!(carry_out(&mut sample, member, &add(view(500, member, false, name))).is_err(), "{name:?}");
        }
        for query in ["", "q=a b", "q=ä", "q=<", "#", "/../sign-out", &"q".repeat(MAX_QUERY + 1)] {
            let view = View { query: query.to_owned(), ..view(500, member, false, "Odd") };
            let refusal = carry_out(&mut sample, member, &add(view)).unwrap_err();
            assert_eq!(refusal.field.as_deref(), Some("query"), "{query}");
        }
        carry_out(&mut sample, member, &add(view(500, member, false, &"ä".repeat(300)))).unwrap();
        for id in 501..500 + MAX_VIEWS as u128 {
            carry_out(&mut sample, member, &add(view(id, member, false, &id.to_string()))).unwrap();
        }
        assert!(carry_out(&mut sample, member, &add(view(700, member, false, "One more"))).is_err());
    }
}
