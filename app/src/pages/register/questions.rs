//! `/register/questions`: questions to choose and to answer, in one form.

use leptos::prelude::*;
use regain_core::policy::Question;
use regain_core::questions::{answer_field, question_field};

use super::parts::{Hidden, OtherMethod, shown};
use crate::services::registration::{QuestionEntry, Step, Trail, Way};
use crate::services::services;
use crate::text::{t, t_args};
use crate::ui::*;
use crate::visit::{form, visit};

/// The entry of questions and answers.
#[component]
pub fn QuestionsPage(
    /// The way into the wizard.
    way: Way,
) -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    let trail = Trail::of(&visit, way);
    Suspend::new(async move {
        let entry = services.registration.questions(&visit, &trail).await;
        shown(entry, |entry| page(&entry, trail, form))
    })
}

fn page(entry: &QuestionEntry, trail: Trail, form: Form) -> AnyView {
    let back = trail.to(Step::Method);
    let none = (String::new(), t("register-question-none"));
    let named = entry.offered.iter().map(|question| (question.id().to_owned(), question_text(question)));
    let options: Vec<(String, String)> = std::iter::once(none).chain(named).collect();
    let pairs = (0..usize::from(entry.number)).map(|index| pair(index, form, options.clone())).collect_view();
    let lead = t_args("register-questions-lead", &[("number", entry.number.to_string())]);
    let hidden = view! { <Hidden trail=trail.clone()/> };
    view! {
        <UserPage heading=t("register-questions") lead form back>
            <PostForm action="/register/questions" autofill=false>
                {hidden}
                {pairs}
                <div class="actions"><Button label=t("register-next")/></div>
            </PostForm>
            <div class="more"><OtherMethod trail/></div>
        </UserPage>
    }
    .into_any()
}

/// One question with its answer.
fn pair(index: usize, form: Form, options: Vec<(String, String)>) -> impl IntoView + use<> {
    let number = [("number", (index + 1).to_string())];
    let hint = if index == 0 { Some(t("register-answer-hint")) } else { None };
    let (question, answer) = (form.field(&question_field(index)), form.field(&answer_field(index)));
    let label = t_args("register-answer", &number);
    let text = match hint {
        Some(hint) => view! { <TextField field=answer label hint purpose=Purpose::Answer/> }.into_any(),
        None => view! { <TextField field=answer label purpose=Purpose::Answer/> }.into_any(),
    };
    view! {
        <div class="stack-tight">
            <SelectField field=question label=t_args("register-question", &number) options/>
            {text}
        </div>
    }
}

/// A question in the person's language; one that an administrator wrote stays as typed (R43).
fn question_text(question: &Question) -> String {
    match question {
        Question::Predefined(id) => t(&format!("question-{id}")),
        Question::Custom { text, .. } => text.clone(),
    }
}
