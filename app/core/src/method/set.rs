//! A set of methods, small enough to copy.

use super::Method;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A set of methods; serialised as the list of their names, strongest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MethodSet(u16);

impl MethodSet {
    /// No method.
    pub const EMPTY: MethodSet = MethodSet(0);

    /// Every method.
    pub const ALL: MethodSet = MethodSet::of(Method::ALL);

    /// The set of the given methods.
    pub const fn of(methods: &[Method]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < methods.len() {
            bits |= bit(methods[index]);
            index += 1;
        }
        Self(bits)
    }

    /// Whether the method is in the set.
    pub const fn contains(self, method: Method) -> bool {
        self.0 & bit(method) != 0
    }

    /// The set with the method.
    #[must_use]
    pub const fn with(self, method: Method) -> Self {
        Self(self.0 | bit(method))
    }

    /// The set without the method.
    #[must_use]
    pub const fn without(self, method: Method) -> Self {
        Self(self.0 & !bit(method))
    }

    /// Adds the method.
    pub fn insert(&mut self, method: Method) {
        *self = self.with(method);
    }

    /// Takes the method out.
    pub fn remove(&mut self, method: Method) {
        *self = self.without(method);
    }

    /// The methods that are in both sets.
    #[must_use]
    pub const fn intersect(self, other: MethodSet) -> Self {
        Self(self.0 & other.0)
    }

    /// The methods that are in either set.
    #[must_use]
    pub const fn union(self, other: MethodSet) -> Self {
        Self(self.0 | other.0)
    }

    /// The methods that are in this set and not in the other.
    #[must_use]
    pub const fn minus(self, other: MethodSet) -> Self {
        Self(self.0 & !other.0)
    }

    /// How many methods there are.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is no method.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The methods, strongest first.
    pub fn iter(self) -> impl Iterator<Item = Method> {
        Method::ALL.iter().copied().filter(move |method| self.contains(*method))
    }
}

const fn bit(method: Method) -> u16 {
    1 << method as u8
}

impl FromIterator<Method> for MethodSet {
    fn from_iter<I: IntoIterator<Item = Method>>(methods: I) -> Self {
        methods.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl Serialize for MethodSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for MethodSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Method>::deserialize(deserializer)?.into_iter().collect())
    }
}
