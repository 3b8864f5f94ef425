//! Where a person came into the wizard, and where they go on to.

use leptos_router::location::Url;

use crate::visit::Visit;

/// The way into the wizard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// `/register`: until enough is there.
    #[default]
    Register,
    /// `/security-info/add`: one method, then back to the list.
    Add,
}

impl Way {
    /// What forms post for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Add => "add",
        }
    }
}

/// A page of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// What it is about.
    Start,
    /// Which method.
    Method,
    /// The app's key and first code.
    App,
    /// The pairing and the test of an authenticator.
    Notifications,
    /// A passkey.
    Passkey,
    /// Codes to save.
    RecoveryCodes,
    /// An address.
    Email,
    /// A number.
    Phone,
    /// The code that was sent.
    Code,
    /// Questions and answers.
    Questions,
    /// What was added.
    Added,
    /// Everything.
    Review,
}

impl Step {
    const fn name(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Method => "/method",
            Self::App => "/app",
            Self::Notifications => "/notifications",
            Self::Passkey => "/passkey",
            Self::RecoveryCodes => "/recovery-codes",
            Self::Email => "/email",
            Self::Phone => "/phone",
            Self::Code => "/code",
            Self::Questions => "/questions",
            Self::Added => "/added",
            Self::Review => "/review",
        }
    }
}

/// The way, and where a person wanted to go before registration came between. Every page and form carries it on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// The way into the wizard.
    pub way: Way,
    /// As it came in `?next=`, unchecked; empty for the usual place.
    pub next: String,
}

impl Trail {
    /// Of a page.
    pub fn of(visit: &Visit, way: Way) -> Self {
        Self { way, next: visit.query_value("next").unwrap_or_default() }
    }

    /// Of a form.
    pub fn posted(way: &str, next: String) -> Self {
        Self { way: if way == Way::Add.as_str() { Way::Add } else { Way::Register }, next }
    }

    /// The address of a step. When one method is added, the list is the end of it.
    pub fn to(&self, step: Step) -> String {
        self.to_with(step, &[])
    }

    /// Like [`Trail::to`], with more in the query.
    pub fn to_with(&self, step: Step, query: &[(&str, &str)]) -> String {
        let path = match (self.way, step) {
            (Way::Register, step) => ["/register", step.name()].concat(),
            (Way::Add, Step::Added | Step::Review) => "/security-info".to_owned(),
            (Way::Add, Step::Start | Step::Method) => "/security-info/add".to_owned(),
            (Way::Add, step) => ["/security-info/add", step.name()].concat(),
        };
        let next = (!self.next.is_empty()).then_some(("next", self.next.as_str()));
        let pairs: Vec<String> = query
            .iter()
            .copied()
            .chain(next)
            .map(|(name, value)| format!("{name}={}", Url::escape(value)))
            .collect();
        if pairs.is_empty() { path } else { format!("{path}?{}", pairs.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_on_survives_every_step() {
        let trail = Trail { way: Way::Register, next: "/admin?a=1&b=2".to_owned() };
        assert_eq!(trail.to(Step::Start), "/register?next=%2Fadmin%3Fa%3D1%26b%3D2");
        assert_eq!(
            trail.to_with(Step::Added, &[("method", "email")]),
            "/register/added?method=email&next=%2Fadmin%3Fa%3D1%26b%3D2"
        );
    }

    #[test]
    fn adding_one_method_ends_in_the_list() {
        let trail = Trail::posted("add", String::new());
        assert_eq!(trail.to(Step::Method), "/security-info/add");
        assert_eq!(trail.to(Step::Email), "/security-info/add/email");
        assert_eq!(trail.to_with(Step::Added, &[("added", "email")]), "/security-info?added=email");
        assert_eq!(Trail::posted("elsewhere", String::new()).way, Way::Register);
    }
}
