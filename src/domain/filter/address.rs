//! A filter as it stands in an address: `team=…&pace=at_risk&stale&q=slow+unlock`.

use super::{Filter, Part};
use crate::domain::ids::{PersonId, TeamId};
use crate::domain::okr::{ConfidenceBand, Stance};
use crate::domain::pace::Pace;
use crate::domain::workspace::Workspace;

/// The most bytes of an address that are read.
const MAX_QUERY: usize = 16_384;
/// The most parts of an address that are told to be unknown, and the most characters told of each.
const MAX_UNKNOWN: (usize, usize) = (3, 60);

/// The names of what a filter writes into an address, and of the row that stands first, which it moves.
const NAMES: [&str; 10] = ["team", "owner", "stance", "pace", "confidence", "stale", "unaligned", "mine", "q", "from"];

const PACES: [(Pace, &str); 3] = [(Pace::OnTrack, "on_track"), (Pace::Behind, "behind"), (Pace::AtRisk, "at_risk")];
const BANDS: [(ConfidenceBand, &str); 3] = [
    (ConfidenceBand::OnTrack, "on_track"),
    (ConfidenceBand::AtRisk, "at_risk"),
    (ConfidenceBand::OffTrack, "off_track"),
];

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// What is understood.
    pub filter: Filter,
    /// Teams, people and the like that are not here (any more), as the address writes them; it is passed over them.
    pub unknown: Vec<String>,
}

impl Filter {
    /// Reads a filter out of the query of an address, of which everything else is passed over. Teams and people are named
    /// by their id or by their name.
    #[must_use]
    pub fn read(query: &str, workspace: &Workspace) -> Read {
        let mut read = Read::default();
        for (name, value) in pairs(query) {
            if name == "q" {
                read.filter = read.filter.with_text(&value);
                continue;
            }
            match Part::read(&name, &value, workspace) {
                Some(Ok(part)) => read.filter = read.filter.with(part),
                Some(Err(())) if !value.is_empty() && read.unknown.len() < MAX_UNKNOWN.0 => {
                    read.unknown.push(told(&value));
                }
                Some(Err(())) | None => {}
            }
        }
        read
    }

    /// The query of an address that reads as this filter.
    #[must_use]
    pub fn query(&self) -> String {
        let mut parts: Vec<String> = self.parts.iter().map(Part::query).collect();
        if !self.text.trim().is_empty() {
            parts.push(format!("q={}", percent_encoded(&self.text)));
        }
        parts.join("&")
    }
}

impl Filter {
    /// The query of an address with this filter instead of the one that it has, from the first row on.
    #[must_use]
    pub fn written_into(&self, query: &str) -> String {
        let others =
            other_pairs(query).map(|(name, value)| format!("{}={}", percent_encoded(&name), percent_encoded(&value)));
        let own = Some(self.query()).filter(|own| !own.is_empty());
        others.chain(own).collect::<Vec<_>>().join("&")
    }
}

/// As much of an unknown name as is told.
pub(in crate::domain) fn told(unknown: &str) -> String {
    unknown.chars().filter(|c| !c.is_control()).take(MAX_UNKNOWN.1).collect()
}

/// What the query of an address says of a filter, as text of the same kind.
#[must_use]
pub fn filter_pairs(query: &str) -> String {
    let own = pairs(query).filter(|(name, _)| name != "from" && NAMES.contains(&name.as_str()));
    let written = own.map(|(name, value)| match value.as_str() {
        "" => name,
        value => format!("{name}={}", percent_encoded(value)),
    });
    written.collect::<Vec<_>>().join("&")
}

/// What the query of an address says besides the filter and the first row.
pub fn other_pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    pairs(query).filter(|(name, _)| !NAMES.contains(&name.as_str()))
}

impl Part {
    /// The name that it has in addresses and forms, and its value there.
    #[must_use]
    pub fn name_and_value(&self) -> (&'static str, String) {
        let named = |name, value: &str| (name, value.to_owned());
        match self {
            Self::Team(id) => ("team", id.to_string()),
            Self::Owner(id) => ("owner", id.to_string()),
            Self::Stance(stance) => named("stance", stance.name()),
            Self::Pace(pace) => named("pace", name_of(&PACES, *pace)),
            Self::Confidence(band) => named("confidence", name_of(&BANDS, *band)),
            Self::Stale => named("stale", ""),
            Self::Unaligned => named("unaligned", ""),
            Self::Mine => named("mine", ""),
        }
    }

    fn query(&self) -> String {
        match self.name_and_value() {
            (name, value) if value.is_empty() => name.to_owned(),
            (name, value) => format!("{name}={value}"),
        }
    }

    /// `None` where the name is of no part, and an error where the value is of nothing that is here.
    fn read(name: &str, value: &str, workspace: &Workspace) -> Option<Result<Self, ()>> {
        let part = match name {
            "team" => team(value, workspace).map(Self::Team),
            "owner" => person(value, workspace).map(Self::Owner),
            "stance" => Stance::from_name(value).map(Self::Stance),
            "pace" => of_name(&PACES, value).map(Self::Pace),
            "confidence" => of_name(&BANDS, value).map(Self::Confidence),
            "stale" => Some(Self::Stale),
            "unaligned" => Some(Self::Unaligned),
            "mine" => Some(Self::Mine),
            _ => return None,
        };
        Some(part.ok_or(()))
    }
}

