//! From counts of audit records to what the tabs show.

use regain_app::services::usage::{Period, Span, Tries};
use regain_core::method::Method;
use regain_core::time::{Duration, Timestamp};
use regain_store::{Result, Tx, UsageCount};

use crate::audit::activity;
use crate::engine::Engine;

const HOUR: i64 = 3_600;

/// Reads what was counted in the period.
pub(super) async fn counts(engine: &Engine, tx: &mut dyn Tx, period: Period) -> Result<Vec<UsageCount>> {
    let (_, hours) = period.spans();
    tx.usage(start(engine.now(), period), hours).await
}

/// When the period's first span began: the last one is the hour, or the day, that is not over yet.
fn start(now: Timestamp, period: Period) -> Timestamp {
    let (spans, hours) = period.spans();
    let span = hours * HOUR;
    let last = now.seconds().div_euclid(span) * span;
    let before = i64::try_from(spans).unwrap_or(1) - 1;
    Timestamp::from_seconds(last - before * span)
}

/// Resets and unlocks, span by span.
pub(super) fn spans(now: Timestamp, period: Period, counts: &[UsageCount]) -> Vec<Span> {
    let (number, hours) = period.spans();
    let mut at = start(now, period);
    let length = Duration::from_secs(u64::try_from(hours * HOUR).unwrap_or(0));
    let mut spans = Vec::with_capacity(number);
    for _ in 0..number {
        spans.push(Span { start: at, ..Span::default() });
        at = at.plus(length);
    }
    for count in counts.iter().filter(|count| is_success(count)) {
        let Some(span) = usize::try_from(count.span).ok().and_then(|index| spans.get_mut(index)) else {
            continue;
        };
        match count.activity.as_str() {
            activity::RESET => span.resets += times(count),
            activity::UNLOCK => span.unlocks += times(count),
            _ => {}
        }
    }
    spans
}

/// How each method that was tried did.
pub(super) fn tries(counts: &[UsageCount]) -> Vec<Tries> {
    let steps = || counts.iter().filter(|count| count.activity == activity::PROGRESS && is_try(count));
    let of = |method: Method, success: bool| {
        let same = |count: &&UsageCount| count.method == method.as_str() && is_success(count) == success;
        steps().filter(same).map(times).sum::<u64>()
    };
    let tries =
        Method::LISTED.map(|method| Tries { method, passed: of(method, true), failed: of(method, false) });
    tries.into_iter().filter(|tries| tries.passed + tries.failed > 0).collect()
}

/// How often which method was registered, and how often registering was put off.
pub(super) fn registrations(counts: &[UsageCount]) -> (Vec<(Method, u64)>, u64) {
    let of = |method: Method| {
        let same = |count: &&UsageCount| {
            count.activity == activity::REGISTERED && is_success(count) && count.method == method.as_str()
        };
        (method, counts.iter().filter(same).map(times).sum::<u64>())
    };
    let put_off = |count: &&UsageCount| count.activity == activity::REGISTERED_ALL && !is_success(count);
    let registered = Method::LISTED.map(of).into_iter().filter(|(_, times)| *times > 0).collect();
    (registered, counts.iter().filter(put_off).map(times).sum::<u64>())
}

/// Whether a step passed or failed a method; asking for help names one, too.
fn is_try(count: &UsageCount) -> bool {
    count.reason.starts_with("User completed the ") || count.reason.starts_with("User failed the ")
}

pub(super) fn is_success(count: &UsageCount) -> bool {
    count.result == "success"
}

pub(super) fn times(count: &UsageCount) -> u64 {
    u64::try_from(count.count).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_ends_with_the_span_that_runs() {
        let now = Timestamp::from_seconds(1_800_000_000 + 1_234);
        for period in Period::ALL {
            let spans = spans(now, period, &[]);
            let (number, hours) = period.spans();
            assert_eq!(spans.len(), number);
            let last = spans[number - 1].start;
            assert!(last <= now && now.since(last) < Duration::from_hours(u64::try_from(hours).unwrap()));
            assert_eq!(last.seconds() % (hours * HOUR), 0);
        }
    }
}
