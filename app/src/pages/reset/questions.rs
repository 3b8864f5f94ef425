use leptos::prelude::*;
use regain_core::policy::Question;
use regain_core::questions::answer_field;

use super::{passed, show, step_of, ways_out};
use crate::pages::toll::toll;
use crate::services::reset::{Frame, QuestionsView};
use crate::services::services;
use crate::text::{exists, t};
use crate::ui::{Button, Field, Form, PostForm, Purpose, TextField, UserPage};
use crate::visit::{form, visit};

/// All drawn questions at once: nobody learns which answer was wrong. `/reset/questions`.
#[component]
pub fn Questions() -> impl IntoView {
    let (visit, services, form) = (visit(), services(), Form::new(form()));
    Suspend::new(async move {
        show(services.reset.questions_page(&visit).await, |frame, view| page(frame, view, form))
    })
}

fn page(frame: Frame, view: QuestionsView, form: Form) -> AnyView {
    let fields = view
        .questions
        .into_iter()
        .enumerate()
        .map(|(index, question)| {
            // Answers are secrets: only the problem comes back.
            let field: Field = form.field(&answer_field(index));
            view! { <TextField field label=question_text(question) purpose=Purpose::Answer/> }
        })
        .collect_view();
    view! {
        <UserPage heading=t("reset-questions-heading") lead=t("reset-questions-lead") form=form step=step_of(&frame)
            back="/reset/method" account=frame.account.clone()
            support_code=frame.support_code.clone()>
            {passed(&frame)}
            <PostForm action="/reset/questions" class="stack">
                {fields}
                {toll(frame.toll.clone(), form)}
                <Button label=t("reset-next")/>
            </PostForm>
            {ways_out(true)}
        </UserPage>
    }
    .into_any()
}

/// Built-in questions are in the catalogue; an administrator's own is shown as typed.
fn question_text(question: Question) -> String {
    match question {
        Question::Custom { text, .. } => text,
        Question::Predefined(id) => {
            let key = format!("question-{id}");
            if exists(&key) { t(&key) } else { id }
        }
    }
}
