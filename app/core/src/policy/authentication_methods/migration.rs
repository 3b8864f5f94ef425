//! How far an organisation has gone over to the authentication methods policy.

text_enum! {
    /// The state of the migration (R242).
    pub enum Migration {
        /// *Pre-migration*: for reset the check boxes count.
        PreMigration = "pre_migration",
        /// *Migration in progress*: a method that either allows can be used (R243).
        InProgress = "in_progress",
        /// *Migration complete*: only the authentication methods policy counts, except for security questions and the
        /// number of methods (R244).
        Complete = "complete",
    }
}

impl Migration {
    /// Whether an installation that began in `began` may go to `to`: one that began in progress never goes to
    /// *Pre-migration* (R246).
    pub const fn may_become(to: Migration, began: Migration) -> bool {
        !(matches!(to, Migration::PreMigration) && matches!(began, Migration::InProgress))
    }

    /// Whether going from here to `to` asks for a reason (R247).
    pub const fn needs_reason(self, to: Migration) -> bool {
        matches!(self, Migration::Complete) && !matches!(to, Migration::Complete)
    }

    /// Whether the check boxes count for reset.
    pub const fn heeds_boxes(self) -> bool {
        !matches!(self, Migration::Complete)
    }
}

impl Default for Migration {
    /// A new installation's.
    fn default() -> Self {
        Migration::PreMigration
    }
}
