//! The arithmetic of a number in words: what gives its progress, its pace and its confidence.

use serde::{Deserialize, Serialize};

use super::day::day_words;
use super::explain::{Explanation, NoPace, PaceReason};
use super::ids::NodeId;
use super::measure::{Bounds, Grade, HoldCounting, Measure, Share, Value, weight_done};
use super::node_link::NodeLink;
use super::number::{Finite, short};
use super::okr::KeyResult;
use super::pace::{Pace, expected, gap};
use super::progress::{Ppm, percent, percent_of, unclamped_ppm};
use super::workspace::Workspace;

/// Why the numbers of a node are what they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Its progress, as a person reads it.
    pub percent: String,
    /// What hangs under it.
    pub contributions: Vec<WhyLine>,
    /// The division, such as `129 / 2 = 65 %`; `None` where nothing counts.
    pub division: Option<String>,
    /// Whether it keeps the numbers that it closed with.
    pub frozen: bool,
    /// How its check-ins give its number, or that nothing does; `None` where contributions or a closing do.
    pub measured: Option<String>,
    /// How its pace is found, or why it has none.
    pub pace: String,
    /// Whose confidence it has, or why it has none.
    pub confidence: String,
}

/// One thing that hangs under a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyLine {
    /// What it is.
    pub link: NodeLink,
    /// Its progress that counts, as a person reads it.
    pub percent: String,
    /// How much it counts.
    pub weight: u16,
    /// Why it is left out; `None` where it counts.
    pub left_out: Option<String>,
}

impl Workspace {
    /// Why the numbers of a node are what they are, in words.
    #[must_use]
    pub fn why(&self, node: NodeId) -> Why {
        let explanation = self.explain(node);
        let contributions = explanation.contributions.iter().filter_map(|row| {
            Some(WhyLine {
                link: self.node_link(row.node)?,
                percent: percent_of(row.progress),
                weight: row.weight.get(),
                left_out: row.left_out.map(|reason| self.left_out_label(row.node, reason).to_owned()),
            })
        });
        let tally = explanation.tally;
        let division = explanation.progress.map(|progress| {
            let sum = Finite::new(tally.weighted as f64 / 10_000.0).map_or_else(String::new, short);
            format!("{sum} / {} = {}", tally.weight, percent_of(Some(progress)))
        });
        Why {
            percent: percent(self.shown_ppm(node)),
            contributions: contributions.collect(),
            division,
            frozen: explanation.frozen,
            measured: self.measured_words(node, &explanation),
            pace: self.pace_words(node),
            confidence: self.confidence_words(node, &explanation),
        }
    }

    /// How check-ins give the number of a node, or that nothing does; `None` where contributions or a closing do.
    pub(super) fn measured_words(&self, node: NodeId, explanation: &Explanation) -> Option<String> {
        if explanation.frozen {
            return None;
        }
        let by_check_ins = match node {
            NodeId::KeyResult(id) => self.key_result(id).filter(|node| !node.is_driven()),
            NodeId::Objective(_) => None,
        };
        let Some(node) = by_check_ins else {
            let nothing = "Nothing hangs under it that counts, so its progress is unknown, which is not zero.";
            return explanation.progress.is_none().then(|| nothing.to_owned());
        };
        let KeyResult { measure, .. } = &node.key_result;
        if !measure.is_measurable() {
            return Some(format!("It has {} yet, so its progress is unknown, which is not zero.", missing(measure)));
        }
        let raw = self.raw_progress(node.key_result.id)?;
        let current = node.current().map(|check_in| &check_in.value);
        let arithmetic = arithmetic(measure, current, self.share(node), &percent(Some(unclamped_ppm(raw))));
        let limit = match raw {
            raw if raw > 1.0 => " Above it counts 100\u{a0}%.",
            raw if raw < 0.0 => " Above it counts 0\u{a0}%.",
            _ => "",
        };
        Some(arithmetic + limit)
    }

    /// How its pace is found, or why it has none.
    pub(super) fn pace_words(&self, node: NodeId) -> String {
        let reason = match self.pace_reason(node) {
            Ok(reason) => reason,
            Err(NoPace::Draft) => return "A draft has no pace.".to_owned(),
            Err(NoPace::Closed) => return "What is closed has no pace.".to_owned(),
            Err(NoPace::Hold) => return "It holds or it does not, so it has no pace.".to_owned(),
            Err(NoPace::Unknown) => return "Its progress is unknown, so it has no pace.".to_owned(),
            Err(NoPace::NoDays) => return "It has no cycle whose days are known, so it has no pace.".to_owned(),
        };
        let PaceReason { span, progress, bounds, pace } = reason;
        let today = self.today();
        let (gone, days) = (span.days_gone(today), span.days());
        let expected = percent_of(Some(expected(span, today)));
        let reached = percent_of(Some(progress));
        let begin = format!("Day {gone} of {days}: expected {gone} / {days} = {expected}, reached {reached}.");
        let gap = Gap { millionths: gap(progress, span, today), days };
        let end = match pace {
            _ if progress == Ppm::ONE => "All of it is reached: on track.".to_owned(),
            Pace::OnTrack if gap.millionths <= 0 => "Nothing is missing: on track.".to_owned(),
            Pace::OnTrack => format!("{gap} points are missing, at most {}: on track.", bounds.on_track),
            Pace::Behind => {
                format!(
                    "{gap} points are missing, more than {} and at most {}: behind.",
                    bounds.on_track, bounds.behind
                )
            }
            Pace::AtRisk => format!("{gap} points are missing, more than {}: at risk.", bounds.behind),
        };
        format!("{begin} {end}")
    }

