//! The address of the tree: which cycle and branch, and what is open in it.

use super::expansion::Expansion;
use super::filter::{filter_pairs, pairs, percent_encoded};
use super::ids::NodeId;
use super::tree_view::TreeQuery;

impl TreeQuery {
    /// Reads the query of an address.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let pairs: Vec<_> = pairs(query).collect();
        let part = |wanted| {
            let (_, value) = pairs.iter().find(|(name, value)| name == wanted && !value.is_empty())?;
            Some(value.clone())
        };
        Self {
            cycle: part("cycle"),
            focus: part("focus"),
            open: part("open"),
            from: part("from"),
            on: part("on"),
            since: part("since"),
            node: part("node"),
            filter: filter_pairs(query),
        }
    }

    /// The address of a cycle's tree, or of all cycles'.
    #[must_use]
    pub fn of_cycle(cycle: Option<&str>) -> Self {
        Self { cycle: Some(cycle.unwrap_or("all").to_owned()), ..Self::default() }
    }

    /// The same tree with one branch as the whole page, or without, and with nothing looked for.
    #[must_use]
    pub fn focused(self, focus: Option<NodeId>) -> Self {
        Self { focus: focus.map(|node| node.to_string()), open: None, from: None, filter: String::new(), ..self }
    }

    /// What of it makes another page: what is open and what is looked for changes within one.
    #[must_use]
    pub fn page(self) -> Self {
        Self { open: None, node: None, filter: String::new(), ..self }
    }

    /// Whether it asks for the tree of now, compared with nothing.
    #[must_use]
    pub fn is_of_now(&self) -> bool {
        self.on.is_none() && self.since.is_none()
    }

    /// The same tree with other lines open.
    #[must_use]
    pub fn opened(self, expansion: &Expansion) -> Self {
        Self { open: Some(expansion.to_string()), ..self }
    }

    /// As an address, from the root of the site.
    #[must_use]
    pub fn address(&self) -> String {
        let Self { cycle, focus, open, from, on, since, node, filter } = self;
        let parts = [
            ("cycle", cycle),
            ("focus", focus),
            ("open", open),
            ("from", from),
            ("on", on),
            ("since", since),
            ("node", node),
        ];
        let mut address = "/tree".to_owned();
        let mut mark = '?';
        for (name, value) in parts {
            if let Some(value) = value {
                address.push(mark);
                address.push_str(name);
                address.push('=');
                address.push_str(&percent_encoded(value));
                mark = '&';
            }
        }
        if !filter.is_empty() {
            address.push(mark);
            address.push_str(filter);
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads an address as a browser or a server does.
    fn read(address: &str) -> TreeQuery {
        TreeQuery::read(address.strip_prefix("/tree").unwrap())
    }

    proptest! {
        #[test]
        fn an_address_says_what_was_asked(cycle in ".{1,20}", focus in proptest::option::of(".{1,9}"), open in "[0-9a-z.]{1,9}") {
            let query = TreeQuery { cycle: Some(cycle), focus, open: Some(open), ..TreeQuery::default() };
            let address = query.address();
            prop_assert!(address.is_ascii() && !address.contains([' ', '+', '#', '"', '<']), "{}", address);
            prop_assert_eq!(read(&address), query);
        }
    }

    #[test]
    fn an_address_is_short_and_in_a_fixed_order() {
        assert_eq!(TreeQuery::default().address(), "/tree");
        let query = TreeQuery::of_cycle(Some("2026 Q1")).opened(&Expansion::of_levels(2));
        assert_eq!(query.address(), "/tree?cycle=2026%20Q1&open=2");
        let node = NodeId::Objective(super::super::ids::ObjectiveId(uuid::Uuid::from_u128(7)));
        let focused = query.focused(Some(node));
        assert_eq!(focused.address(), "/tree?cycle=2026%20Q1&focus=00000000-0000-0000-0000-000000000007");
        assert_eq!(read(&focused.address()), focused);
        assert_eq!(TreeQuery::of_cycle(None).address(), "/tree?cycle=all");
    }
}
