//! Objectives, key results, check-ins, initiatives and comments as they are recorded.

mod check_in;
mod comment;
mod initiative;
mod key_result;
mod objective;
mod score;

pub use check_in::{CheckIn, Confidence, ConfidenceBand, ConfidenceTally};
pub use comment::Comment;
pub use initiative::{Initiative, InitiativeField};
pub use key_result::{DrivenBy, KeyResult, KeyResultClosing, KeyResultField};
pub use objective::{Closing, Counts, Objective, ObjectiveField, Stance, State, Verdict};
pub use score::{ScoreError, judgement, mean_score, mean_typed, parse_score, score_text};