    /// Whose confidence it has, or why it has none.
    pub(super) fn confidence_words(&self, node: NodeId, explanation: &Explanation) -> String {
        if explanation.frozen {
            return match self.confidence(node) {
                Some(confidence) => format!("It closed with {} of 10.", confidence.get()),
                None => "It closed without one.".to_owned(),
            };
        }
        let by_check_ins = match node {
            NodeId::KeyResult(id) => self.key_result(id).filter(|node| !node.is_driven()),
            NodeId::Objective(_) => None,
        };
        if let Some(node) = by_check_ins {
            let Some(check_in) = node.current() else { return "Nobody has checked in yet.".to_owned() };
            let by = check_in.by.and_then(|by| self.person(by)).map_or("a table", |person| person.name.as_str());
            let day = day_words(check_in.day);
            return match check_in.confidence {
                Some(confidence) => format!("{} of 10, said by {by} in the check-in of {day}.", confidence.get()),
                None => format!("The latest check-in, by {by} on {day}, says none."),
            };
        }
        let titles = explanation.weakest.iter().filter_map(|id| self.node_title(*id));
        let titles: Vec<String> = titles.map(|title| format!("“{title}”")).collect();
        match self.confidence(node) {
            Some(confidence) => format!("{} of 10, that of the weakest: {}.", confidence.get(), titles.join(", ")),
            None => "Nothing that counts in it has one.".to_owned(),
        }
    }
}

/// How many percentage points are missing, rounded up to a tenth: so a gap that is more than a bound also reads so.
struct Gap {
    /// Millionths of the whole, times the days of the cycle.
    millionths: i64,
    days: i64,
}

impl std::fmt::Display for Gap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenth = 1_000 * self.days;
        let tenths = (self.millionths + tenth - 1).div_euclid(tenth);
        match (tenths / 10, tenths % 10) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, tenth) => write!(f, "{whole}.{tenth}"),
        }
    }
}

/// What a measure lacks to give a number.
fn missing(measure: &Measure) -> &'static str {
    match measure {
        Measure::Reach { baseline: None, target: None } => "neither a baseline nor a target",
        Measure::Reach { baseline: None, .. } => "no baseline",
        Measure::Reach { .. } => "no target",
        Measure::Hold { bounds: Bounds::Between(..), .. } => "no two bounds",
        Measure::Hold { .. } => "no bound",
        Measure::Milestones { .. } => "no milestone that counts",
        Measure::Graded { .. } => "no grades",
    }
}

/// The formula of a measure with its numbers, and what it gives.
fn arithmetic(measure: &Measure, current: Option<&Value>, share: Share, gives: &str) -> String {
    match (measure, current) {
        (Measure::Reach { baseline: Some(baseline), target: Some(target) }, current) => {
            let (now, begin) = match current {
                Some(Value::Number(now)) => (*now, "From the baseline to now, of the whole way"),
                _ => (*baseline, "Nobody has checked in yet, so it is at its baseline"),
            };
            let (now, from, to) = (term(now), term(*baseline), term(*target));
            format!("{begin}: ({now} \u{2212} {from}) / ({to} \u{2212} {from}) = {gives}.")
        }
        (Measure::Hold { counting: HoldCounting::Share, .. }, _) if share.due == 0 => {
            format!("No check-in has fallen due yet: {gives}.")
        }
        (Measure::Hold { counting: HoldCounting::Share, .. }, _) => {
            let Share { held, due } = share;
            format!("Of {due} check-ins that fell due {held} held: {held} / {due} = {gives}.")
        }
        (Measure::Hold { bounds, .. }, Some(Value::Number(now))) => {
            let is = if bounds.holds(*now) == Some(true) { "is" } else { "is not" };
            format!("{} {is} {}: {gives}.", plain(*now), bounds_words(*bounds))
        }
        (Measure::Milestones { steps }, Some(Value::Steps(done))) => {
            let (reached, all) = weight_done(steps, done);
            let by_weight = if steps.iter().all(|step| step.weight.get() == 1) { "" } else { ", by weight" };
            format!("{} of {} steps done{by_weight}: {reached} / {all} = {gives}.", done.len(), steps.len())
        }
        (Measure::Graded { .. }, Some(Value::Grade(grade))) => {
            let [_, commit, target, stretch] = Grade::ALL.map(|grade| percent(Some(unclamped_ppm(grade.raw()))));
            let name = grade.name();
            format!("The grade is {name}: {gives}. (Commit is {commit}, target {target}, stretch {stretch}.)")
        }
        _ => format!("Nobody has checked in yet: {gives}."),
    }
}

