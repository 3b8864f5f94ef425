//! What a form field shows, and the frame around every control: label, hint, error.

use leptos::attr::Attribute;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;
use regain_core::form::{FieldProblem, FormState};

use super::icon::{Icon, Sign};
use crate::text::t_args;

/// A field of a form between two tries: its name, what was typed, what was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// The name that is posted.
    pub name: String,
    /// The id of the control, and the target of the link in the error summary.
    pub id: String,
    values: Vec<String>,
    problem: Option<FieldProblem>,
    refused: bool,
}

impl Field {
    /// A field that was never posted.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), id: id_of(name), ..Self::default() }
    }

    /// The field `name` of `form`.
    pub fn of(form: &FormState, name: &str) -> Self {
        // A list is posted as `methods[]` or `methods[0]` and kept as `methods`.
        let key = name.split('[').next().unwrap_or(name);
        Self {
            values: form.values(key).to_vec(),
            problem: form.problem(key).cloned(),
            refused: form.is_refused() || !form.values.is_empty(),
            ..Self::new(name)
        }
    }

    /// Shows `stored` until the form is refused; from then on what was typed counts, even if that is nothing.
    #[must_use]
    pub fn or(self, stored: impl Into<String>) -> Self {
        self.or_all([stored.into()])
    }

    /// Like [`Field::or`], for a group of checkboxes.
    #[must_use]
    pub fn or_all(mut self, stored: impl IntoIterator<Item = String>) -> Self {
        if !self.refused {
            self.values = stored.into_iter().collect();
        }
        self
    }

    /// Shows `value`, whatever was typed.
    #[must_use]
    pub fn showing(mut self, value: &str) -> Self {
        self.values = vec![value.to_owned()];
        self
    }

    /// The value of a control that has one.
    pub fn value(&self) -> String {
        self.values.first().cloned().unwrap_or_default()
    }

    /// Whether an option of a group is chosen.
    pub fn has(&self, value: &str) -> bool {
        self.values.iter().any(|chosen| chosen == value)
    }

    /// Whether the form came back with problems, in this field or another.
    pub fn refused(&self) -> bool {
        self.refused
    }

    /// What was wrong with it.
    pub fn problem(&self) -> Option<&FieldProblem> {
        self.problem.as_ref()
    }

    /// For `aria-invalid`: present only when something is wrong.
    pub fn invalid(&self) -> Option<&'static str> {
        self.problem.is_some().then_some("true")
    }

    /// For `aria-describedby`: hint and error, and whatever else describes the control.
    pub fn described_by(&self, hint: bool, other: Option<&str>) -> Option<String> {
        let id = &self.id;
        let parts =
            [hint.then(|| format!("{id}-hint")), self.problem.as_ref().map(|_| format!("{id}-error"))];
        let ids: Vec<_> = parts.into_iter().flatten().chain(other.map(str::to_owned)).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The hint, to stand between label and control.
    pub(super) fn hint_view(&self, hint: Option<String>) -> impl IntoView + use<> {
        hint.map(|hint| view! { <p class="hint" id=format!("{}-hint", self.id)>{hint}</p> })
    }

    /// The error, to stand right above the control.
    pub(super) fn error_view(&self) -> impl IntoView + use<> {
        self.problem.as_ref().map(problem_text).map(|error| {
            view! { <p class="error" id=format!("{}-error", self.id)><Icon sign=Sign::Alert/><span>{error}</span></p> }
        })
    }
}

/// The state of a form, to hand around in a view: it can be used in any number of nested children.
#[derive(Clone, Copy, Debug)]
pub struct Form(StoredValue<FormState>);

impl Form {
    /// From what the last try left.
    pub fn new(state: FormState) -> Self {
        Self(StoredValue::new(state))
    }

    /// The field `name`, as the last try left it.
    pub fn field(self, name: &str) -> Field {
        self.0.with_value(|state| Field::of(state, name))
    }

    /// Runs `read` on the state.
    pub fn with<T>(self, read: impl FnOnce(&FormState) -> T) -> T {
        self.0.with_value(read)
    }
}

/// The sentence for a problem, in the language of the visit.
pub fn problem_text(problem: &FieldProblem) -> String {
    let args: Vec<_> = problem.args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    t_args(&format!("problem-{}", problem.code), &args)
}

/// The id of the control with a name: `security.questions[]` becomes `security-questions`.
pub fn id_of(name: &str) -> String {
    let dashed: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    dashed.trim_matches('-').to_owned()
}

/// Label, hint, error and control of a single control.
pub(super) fn labelled(
    field: &Field,
    label: String,
    hint: Option<String>,
    control: AnyView,
) -> impl IntoView + use<> {
    view! {
        <div class="field">
            <label class="label" for=field.id.clone()>{label}</label>
            {field.hint_view(hint)}
            {field.error_view()}
            {control}
        </div>
    }
}

/// An attribute of Safari that the framework does not know: what is typed here is no prose.
pub(super) fn no_autocorrect() -> impl Attribute {
    custom_attribute("autocorrect", "off")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused() -> FormState {
        FormState::default().with_value("days", "").with_problem(FieldProblem::new("methods", "none"))
    }

    #[test]
    fn a_stored_value_shows_until_the_form_is_refused() {
        assert_eq!(Field::of(&FormState::default(), "days").or("180").value(), "180");
        assert_eq!(Field::of(&refused(), "days").or("180").value(), "");
    }

    #[test]
    fn an_unticked_group_stays_unticked_after_a_refusal() {
        let stored = || ["email".to_owned()];
        assert!(Field::of(&FormState::default(), "methods[]").or_all(stored()).has("email"));
        assert!(!Field::of(&refused(), "methods[]").or_all(stored()).has("email"));
    }

    #[test]
    fn a_list_shares_the_problem_of_its_key_and_has_a_plain_id() {
        let field = Field::of(&refused(), "methods[0]");
        assert_eq!(field.id, "methods-0");
        assert_eq!(field.invalid(), Some("true"));
        assert_eq!(
            field.described_by(true, Some("meter")).as_deref(),
            Some("methods-0-hint methods-0-error meter")
        );
    }
}
