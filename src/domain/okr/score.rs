//! Scores: how well a key result or an objective did, from 0.0 to 1.0.

use thiserror::Error;

use super::Stance;
use crate::domain::progress::{Ppm, Tally, Weight};

/// A text is not a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a score is a number from 0.0 to 1.0, such as 0.7")]
pub struct ScoreError;

/// Reads `0.7`, `.7`, `1` and, since many write it so, `0,7`.
///
/// # Errors
/// [`ScoreError`] for whatever is not a plain decimal from 0 to 1.
pub fn parse_score(text: &str) -> Result<Ppm, ScoreError> {
    let text = text.trim().replace(',', ".");
    if !text.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return Err(ScoreError);
    }
    let score: f64 = text.parse().map_err(|_| ScoreError)?;
    if score <= 1.0 { Ok(Ppm::from_raw(score)) } else { Err(ScoreError) }
}

/// A score as a person reads and types it: one or two decimals, rounded half up, but never `1.0` below 1 and never
/// `0.0` above 0.
#[must_use]
pub fn score_text(score: Ppm) -> String {
    let hundredths = match (score.get() + 5_000) / 10_000 {
        0 if score > Ppm::ZERO => 1,
        100 if score < Ppm::ONE => 99,
        hundredths => hundredths,
    };
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.strip_suffix('0').unwrap_or(&text).to_owned()
}

/// An objective's score: the weighted mean of those of its key results. What has no score counts nowhere.
#[must_use]
pub fn mean_score(scores: impl IntoIterator<Item = (Weight, Option<Ppm>)>) -> Option<Ppm> {
    let mut tally = Tally::default();
    for (weight, score) in scores {
        if let Some(score) = score {
            tally.add(weight, score);
        }
    }
    tally.progress()
}

/// The mean of scores as they are typed; an empty one is none.
///
/// # Errors
/// [`ScoreError`] where one of them cannot be read.
pub fn mean_typed(scores: impl IntoIterator<Item = (Weight, String)>) -> Result<Option<Ppm>, ScoreError> {
    let read = |(weight, text): (Weight, String)| {
        let score = if text.trim().is_empty() { None } else { Some(parse_score(&text)?) };
        Ok((weight, score))
    };
    scores.into_iter().map(read).collect::<Result<Vec<_>, _>>().map(mean_score)
}

/// Whether a score is a success for an objective of that stance, in words.
#[must_use]
pub fn judgement(score: Option<Ppm>, stance: Stance) -> String {
    let takes = score_text(stance.success());
    let name = stance.name();
    match score {
        None => "No score: nothing in it was measured.".to_owned(),
        Some(score) if stance.is_success(score) => format!("A success: {name} takes {takes}."),
        Some(_) => format!("Not a success: {name} takes {takes}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ppm(ppm: u32) -> Ppm {
        Ppm::new(ppm).unwrap()
    }

    #[test]
    fn reads_what_people_type() {
        for (text, score) in
            [("0.7", 700_000), ("0,7", 700_000), (" 1 ", 1_000_000), ("1,000", 1_000_000), (".35", 350_000)]
        {
            assert_eq!(parse_score(text), Ok(ppm(score)), "{text}");
        }
        let long = "9".repeat(1_000_000);
        for text in ["", "1.1", "-0.1", "+0.1", "70%", "seven", "0.7.1", "nan", "inf", "1e-1", ".", "٠", &long] {
            assert_eq!(parse_score(text), Err(ScoreError), "{}", text.chars().take(10).collect::<String>());
        }
    }

    #[test]
    fn what_is_offered_reads_back_and_is_honest_at_the_edges() {
        let shown = |score| score_text(ppm(score));
        assert_eq!([shown(0), shown(1), shown(700_000), shown(666_667)], ["0.0", "0.01", "0.7", "0.67"]);
        assert_eq!([shown(994_999), shown(999_999), shown(1_000_000)], ["0.99", "0.99", "1.0"]);
        for score in (0..=100).map(|hundredths| ppm(hundredths * 10_000)) {
            assert_eq!(parse_score(&score_text(score)), Ok(score));
        }
    }

    #[test]
    fn weights_count_and_what_has_no_score_does_not() {
        let weight = |weight| Weight::new(weight).unwrap();
        assert_eq!(mean_score([(weight(2), Some(ppm(400_000))), (weight(3), Some(ppm(200_000)))]), Some(ppm(280_000)));
        assert_eq!(mean_score([(weight(1), None), (weight(1), Some(ppm(800_000)))]), Some(ppm(800_000)));
        assert_eq!(mean_score([(weight(0), Some(Ppm::ONE))]), None);
        let typed = |text: &str| mean_typed([(weight(1), "0,5".to_owned()), (weight(3), text.to_owned())]);
        assert_eq!([typed("0.7"), typed(" ")], [Ok(Some(ppm(650_000))), Ok(Some(ppm(500_000)))]);
        assert_eq!(typed("much"), Err(ScoreError));
    }

    #[test]
    fn success_depends_on_the_stance() {
        assert_eq!(judgement(Some(ppm(700_000)), Stance::Aspirational), "A success: aspirational takes 0.7.");
        assert_eq!(judgement(Some(ppm(699_999)), Stance::Aspirational), "Not a success: aspirational takes 0.7.");
        assert_eq!(judgement(Some(ppm(999_999)), Stance::Committed), "Not a success: committed takes 1.0.");
        assert_eq!(judgement(Some(Ppm::ONE), Stance::Committed), "A success: committed takes 1.0.");
    }
}
