//! For what and for whom a method is on.

use serde::{Deserialize, Serialize};

use super::{Membership, PolicyMethod};

/// As many groups as one list may name. Four full lists fit into what a refused form leaves behind.
pub const MAX_GROUPS: usize = 16;

text_enum! {
    /// What a method is used for.
    pub enum Purpose {
        /// Reset and unlock.
        Reset = "reset",
        /// The second factor at sign-in.
        SignIn = "sign_in",
    }
}

/// Whom a method is on for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "groups", rename_all = "snake_case")]
pub enum Include {
    /// *All users*.
    #[default]
    All,
    /// *Select groups*: the members of any of these, nested groups included.
    Selected(Vec<String>),
}

impl Include {
    /// The name of the choice: `all` or `selected`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Include::All => "all",
            Include::Selected(_) => "selected",
        }
    }

    /// The groups, if only some people are included.
    pub fn groups(&self) -> &[String] {
        match self {
            Include::All => &[],
            Include::Selected(groups) => groups,
        }
    }
}

/// Whether a method is on for one purpose, and for whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    /// On at all.
    pub on: bool,
    /// For whom.
    pub include: Include,
    /// For whom not, though included: who is in any of these groups.
    pub exclude: Vec<String>,
}

impl Target {
    /// Whether it is on for a person with these memberships. An exclusion wins.
    pub fn holds_for(&self, who: &Membership) -> bool {
        let in_any = |groups: &[String]| groups.iter().any(|group| who.contains(group));
        let included = match &self.include {
            Include::All => true,
            Include::Selected(groups) => in_any(groups),
        };
        self.on && included && !in_any(&self.exclude)
    }

    /// Whether it can be on for anybody.
    pub fn is_for_somebody(&self) -> bool {
        self.on
            && match &self.include {
                Include::All => true,
                Include::Selected(groups) => groups.iter().any(|group| !self.exclude.contains(group)),
            }
    }
}

/// The rules of one method.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MethodRules {
    /// For reset and unlock.
    pub reset: Target,
    /// As second factor at sign-in.
    pub sign_in: Target,
    /// *Office phone*, of calls: office phones are called, too.
    pub office: bool,
}

impl MethodRules {
    /// The rules before they were ever saved: off for reset, on at sign-in where the method counts there.
    pub fn default_of(method: PolicyMethod) -> Self {
        let sign_in = Target { on: method.serves(Purpose::SignIn), ..Target::default() };
        Self { sign_in, ..Self::default() }
    }

    /// The rules for one purpose.
    pub const fn target(&self, purpose: Purpose) -> &Target {
        match purpose {
            Purpose::Reset => &self.reset,
            Purpose::SignIn => &self.sign_in,
        }
    }

    /// The same, to change them.
    pub const fn target_mut(&mut self, purpose: Purpose) -> &mut Target {
        match purpose {
            Purpose::Reset => &mut self.reset,
            Purpose::SignIn => &mut self.sign_in,
        }
    }

    /// Every group that they name.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        let targets = [&self.reset, &self.sign_in].into_iter();
        targets.flat_map(|target| target.include.groups().iter().chain(&target.exclude)).map(String::as_str)
    }
}
