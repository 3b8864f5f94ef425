//! What an administrator types about a user, and what becomes of it.

use super::Upn;
use super::name::{DISPLAY_NAME_CHARS, NAME_CHARS, name};
use crate::contact::{EmailAddress, PhoneNumber};
use crate::form::FieldProblem;

/// Everything about a user as it was typed or imported. Empty texts are things that the user does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedDetails {
    /// *User principal name*.
    pub upn: String,
    /// *Display name*.
    pub display_name: String,
    /// *First name*.
    pub given_name: String,
    /// *Last name*.
    pub surname: String,
    /// *Mail*, the primary address.
    pub mail: String,
    /// *Mobile phone*.
    pub mobile_phone: String,
    /// *Office phone*.
    pub office_phone: String,
    /// *Alternate email*.
    pub alternate_email: String,
}

/// Checked details: names without hidden characters, numbers as `+CC number`, addresses that are one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserDetails {
    /// User principal name.
    pub upn: Upn,
    /// Display name.
    pub display_name: String,
    /// First name; may be empty.
    pub given_name: String,
    /// Last name; may be empty.
    pub surname: String,
    /// Primary mail address.
    pub mail: Option<String>,
    /// Mobile phone.
    pub mobile_phone: Option<String>,
    /// Office phone.
    pub office_phone: Option<String>,
    /// Alternate email.
    pub alternate_email: Option<String>,
}

impl TypedDetails {
    /// Checks everything; the problems come in the order of the form, at most one for each field.
    pub fn parse(&self) -> Result<UserDetails, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let upn = Upn::parse(&self.upn)
            .map_err(|problem| problems.push(FieldProblem::new("user_principal_name", problem.code())));
        let display_name = name("display_name", &self.display_name, DISPLAY_NAME_CHARS, &mut problems);
        if display_name.is_empty() && !problems.iter().any(|problem| problem.field == "display_name") {
            problems.push(FieldProblem::new("display_name", "display-name-empty"));
        }
        let given_name = name("first_name", &self.given_name, NAME_CHARS, &mut problems);
        let surname = name("last_name", &self.surname, NAME_CHARS, &mut problems);
        let mail = email("mail", &self.mail, &mut problems);
        let mobile = phone("mobile_phone", &self.mobile_phone, &mut problems);
        let mobile_phone = mobile.map(|number| number.without_extension().display());
        let office = phone("office_phone", &self.office_phone, &mut problems);
        let office_phone = office.map(|number| number.display());
        let alternate_email = email("alternate_email", &self.alternate_email, &mut problems);
        match upn {
            Ok(upn) if problems.is_empty() => Ok(UserDetails {
                upn,
                display_name,
                given_name,
                surname,
                mail,
                mobile_phone,
                office_phone,
                alternate_email,
            }),
            _ => Err(problems),
        }
    }
}

fn email(field: &str, typed: &str, problems: &mut Vec<FieldProblem>) -> Option<String> {
    if typed.trim().is_empty() {
        return None;
    }
    if let Ok(address) = EmailAddress::parse(typed) {
        Some(address.as_str().to_owned())
    } else {
        problems.push(FieldProblem::new(field, "contact-email"));
        None
    }
}

/// Only the form that says which country is taken (R97): a guess could call a stranger.
fn phone(field: &str, typed: &str, problems: &mut Vec<FieldProblem>) -> Option<PhoneNumber> {
    if typed.trim().is_empty() {
        return None;
    }
    let problem = match PhoneNumber::parse_stored(typed) {
        Ok(number) if !number.is_premium() => return Some(number),
        Ok(_) => "phone-premium",
        Err(_) => "contact-phone",
    };
    problems.push(FieldProblem::new(field, problem));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> TypedDetails {
        TypedDetails {
            upn: " ana@contoso.example ".into(),
            display_name: " Ana Silva ".into(),
            mobile_phone: "+1 (425) 555-0123 x99".into(),
            office_phone: "+44 (0)20 7946 0123 ext. ९९".into(),
            ..TypedDetails::default()
        }
    }

    fn fields(typed: &TypedDetails) -> Vec<(String, String)> {
        let problems = typed.parse().unwrap_err();
        problems.into_iter().map(|problem| (problem.field, problem.code)).collect()
    }

    #[test]
    fn blanks_go_and_numbers_are_written_one_way() {
        let details = typed().parse().unwrap();
        assert_eq!(details.upn.as_str(), "ana@contoso.example");
        assert_eq!(details.display_name, "Ana Silva");
        assert_eq!(
            details.mobile_phone.as_deref(),
            Some("+1 4255550123"),
            "nobody dials an extension behind it"
        );
        assert_eq!(details.office_phone.as_deref(), Some("+44 2079460123 x99"));
        assert_eq!(details.mail, None);
    }

    #[test]
    fn every_problem_is_told_at_its_field_in_the_order_of_the_form() {
        let bad = TypedDetails {
            upn: "nobody".into(),
            display_name: String::new(),
            given_name: "a".repeat(65),
            surname: "a\u{200b}b".into(),
            mail: "x".into(),
            mobile_phone: "4255550199".into(),
            office_phone: "+14255550199".into(),
            alternate_email: "a@b@c".into(),
        };
        let expected = [
            ("user_principal_name", "upn-not-an-address"),
            ("display_name", "display-name-empty"),
            ("first_name", "name-too-long"),
            ("last_name", "name-invisible"),
            ("mail", "contact-email"),
            ("mobile_phone", "contact-phone"),
            ("office_phone", "contact-phone"),
            ("alternate_email", "contact-email"),
        ];
        assert_eq!(fields(&bad), expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
    }
}
