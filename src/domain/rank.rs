//! Where a node stands among its siblings: a fractional index, so that moving one changes one.
//!
//! Our own, since the crate for it grows by a byte every 128 siblings that are added at the end, and panics between two
//! that begin with a zero byte.

use serde::{Deserialize, Serialize};

/// A place among siblings. Between any two that differ there is another one.
///
/// A whole number, and what follows its point in digits of base 256 without trailing zeros: what is added at either end
/// takes the next whole number and stays short.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rank(i64, Vec<u8>);

impl Rank {
    /// A rank after one and before another, where there are such. Where they are not in this order, it is after `lower`.
    #[must_use]
    pub fn between(lower: Option<&Self>, upper: Option<&Self>) -> Self {
        match (lower, upper) {
            (None, None) => Self::default(),
            (None, Some(upper)) => Self::whole(upper.0.saturating_sub(1)),
            (Some(lower), None) => Self::whole(lower.0.saturating_add(1)),
            (Some(lower), Some(upper)) if lower < upper => match upper.0.saturating_sub(lower.0) {
                0 => Self(lower.0, part_between(&lower.1, Some(&upper.1))),
                1 => Self(lower.0, part_between(&lower.1, None)),
                distance => Self::whole(lower.0 + distance / 2),
            },
            (Some(lower), Some(_)) => Self::whole(lower.0.saturating_add(1)),
        }
    }

    fn whole(number: i64) -> Self {
        Self(number, Vec::new())
    }
}

/// Digits between two others, the upper of which may be the next whole number.
fn part_between(lower: &[u8], upper: Option<&[u8]>) -> Vec<u8> {
    let mut part = Vec::new();
    // Once a digit lies below that of the upper one, whatever follows does.
    let mut upper = upper;
    for place in 0.. {
        let low = u16::from(lower.get(place).copied().unwrap_or(0));
        let high = upper.map_or(256, |upper| u16::from(upper.get(place).copied().unwrap_or(0)));
        if high > low + 1 {
            part.push(u8::try_from((low + high) / 2).unwrap_or(u8::MAX));
            break;
        }
        part.push(u8::try_from(low).unwrap_or(u8::MAX));
        if high > low {
            upper = None;
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Wherever something is put, it stands there, and everything else where it stood.
        #[test]
        fn there_is_always_a_place_between(places in vec(any::<prop::sample::Index>(), 1..200)) {
            let mut ranks: Vec<Rank> = Vec::new();
            for place in places {
                let place = place.index(ranks.len() + 1);
                let rank = Rank::between(place.checked_sub(1).map(|before| &ranks[before]), ranks.get(place));
                ranks.insert(place, rank);
            }
            prop_assert!(ranks.windows(2).all(|pair| pair[0] < pair[1]), "{ranks:?}");
        }
    }

    #[test]
    fn at_the_ends_a_rank_stays_short() {
        let mut last = Rank::default();
        let mut first = Rank::default();
        for _ in 0..100_000 {
            let (next, before) = (Rank::between(Some(&last), None), Rank::between(None, Some(&first)));
            assert!(last < next && before < first && next.1.is_empty() && before.1.is_empty());
            (last, first) = (next, before);
        }
    }

    #[test]
    fn again_and_again_between_the_same_two_it_grows_by_a_byte_in_seven() {
        let (lower, mut upper) = (Rank::default(), Rank::whole(1));
        for _ in 0..700 {
            let middle = Rank::between(Some(&lower), Some(&upper));
            assert!(lower < middle && middle < upper);
            upper = middle;
        }
        assert!(upper.1.len() <= 101, "{}", upper.1.len());
    }

    #[test]
    fn nonsense_gets_a_place_as_well() {
        let (one, two) = (Rank::whole(1), Rank::whole(2));
        assert!(Rank::between(Some(&two), Some(&one)) > two);
        assert!(Rank::between(Some(&one), Some(&one)) > one);
        let most = Rank::whole(i64::MAX);
        assert_eq!(Rank::between(Some(&most), None), most, "there is none, and it does not panic");
        let least = Rank::whole(i64::MIN);
        assert!(Rank::between(Some(&least), Some(&most)) > least);
    }
}
