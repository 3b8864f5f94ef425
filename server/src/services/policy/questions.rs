//! Choosing the security questions that people may answer.

use regain_app::outcome::{Answer, Outcome};
use regain_app::pages::admin::password_reset::security_questions::{ADD, KEPT, OWN, PATH};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::policy::{Question, QuestionSettings, Tab, field};
use regain_core::role::Right;

use crate::engine::Engine;
use crate::people::Actor;
use crate::policy::{self, edit};
use crate::services::failure;
use crate::services::settings::{SettingsPage, conflict};

const PAGE: SettingsPage = SettingsPage::new("security-questions", PATH, Right::SavePolicy);

/// Saves the ticked questions, and adds the one that was typed.
pub(super) async fn save(
    engine: &Engine,
    visit: &Visit,
    version: &str,
    typed: FormState,
    draft: &str,
) -> Answer {
    let actor = Actor::Administrator(visit);
    PAGE.gate(engine, visit).await?;
    let mut tx = engine.store.write().await.map_err(failure)?;
    tx.lock(edit::LOCK).await.map_err(failure)?;
    let current = policy::current(&mut *tx).await.map_err(failure)?;
    let mut wanted = current.policy.clone();
    let own = choose(&mut wanted.questions, &typed, format!("own-{}", engine.new_id()));
    let edited = edit::Edited::of_questions(&mut *tx, &current, wanted).await.map_err(failure)?;
    let too_late = version != current.version.to_string();
    let problems = if too_late && !edited.changes.is_empty() {
        conflict(visit, &edited.changes)
    } else {
        own.into_iter().chain(edited.problems.iter().cloned().map(|problem| at(problem, &typed))).collect()
    };
    let draft = Draft::parse(draft);
    if !problems.is_empty() {
        let path = draft.onto(PATH, None);
        return PAGE.refuse(engine, visit, tx, path, FormState { problems, ..typed }).await;
    }
    edited.write(engine, &mut *tx, &current).await.map_err(failure)?;
    tx.append(&PAGE.saved(engine, &actor, &edited.changes)).await.map_err(failure)?;
    let saved = policy::current(&mut *tx).await.map_err(failure)?.version;
    tx.commit().await.map_err(failure)?;
    Ok(Outcome::go(draft.onto(PATH, Some(saved))))
}

/// Sets the questions to what is ticked and typed. A typed question that cannot be one is told at its field.
fn choose(questions: &mut QuestionSettings, typed: &FormState, id: String) -> Option<FieldProblem> {
    let kept = typed.values(KEPT);
    let own = questions.chosen.iter().filter(|question| {
        matches!(question, Question::Custom { .. }) && kept.iter().any(|id| id == question.id())
    });
    let predefined = typed.values(field::QUESTIONS).iter().map(|id| Question::Predefined(id.clone()));
    let mut chosen: Vec<_> = predefined.chain(own.cloned()).collect();
    let text = typed.value(OWN).trim();
    let adds = !text.is_empty() || !typed.value(ADD).is_empty();
    let fits = regain_core::questions::is_question_text(text);
    if adds && fits {
        chosen.push(Question::Custom { id, text: text.to_owned() });
    }
    questions.chosen = chosen;
    (adds && !fits).then(|| FieldProblem::new(OWN, "question-text-length"))
}

/// Where a question was typed, one too many or one that is there twice is that one.
fn at(problem: FieldProblem, typed: &FormState) -> FieldProblem {
    let of_typed = matches!(problem.code.as_str(), "questions-too-many" | "question-twice");
    if of_typed && !typed.value(OWN).trim().is_empty() {
        FieldProblem { field: OWN.to_owned(), ..problem }
    } else {
        problem
    }
}

/// What was typed on the tab and not saved, as the query that leads back to it.
struct Draft(Vec<(String, String)>);

impl Draft {
    /// Only the tab's own fields, in their own alphabet: the text comes from a form.
    fn parse(query: &str) -> Self {
        let plain =
            |text: &str| text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        // Their alphabet needs no more than this of percent-encoding.
        let query = query.replace("%5B%5D", "").replace("%5F", "_");
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let pairs = pairs.filter_map(|(name, value)| {
            let known = name == "version" || Tab::of(name) == Some(Tab::AuthenticationMethods);
            (known && plain(value)).then(|| (name.to_owned(), value.to_owned()))
        });
        Self(pairs.take(32).collect())
    }

    /// `path` with the draft; after a save it goes on from the version that was saved.
    fn onto(&self, path: &str, saved: Option<i64>) -> String {
        let mut parts: Vec<_> = saved.map(|_| "saved".to_owned()).into_iter().collect();
        for (name, value) in &self.0 {
            parts.push(match (name.as_str(), saved) {
                ("version", Some(version)) => format!("version={version}"),
                (field::METHODS, _) => format!("methods%5B%5D={value}"),
                _ => format!("{name}={value}"),
            });
        }
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }
}
