//! Which of the groups that policies name a person is in.

/// The groups a person is in, directly or through nested groups, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership(Vec<String>);

impl Membership {
    /// In no group.
    pub const NONE: Membership = Membership(Vec::new());

    /// Whether this group is among them.
    pub fn contains(&self, group: &str) -> bool {
        self.0.iter().any(|own| own == group)
    }

    /// The groups.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<T: ToString> FromIterator<T> for Membership {
    fn from_iter<I: IntoIterator<Item = T>>(groups: I) -> Self {
        Self(groups.into_iter().map(|group| group.to_string()).collect())
    }
}
