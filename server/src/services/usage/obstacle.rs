//! What stood in the way, from the reasons of the audit log.

use std::collections::BTreeMap;

use regain_app::services::usage::Obstacle;
use regain_core::eligibility::Refusal;
use regain_store::UsageCount;

use super::activity::{is_success, times};
use crate::audit::activity;
use crate::services::reset::record;
use crate::verification::Purpose;

/// How many are told apart.
const MOST: usize = 8;

/// The most frequent obstacles, most frequent first; the rest together at the end.
pub(super) fn most_frequent(counts: &[UsageCount]) -> Vec<(Obstacle, u64)> {
    let mut sums = BTreeMap::<Obstacle, u64>::new();
    for (obstacle, times) in counts.iter().filter_map(|count| Some((of(count)?, times(count)))) {
        *sums.entry(obstacle).or_default() += times;
    }
    let mut rest = sums.remove(&Obstacle::Other).unwrap_or(0);
    let mut sorted: Vec<_> = sums.into_iter().collect();
    sorted.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    rest += sorted.iter().skip(MOST).map(|(_, times)| times).sum::<u64>();
    sorted.truncate(MOST);
    if rest > 0 {
        sorted.push((Obstacle::Other, rest));
    }
    sorted
}

/// The obstacle that a record tells of, if it tells of one.
fn of(count: &UsageCount) -> Option<Obstacle> {
    match count.activity.as_str() {
        activity::BLOCKED if count.reason == Purpose::Recovery.locked_reason() => Some(Obstacle::Locked),
        activity::RESET if !is_success(count) => Some(match count.reason.as_str() {
            "FuzzyPolicyViolationInvalidPassword" => Obstacle::PasswordBanned,
            _ => Obstacle::PasswordRules,
        }),
        // Why a decoy was one was counted when it began; what it did stood in nobody's way.
        activity::PROGRESS if count.reason.starts_with(record::APPEARANCE) => None,
        activity::PROGRESS if !is_success(count) => Some(of_step(&count.reason)),
        _ => None,
    }
}

fn of_step(reason: &str) -> Obstacle {
    let refused = Refusal::ALL.iter().find(|refusal| record::reason(**refusal) == reason);
    if let Some(refusal) = refused {
        return Obstacle::Refused(*refusal);
    }
    match reason {
        record::step::CANCELLED => Obstacle::Cancelled,
        record::step::NO_COOKIES => Obstacle::NoCookies,
        record::step::WRONG_NUMBER => Obstacle::WrongNumber,
        "Abandoned after entering the user ID" => Obstacle::LeftAtStart,
        _ if reason.starts_with("Abandoned before ") => Obstacle::LeftAtTheEnd,
        _ if reason.starts_with("Abandoned after ") => Obstacle::LeftWhileVerifying,
        _ if reason.starts_with("User failed the ") => Obstacle::WrongCode,
        _ if reason.starts_with("Blocked: ") => Obstacle::Locked,
        _ => Obstacle::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(reason: &str, count: i64) -> UsageCount {
        UsageCount {
            span: 0,
            activity: activity::PROGRESS.to_owned(),
            method: String::new(),
            result: "failure".to_owned(),
            reason: reason.to_owned(),
            count,
        }
    }

    #[test]
    fn every_refusal_is_told_apart() {
        for refusal in Refusal::ALL {
            assert_eq!(of_step(&record::reason(*refusal)), Obstacle::Refused(*refusal));
        }
    }

    #[test]
    fn the_eight_most_frequent_come_first_and_the_rest_together() {
        let mut counts: Vec<_> =
            Refusal::ALL.iter().zip(1..).map(|(refusal, n)| count(&record::reason(*refusal), n)).collect();
        counts.push(count("Refused: /reset/password was sent while /reset/method is next", 100));
        let found = most_frequent(&counts);
        assert_eq!(found.len(), 9);
        assert_eq!(found[0], (Obstacle::Refused(Refusal::ALL[9]), 10));
        assert_eq!(found[8], (Obstacle::Other, 103));
    }
}
