//! Names of settings that are no part of a reset policy: password protection, what carries texts and calls, the audit log.

/// The fields of *Password protection*.
pub mod protection_field {
    /// Which rules new passwords meet.
    pub const RULES: &str = "password_rules";
    /// Their shortest length, for NIST's.
    pub const MIN: &str = "password_min";
    /// *Days until passwords expire*.
    pub const EXPIRY: &str = "password_expiry_days";
    /// *Enforce custom list*.
    pub const ENFORCE: &str = "enforce_custom_list";
    /// *Custom banned password list*.
    pub const LIST: &str = "banned_list";
    /// *Lockout threshold*.
    pub const THRESHOLD: &str = "lockout_threshold";
    /// *Lockout duration in seconds*.
    pub const DURATION: &str = "lockout_duration";
    /// All of them.
    pub const ALL: [&str; 7] = [RULES, MIN, EXPIRY, ENFORCE, LIST, THRESHOLD, DURATION];
}

/// The audit log.
pub mod audit_field {
    /// For how many days records are kept.
    pub const KEPT_DAYS: &str = "audit_kept_days";
}

/// The limits of *Channels*, and the gateways as a change of them is told.
pub mod channel_field {
    /// *Allowed countries*, calling codes.
    pub const COUNTRIES: &str = "countries";
    /// Messages to one number in a day.
    pub const PER_NUMBER: &str = "per_number";
    /// Messages to one range of numbers in a day.
    pub const PER_PREFIX: &str = "per_prefix";
    /// Messages in a day.
    pub const PER_DAY: &str = "per_day";
    /// What a day may cost.
    pub const MONEY: &str = "money";
    /// All limits.
    pub const LIMITS: [&str; 5] = [COUNTRIES, PER_NUMBER, PER_PREFIX, PER_DAY, MONEY];
    /// Who carries text messages, in order.
    pub const TEXT_GATEWAYS: &str = "gateways_sms";
    /// Who carries calls, in order.
    pub const CALL_GATEWAYS: &str = "gateways_voice";
}
