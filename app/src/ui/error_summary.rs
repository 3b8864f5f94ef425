//! *There is a problem*: the first thing in a page whose form was refused.

use leptos::prelude::*;
use regain_core::form::FormState;

use super::field::{Form, id_of, problem_text};
use super::icon::{Icon, Sign};
use super::message::{Banner, Tone};
use crate::text::{exists, t};

/// What a shell needs to know of a form: its problems and its message.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Target of the link and sentence, in the form's order.
    problems: Vec<(String, String)>,
    notice: Option<String>,
}

impl Summary {
    /// Whether the form was refused, so that the page's title begins with *Error:*.
    pub fn is_refused(&self) -> bool {
        !self.problems.is_empty()
    }
}

impl From<&FormState> for Summary {
    fn from(form: &FormState) -> Self {
        let problems = form.problems.iter().map(|problem| (id_of(&problem.field), problem_text(problem)));
        Self { problems: problems.collect(), notice: form.notice.clone() }
    }
}

impl From<Form> for Summary {
    fn from(form: Form) -> Self {
        form.with(|state| Self::from(state))
    }
}

/// The summary, focused on arrival, with a link to each field; and the form's message, if it left one.
#[component]
pub fn ErrorSummary(
    /// From the form's state.
    #[prop(into)]
    form: Summary,
) -> impl IntoView {
    let refused = form.is_refused();
    let lines = form
        .problems
        .into_iter()
        .map(|(id, text)| {
            let line = if id.is_empty() {
                text.into_any()
            } else {
                view! { <a href=format!("#{id}")>{text}</a> }.into_any()
            };
            view! { <li>{line}</li> }
        })
        .collect_view();
    let summary = refused.then(|| {
        view! {
            <div class="summary" id="problems" tabindex="-1" autofocus aria-labelledby="problems-title" role="group">
                <h2 id="problems-title"><Icon sign=Sign::Alert/>{t("ui-problem")}</h2>
                <ul>{lines}</ul>
            </div>
        }
    });
    let notice = form.notice.map(|code| {
        let named = format!("notice-{code}");
        let text = t(if exists(&named) { &named } else { &code });
        view! { <Banner tone=Tone::Info><p>{text}</p></Banner> }
    });
    view! {
        {summary}
        {notice}
    }
}
