//! A person in the list, and in its file.

use regain_app::services::usage::RegistrationRow;
use regain_core::coverage::Coverage;

use crate::person::Person;

fn row(person: &Person, coverage: Coverage) -> RegistrationRow {
    RegistrationRow {
        id: person.user.id.to_string(),
        upn: person.user.upn.clone(),
        display_name: person.user.display_name.clone(),
        coverage,
        methods: person.methods(),
        updated: [person.last_added, person.user.registered_at, person.user.confirmed_at]
            .into_iter()
            .flatten()
            .max(),
    }
}

/// These people as rows.
pub(super) fn rows(people: &[Person], coverage: Vec<Coverage>) -> impl Iterator<Item = RegistrationRow> {
    people.iter().zip(coverage).map(|(person, coverage)| row(person, coverage))
}