fn name_of<T: PartialEq>(names: &[(T, &'static str)], of: T) -> &'static str {
    names.iter().find(|(known, _)| *known == of).map_or("", |(_, name)| name)
}

fn of_name<T: Copy>(names: &[(T, &'static str)], name: &str) -> Option<T> {
    names.iter().find(|(_, known)| *known == name).map(|(of, _)| *of)
}

fn team(value: &str, workspace: &Workspace) -> Option<TeamId> {
    let id = value.parse().ok().filter(|id| workspace.team(*id).is_some());
    id.or_else(|| workspace.teams().find(|team| same(&team.name, value)).map(|team| team.id))
}

fn person(value: &str, workspace: &Workspace) -> Option<PersonId> {
    let id = value.parse().ok().filter(|id| workspace.person(*id).is_some());
    id.or_else(|| workspace.people().find(|person| same(&person.name, value)).map(|person| person.id))
}

fn same(name: &str, value: &str) -> bool {
    super::fold(name) == super::fold(value.trim())
}

/// The names and values in the query of an address.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let bounded = &query[..query.floor_char_boundary(MAX_QUERY)];
    bounded.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (percent_decoded(name), percent_decoded(value))
    })
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| str::from_utf8(code).ok());
        // Only digits: `from_str_radix` takes a sign as well.
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match (*first, code.and_then(|code| u8::from_str_radix(code, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (b'+', _) => {
                bytes.push(b' ');
                rest = after;
            }
            (byte, _) => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A text as it stands in the query of an address.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::MAX_PARTS;
    use super::*;
    use crate::domain::filter::MAX_TEXT;
    use crate::domain::sample::{Sample, sample};

    #[test]
    fn an_address_is_read_as_people_write_it() {
        let Sample { workspace, team, member, .. } = sample();
        let read = |query: &str| Filter::read(query, &workspace);
        let all = "?cycle=2026-Q1&team=sales&owner=Jonas+Maria%20silva&stance=committed&pace=behind&pace=at_risk\
                   &confidence=off_track&stale&unaligned=yes&mine=&q=slow+%C3%BCnlock";
        let expected = Filter::default()
            .with_text("slow ünlock")
            .with(Part::Team(team))
            .with(Part::Owner(member))
            .with(Part::Stance(Stance::Committed))
            .with(Part::Pace(Pace::Behind))
            .with(Part::Pace(Pace::AtRisk))
            .with(Part::Confidence(ConfidenceBand::OffTrack))
            .with(Part::Stale)
            .with(Part::Unaligned)
            .with(Part::Mine);
        assert_eq!(read(all), Read { filter: expected.clone(), unknown: Vec::new() });
        assert_eq!(read(&expected.query()).filter, expected);
    }

    #[test]
    fn nonsense_is_passed_over_and_told() {
        let Sample { workspace, .. } = sample();
        let read = |query: &str| Filter::read(query, &workspace);
        let nonsense = read("team=Nobody&pace=fast&owner=&confidence&%ff=%&&=&q=%E2%28%A1&team=%u0041");
        assert_eq!(nonsense.unknown, ["Nobody", "fast", "%u0041"]);
        assert_eq!(nonsense.filter.parts(), []);
        assert!(nonsense.filter.text().contains('('));
        let long = read(&format!("team={}&q={}", "x".repeat(1_000), "y".repeat(100_000)));
        assert_eq!(long.unknown[0].len(), 60);
        assert_eq!(long.filter.text().len(), MAX_TEXT);
        assert_eq!(read(&"team=a&".repeat(10_000)).unknown.len(), 3);
        assert_eq!(read("q=100%25&q=100%").filter.text(), "100%");
        assert_eq!(read("q=a%00b%0Ac").filter.text(), "a b c");
        assert_eq!(read("pace=%+1"), Read { unknown: vec!["% 1".to_owned()], ..Read::default() });
    }

    #[test]
    fn a_filter_is_written_beside_what_else_an_address_says() {
        let query = "cycle=2026+Q1&open=2&q=old&mine&from=50";
        assert_eq!(Filter::default().with_text("n&w").written_into(query), "cycle=2026%20Q1&open=2&q=n%26w");
        assert_eq!(Filter::default().written_into(query), "cycle=2026%20Q1&open=2");
        assert_eq!(Filter::default().written_into("q=x"), "");
    }

    fn part() -> impl Strategy<Value = usize> {
        0..12_usize
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "\\PC{0,300}", picks in vec(part(), 0..20)) {
            let Sample { workspace, team, admin, member, .. } = sample();
            let parts = [
                Part::Team(team), Part::Owner(admin), Part::Owner(member), Part::Stance(Stance::Committed),
                Part::Stance(Stance::Aspirational), Part::Pace(Pace::OnTrack), Part::Pace(Pace::Behind),
                Part::Confidence(ConfidenceBand::OnTrack), Part::Confidence(ConfidenceBand::OffTrack),
                Part::Stale, Part::Unaligned, Part::Mine,
            ];
            let filter = picks.iter().fold(Filter::default().with_text(&text), |filter, pick| filter.with(parts[*pick]));
            let query = filter.query();
            prop_assert!(query.bytes().all(|byte| byte.is_ascii_graphic()));
            let read = Filter::read(&query, &workspace);
            prop_assert_eq!(read.unknown, Vec::<String>::new());
            if filter.text().trim().is_empty() {
                prop_assert_eq!(read.filter, filter.with_text(""));
            } else {
                prop_assert_eq!(read.filter, filter);
            }
        }

        #[test]
        fn nothing_that_is_read_breaks_it(query in "\\PC{0,200}") {
            let Sample { workspace, .. } = sample();
            let read = Filter::read(&query, &workspace);
            prop_assert!(read.filter.parts().len() <= MAX_PARTS);
            prop_assert_eq!(Filter::read(&read.filter.query(), &workspace).filter.query(), read.filter.query());
        }
    }
}
