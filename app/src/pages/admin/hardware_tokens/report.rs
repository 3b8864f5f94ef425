//! What an upload did: how many tokens came, and why the other rows did not.

use leptos::prelude::*;

use crate::services::hardware_tokens::UploadReport;
use crate::text::{t, t_args};
use crate::ui::{Banner, StatusMessage, Tone, problem_text};

/// The report, above everything else.
pub(super) fn report(report: UploadReport) -> AnyView {
    let done = t_args("token-uploaded", &[("n", report.done.to_string())]);
    if report.refused.is_empty() {
        return view! { <StatusMessage text=done/> }.into_any();
    }
    let refused = report.refused.len() + report.more;
    let title = t_args("token-refused", &[("n", refused.to_string())]);
    let lines = report
        .refused
        .iter()
        .map(|(line, problem)| {
            let line = t_args("token-line", &[("line", line.to_string())]);
            view! { <li class="wrap"><strong>{line}</strong>" "{problem_text(problem)}</li> }
        })
        .collect_view();
    let more = (report.more > 0)
        .then(|| view! { <p>{t_args("token-refused-more", &[("n", report.more.to_string())])}</p> });
    view! {
        <StatusMessage text=done tone=Tone::Warn/>
        <Banner tone=Tone::Warn title>
            <ul>{lines}</ul>
            {more}
            <p>{t("token-refused-again")}</p>
        </Banner>
    }
    .into_any()
}
