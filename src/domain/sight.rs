//! The line of sight: the way from an objective or a key result to the top, with what each step gives to the next.

use serde::{Deserialize, Serialize};

use super::command::Actor;
use super::explain::Explanation;
use super::ids::NodeId;
use super::progress::{Ppm, percent_of};
use super::row::Row;
use super::workspace::Workspace;

/// The way from a node to the top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// The organisation's name.
    pub workspace: String,
    /// From the top down to the node, which is the last.
    pub rungs: Vec<Rung>,
}

/// A step on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// What stands there.
    pub row: Row,
    /// What the node at the other end does to it; `None` for that node itself.
    pub reach: Option<Reach>,
    /// What it gives to the rung above it; `None` at the top.
    pub gift: Option<Gift>,
}

/// What something contributes to what it hangs under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gift {
    /// It counts.
    Counts {
        /// Its weight.
        weight: u16,
        /// The weights of all that count, itself included.
        of: u64,
        /// The part that its weight is of all.
        share: Ppm,
        /// How much of the number above comes from it.
        part: Ppm,
    },
    /// It does not count, and why.
    LeftOut(String),
    /// What it hangs under is closed and keeps its number.
    Frozen,
}

/// What would come of it if the node at the other end reached all that it is after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// The progress here would be this.
    Would(Ppm),
    /// Somewhere on the way it does not count.
    Cut,
}

impl Gift {
    /// As a sentence says it, of something that is so far and hangs under something that is so far.
    #[must_use]
    pub fn label(&self, own: Option<Ppm>, above: Option<Ppm>) -> String {
        match self {
            Self::Counts { weight, of, share, part } => format!(
                "Counts {weight} of {of}, which is {}: its {} make {} of the {} above.",
                percent_of(Some(*share)),
                percent_of(own),
                points(*part),
                percent_of(above),
            ),
            Self::LeftOut(why) => format!("Leads here, and adds nothing to the number: {why}."),
            Self::Frozen => "What it leads to is closed and keeps its number.".to_owned(),
        }
    }
}

/// `9 points`: parts of a hundred, with one digit below ten.
fn points(part: Ppm) -> String {
    let tenths = (part.get() + 500) / 1_000;
    match (tenths / 10, tenths % 10) {
        (0, 0) if part.get() > 0 => "less than 0.1 points".to_owned(),
        (1, 0) => "1 point".to_owned(),
        (whole, 0) => format!("{whole} points"),
        (whole, _) if whole >= 10 => format!("{} points", (part.get() + 5_000) / 10_000),
        (whole, tenth) => format!("{whole}.{tenth} points"),
    }
}

impl Workspace {
    /// The way from a node to the top, as somebody sees it.
    #[must_use]
    pub fn sight(&self, node: NodeId, actor: Actor) -> Option<Sight> {
        let mut rungs = vec![Rung { row: self.row(node, actor)?, reach: None, gift: None }];
        let mut reach = self.progress(node).map(|_| Ppm::ONE);
        let mut below = node;
        for above in self.ancestors(node) {
            let explanation = self.explain(above);
            let gift = self.gift(below, &explanation);
            reach = reach.filter(|_| matches!(gift, Gift::Counts { .. })).and_then(|full| {
                let mut tally = explanation.tally;
                let weight = self.weight(below)?;
                tally.remove(weight, self.progress(below)?);
                tally.add(weight, full);
                tally.progress()
            });
            if let Some(rung) = rungs.last_mut() {
                rung.gift = Some(gift);
            }
            rungs.push(Rung {
                row: self.row(above, actor)?,
                reach: Some(reach.map_or(Reach::Cut, Reach::Would)),
                gift: None,
            });
            below = above;
        }
        rungs.reverse();
        Some(Sight { workspace: self.settings.name.clone(), rungs })
    }

    fn gift(&self, node: NodeId, above: &Explanation) -> Gift {
        let Some(row) = above.contributions.iter().find(|row| row.node == node) else {
            return Gift::LeftOut("hangs under nothing".to_owned());
        };
        match (row.left_out, row.progress) {
            _ if above.frozen => Gift::Frozen,
            (Some(reason), _) => Gift::LeftOut(self.left_out_label(node, reason).to_owned()),
            (None, progress) => {
                let (weight, of) = (u64::from(row.weight.get()), above.tally.weight);
                Gift::Counts {
                    weight: row.weight.get(),
                    of,
                    share: quotient(weight * u64::from(Ppm::ONE.get()), of),
                    part: quotient(weight * u64::from(progress.unwrap_or(Ppm::ZERO).get()), of),
                }
            }
        }
    }
}

