//! What may be saved (R11, R26, R29 to R31, R38 to R42, R57, R201, rulings 2 and 12).

use super::{
    Allowed, Explain, Governed, HelpdeskLink, Migration, Question, QuestionSettings, ResetPolicy, Scope,
};
use crate::form::FieldProblem;
use crate::method::{Delivery, Kind, Method, MethodSet};
use crate::network::Network;
use crate::questions;

/// A setting that cannot be saved, and why.
pub type PolicyProblem = FieldProblem;

/// The names of the settings, in forms and in problems.
pub mod field {
    /// *Self service password reset enabled*.
    pub const SCOPE: &str = "scope";
    /// *Select group*.
    pub const GROUP: &str = "group";
    /// *Explain why a reset is refused*.
    pub const EXPLAIN: &str = "explain";
    /// The networks for *On these networks*.
    pub const EXPLAIN_NETWORKS: &str = "explain_networks";
    /// *Number of methods required to reset*.
    pub const METHODS_REQUIRED: &str = "methods_required";
    /// *Methods available to users*.
    pub const METHODS: &str = "methods";
    /// *Number of questions required to register*.
    pub const QUESTIONS_TO_REGISTER: &str = "questions_to_register";
    /// *Number of questions required to reset*.
    pub const QUESTIONS_TO_RESET: &str = "questions_to_reset";
    /// *Select security questions*.
    pub const QUESTIONS: &str = "questions";
    /// *Require users to register when signing in*.
    pub const REGISTRATION_REQUIRED: &str = "registration_required";
    /// *Number of days before users are asked to reconfirm …*.
    pub const RECONFIRM_DAYS: &str = "reconfirm_days";
    /// *Notify users on password resets?*
    pub const NOTIFY_USERS: &str = "notify_users";
    /// *Notify all admins when other admins reset their password?*
    pub const NOTIFY_ADMINS: &str = "notify_admins";
    /// *Customize helpdesk link*.
    pub const HELPDESK_CUSTOMIZED: &str = "helpdesk_customized";
    /// *Custom helpdesk email or URL*.
    pub const HELPDESK_TARGET: &str = "helpdesk_target";
    /// *Allow users to unlock accounts without resetting their password*.
    pub const UNLOCK_ALLOWED: &str = "unlock_allowed";
    /// *Allow administrators to use password reset*, of the administrators' own policy.
    pub const ADMINISTRATORS_ENABLED: &str = "administrators_enabled";
}

text_enum! {
    /// A page of settings, which is saved by itself (R8).
    pub enum Tab {
        /// *Properties*.
        Properties = "properties",
        /// *Authentication methods*.
        AuthenticationMethods = "authentication-methods",
        /// *Registration*.
        Registration = "registration",
        /// *Notifications*.
        Notifications = "notifications",
        /// *Customization*.
        Customization = "customization",
        /// *On-premises integration*.
        OnPremisesIntegration = "on-premises-integration",
    }
}

impl Tab {
    /// The tab that a setting of [`field`] stands on; questions are chosen on a page of their own.
    pub fn of(name: &str) -> Option<Tab> {
        Some(match name {
            field::SCOPE | field::GROUP | field::EXPLAIN | field::EXPLAIN_NETWORKS => Tab::Properties,
            field::METHODS_REQUIRED
            | field::METHODS
            | field::QUESTIONS_TO_REGISTER
            | field::QUESTIONS_TO_RESET => Tab::AuthenticationMethods,
            field::REGISTRATION_REQUIRED | field::RECONFIRM_DAYS => Tab::Registration,
            field::NOTIFY_USERS | field::NOTIFY_ADMINS => Tab::Notifications,
            field::HELPDESK_CUSTOMIZED | field::HELPDESK_TARGET => Tab::Customization,
            field::UNLOCK_ALLOWED => Tab::OnPremisesIntegration,
            _ => return None,
        })
    }
}

/// What works at this moment: channels that are set up, methods that are built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Available {
    /// The methods that can be carried out.
    pub methods: MethodSet,
    /// How a code can reach a mobile phone.
    pub deliveries: &'static [Delivery],
    /// What the authentication methods policy says besides.
    pub governed: Governed,
}

impl Available {
    /// These methods, however a code reaches a phone, and nothing said besides.
    pub const fn of(methods: MethodSet) -> Self {
        let governed =
            Governed { migration: Migration::PreMigration, allowed: Allowed::of(MethodSet::EMPTY) };
        Self { methods, deliveries: Delivery::ALL, governed }
    }
}

impl ResetPolicy {
    /// Everything that is wrong with the policy as a whole.
    pub fn validate(&self, available: &Available) -> Result<(), Vec<PolicyProblem>> {
        none_or(Tab::ALL.iter().flat_map(|tab| self.problems_on(*tab, *available)).collect())
    }

    /// What is wrong with the settings of one tab. A tab is not refused for a setting of another one,
    /// so that settings can be made in any order (R15).
    pub fn validate_tab(&self, tab: Tab, available: &Available) -> Result<(), Vec<PolicyProblem>> {
        none_or(self.problems_on(tab, *available))
    }