fn bounds_words(bounds: Bounds) -> String {
    let word = |bound: Option<Finite>| bound.map(plain).unwrap_or_default();
    match bounds {
        Bounds::AtLeast(bound) => format!("at least {}", word(bound)),
        Bounds::AtMost(bound) => format!("at most {}", word(bound)),
        Bounds::Between(low, high) => format!("from {} to {}", word(low), word(high)),
    }
}

/// A number in full, with the minus sign that people read.
fn plain(number: Finite) -> String {
    let magnitude = number.get().abs();
    if (1e-9..1e15).contains(&magnitude) || magnitude == 0.0 {
        number.to_string().replace('-', "\u{2212}")
    } else {
        format!("{:e}", number.get()).replace('-', "\u{2212}")
    }
}

/// A number as a term of a difference.
fn term(number: Finite) -> String {
    if number.get() < 0.0 { format!("({})", plain(number)) } else { plain(number) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::measure::{Step, first_steps};
    use crate::domain::progress::Weight;
    use crate::domain::testing::Company;

    fn number(value: f64) -> Finite {
        Finite::new(value).unwrap()
    }

    fn reach(baseline: f64, target: f64) -> Measure {
        Measure::Reach { baseline: Some(number(baseline)), target: Some(number(target)) }
    }

    fn words(measure: &Measure, current: Option<Value>, share: Share) -> String {
        let raw = measure.raw_progress(current.as_ref(), share).unwrap();
        arithmetic(measure, current.as_ref(), share, &percent(Some(unclamped_ppm(raw)))).replace('\u{a0}', " ")
    }

    #[test]
    fn the_formula_stands_with_its_numbers() {
        let at = |value| Some(Value::Number(number(value)));
        let none = Share::default();
        assert_eq!(
            words(&reach(100.0, 60.0), at(70.0), none),
            "From the baseline to now, of the whole way: (70 − 100) / (60 − 100) = 75 %."
        );
        assert_eq!(
            words(&reach(-90.0, 0.5), None, none),
            "Nobody has checked in yet, so it is at its baseline: ((−90) − (−90)) / (0.5 − (−90)) = 0 %."
        );
        let hold = |bounds, counting| Measure::Hold { bounds, counting };
        let at_most = hold(Bounds::AtMost(Some(number(25.0))), HoldCounting::Latest);
        assert_eq!(words(&at_most, at(27.0), none), "27 is not at most 25: 0 %.");
        assert_eq!(words(&at_most, at(25.0), none), "25 is at most 25: 100 %.");
        assert_eq!(words(&at_most, None, none), "Nobody has checked in yet: 0 %.");
        let share = hold(Bounds::Between(Some(number(4.0)), Some(number(5.0))), HoldCounting::Share);
        let counted = Share { held: 9, due: 13 };
        assert_eq!(words(&share, at(4.0), counted), "Of 13 check-ins that fell due 9 held: 9 / 13 = 69 %.");
        assert_eq!(words(&share, None, none), "No check-in has fallen due yet: 0 %.");
        let step = |weight| Step { title: String::new(), weight: Weight::new(weight).unwrap() };
        let steps = Measure::Milestones { steps: vec![step(1), step(3)] };
        assert_eq!(words(&steps, first_steps(1.0, 2).ok(), none), "1 of 2 steps done, by weight: 1 / 4 = 25 %.");
        let graded = Measure::Graded { commit: String::new(), target: String::new(), stretch: String::new() };
        assert!(words(&graded, Some(Value::Grade(Grade::Target)), none).starts_with("The grade is target: 70 %."));
    }

    #[test]
    fn whatever_nothing_counts_in_says_so() {
        let mut company = Company::on("2026-05-04");
        let root = company.objective(None);
        let words = |company: &Company| company.workspace.why(root.into()).measured;
        assert!(words(&company).unwrap().starts_with("Nothing hangs under it that counts"));
        company.key_result(root, Measure::Reach { baseline: None, target: None });
        assert!(words(&company).is_some(), "what is unknown does not count");
        company.key_result_at(root, 20.0);
        assert_eq!(words(&company), None);
    }

    #[test]
    fn numbers_of_any_size_fit() {
        assert_eq!(plain(number(1e300)), "1e300");
        assert_eq!(plain(number(-1e-300)), "−1e−300");
        assert_eq!(plain(number(1_234_567.5)), "1234567.5");
        assert_eq!(plain(number(0.0)), "0");
    }

    #[test]
    fn a_gap_reads_as_it_compares() {
        let gap = |millionths: i64| Gap { millionths: millionths * 3, days: 3 }.to_string();
        assert_eq!(gap(250_000), "25");
        assert_eq!(gap(250_001), "25.1");
        assert_eq!(gap(249_000), "24.9");
        assert_eq!(gap(1), "0.1");
    }
}