/// A quotient that is at most 1 000 000, rounded half up.
fn quotient(dividend: u64, divisor: u64) -> Ppm {
    let rounded = (2 * dividend + divisor).checked_div(2 * divisor).unwrap_or(0);
    u32::try_from(rounded).ok().and_then(Ppm::new).unwrap_or(Ppm::ONE)
}

#[cfg(test)]
mod tests {
    use super::super::properties::{company, step, take};
    use super::super::sample::{Sample, sample};
    use super::*;
    use proptest::prelude::*;

    fn ppm(parts: u32) -> Ppm {
        Ppm::new(parts).unwrap()
    }

    #[test]
    fn leads_from_the_top_to_the_node() {
        let Sample { workspace, viewer, calls, .. } = sample();
        let sight = workspace.sight(calls.into(), Actor::Person(viewer)).unwrap();
        let titles: Vec<_> = sight.rungs.iter().map(|rung| rung.row.title.as_str()).collect();
        assert_eq!(titles, ["Company", "Revenue", "Sell", "Calls"]);
        let [company, revenue, sell, calls] = &sight.rungs[..] else { panic!("{sight:?}") };
        assert_eq!(company.gift, None);
        assert_eq!((calls.reach, sell.reach), (None, Some(Reach::Would(Ppm::ONE))));
        assert_eq!(calls.gift, Some(Gift::Counts { weight: 1, of: 1, share: Ppm::ONE, part: Ppm::ZERO }));
        // Revenue counts its check-ins: what is aligned under it leads there and adds nothing.
        assert!(matches!(&sell.gift, Some(Gift::LeftOut(why)) if why.contains("check-ins")), "{sell:?}");
        assert_eq!((revenue.reach, company.reach), (Some(Reach::Cut), Some(Reach::Cut)));
        assert!(matches!(revenue.gift, Some(Gift::Counts { weight: 1, of: 2, .. })), "{revenue:?}");
    }

    #[test]
    fn says_it_in_a_sentence() {
        let gift = Gift::Counts { weight: 1, of: 3, share: ppm(333_333), part: ppm(90_000) };
        let sentence = gift.label(Some(ppm(270_000)), Some(ppm(390_000))).replace('\u{a0}', " ");
        assert_eq!(sentence, "Counts 1 of 3, which is 33 %: its 27 % make 9 points of the 39 % above.");
        assert_eq!(points(ppm(10_000)), "1 point");
        assert_eq!(points(ppm(24_600)), "2.5 points");
        assert_eq!(points(ppm(246_000)), "25 points");
        assert_eq!(points(ppm(3)), "less than 0.1 points");
        assert_eq!(points(Ppm::ZERO), "0 points");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_the_steps_give_adds_up_to_what_is_explained(steps in proptest::collection::vec(step(), 1..40)) {
            let mut company = company();
            for step in &steps {
                take(&mut company, step);
            }
            let workspace = &company.workspace;
            let objectives: Vec<NodeId> = workspace.objectives().map(|node| node.objective.id.into()).collect();
            for above in objectives {
                let explanation = workspace.explain(above);
                if explanation.frozen {
                    continue;
                }
                let gifts: Vec<Gift> = explanation.contributions.iter().map(|row| workspace.gift(row.node, &explanation)).collect();
                let parts = gifts.iter().filter_map(|gift| match gift {
                    Gift::Counts { part, share, .. } => Some((i64::from(part.get()), i64::from(share.get()))),
                    _ => None,
                });
                let (part, share) = parts.fold((0, 0), |sum, gift| (sum.0 + gift.0, sum.1 + gift.1));
                if let Some(progress) = explanation.progress {
                    let slack = gifts.len() as i64 + 1;
                    prop_assert!((part - i64::from(progress.get())).abs() <= slack, "{} of {:?}", part, explanation);
                    prop_assert!((share - 1_000_000).abs() <= slack, "{} of {:?}", share, explanation);
                }
            }
        }
    }
}