    fn problems_on(&self, tab: Tab, available: Available) -> Vec<PolicyProblem> {
        match tab {
            Tab::Properties => self.problems_of_properties(),
            Tab::AuthenticationMethods => {
                let mut problems: Vec<_> = self.problem_of_methods(available).into_iter().collect();
                problems.extend(self.questions.problems(self.methods.contains(Method::SecurityQuestions)));
                problems
            }
            Tab::Registration => self.problem_of_registration().into_iter().collect(),
            Tab::Customization => self.problem_of_helpdesk().into_iter().collect(),
            Tab::Notifications | Tab::OnPremisesIntegration => Vec::new(),
        }
    }

    fn problems_of_properties(&self) -> Vec<PolicyProblem> {
        let mut problems = Vec::new();
        if self.scope == Scope::Selected(None) {
            problems.push(FieldProblem::new(field::GROUP, "group-missing"));
        }
        if let Explain::OnNetworks(networks) = &self.explain {
            if networks.is_empty() {
                problems.push(FieldProblem::new(field::EXPLAIN_NETWORKS, "networks-empty"));
            }
            for text in networks.iter().filter(|text| Network::parse(text).is_none()) {
                problems.push(
                    FieldProblem::new(field::EXPLAIN_NETWORKS, "network-malformed").with("network", text),
                );
            }
        }
        problems
    }

    /// Whether the methods can prove a person at all: the first reason why not.
    fn problem_of_methods(&self, available: Available) -> Option<PolicyProblem> {
        let code = available.governed.obstacle(self, available.methods, available.deliveries);
        code.map(|code| FieldProblem::new(field::METHODS, code))
    }

    fn problem_of_registration(&self) -> Option<PolicyProblem> {
        (self.registration.reconfirm_days > RECONFIRM_DAYS_MAX).then(reconfirm_days_problem)
    }

    fn problem_of_helpdesk(&self) -> Option<PolicyProblem> {
        let problem =
            HelpdeskLink::parse(&self.helpdesk.target).err().filter(|_| self.helpdesk.customized)?;
        Some(FieldProblem::new(field::HELPDESK_TARGET, problem.code()))
    }
}

/// The days are no whole number from 0 to [`RECONFIRM_DAYS_MAX`].
pub(super) fn reconfirm_days_problem() -> PolicyProblem {
    FieldProblem::new(field::RECONFIRM_DAYS, "reconfirm-days-range").with("max", &RECONFIRM_DAYS_MAX)
}

/// The longest time between two reviews, in days (R57).
pub const RECONFIRM_DAYS_MAX: u16 = 730;

/// How many different kinds a person with every one of the methods could prove. Mobile and office phone
/// may be two lines, so they count as two here; a person who has one line is stopped by its number.
pub fn possible_kinds(methods: MethodSet) -> usize {
    let app = methods.iter().any(|method| method.kind() == Kind::App);
    usize::from(app) + methods.iter().filter(|method| method.kind() != Kind::App).count()
}

impl QuestionSettings {
    fn problems(&self, ticked: bool) -> Vec<PolicyProblem> {
        let mut problems = self.problems_of_numbers();
        if !ticked {
            return problems;
        }
        let problem = |code| FieldProblem::new(field::QUESTIONS, code);
        if self.chosen.len() < usize::from(self.to_register) {
            problems.push(problem("questions-too-few").with("min", &self.to_register));
        }
        if self.chosen.len() > questions::MAX_CHOSEN {
            problems.push(problem("questions-too-many").with("max", &questions::MAX_CHOSEN));
        }
        for (index, question) in self.chosen.iter().enumerate() {
            if self.chosen[..index].iter().any(|earlier| same_question(earlier, question)) {
                problems.push(problem("question-twice"));
            }
            problems.extend(problem_of_question(question).map(problem));
        }
        problems
    }

    fn problems_of_numbers(&self) -> Vec<PolicyProblem> {
        let mut problems = Vec::new();
        for (name, number) in
            [(field::QUESTIONS_TO_REGISTER, self.to_register), (field::QUESTIONS_TO_RESET, self.to_reset)]
        {
            if !questions::NUMBERS.contains(&number) {
                problems.push(FieldProblem::new(name, "questions-number-range"));
            }
        }
        if self.to_reset > self.to_register {
            problems.push(FieldProblem::new(field::QUESTIONS_TO_RESET, "questions-reset-exceeds-register"));
        }
        problems
    }
}

fn problem_of_question(question: &Question) -> Option<&'static str> {
    match question {
        Question::Predefined(id) if !questions::is_predefined(id) => Some("question-unknown"),
        Question::Custom { text, .. } if !questions::is_question_text(text) => Some("question-text-length"),
        Question::Predefined(_) | Question::Custom { .. } => None,
    }
}

fn same_question(a: &Question, b: &Question) -> bool {
    let same_text = match (a, b) {
        (Question::Custom { text: a, .. }, Question::Custom { text: b, .. }) => {
            questions::normalized(a) == questions::normalized(b)
        }
        _ => false,
    };
    a.id() == b.id() || same_text
}

fn none_or(problems: Vec<PolicyProblem>) -> Result<(), Vec<PolicyProblem>> {
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
