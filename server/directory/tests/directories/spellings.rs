//! Passwords and names in any letters arrive as they were typed.

use regain_core::secret::Secret;
use regain_directory::{BindVerdict, Failure, Found, Refusal, SetOptions};

use crate::accounts::State;
use crate::dialect::Dialect;
use crate::house::{House, find};
use crate::judges::{self, Verdict};

/// Each has what the policies want.
const PASSWORDS: [&str; 7] = [
    "Aa1-Пароль-новый",
    "Aa1 \u{1f600}\u{1f680} rocket",
    "Aa1-quote\"s and \\ back",
    " Aa1 spaces around ",
    "Aa1-é-e\u{301}-composed",
    "Aa1*)(uid=*))(|(cn=*",
    "Aa1-%00-\u{202e}-<&>",
];

each! {
    passwords_in_any_letters_arrive
    control_characters_never_leave
    no_password_is_no_question
    odd_names_find_nobody
}

async fn passwords_in_any_letters_arrive(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let session = house.session().await;
    for password in PASSWORDS {
        let account = house.account(State::Ordinary);
        let person = find(&session, &account).await;
        let reset = session.set_password(&person, &password.into(), SetOptions::default()).await;
        assert!(reset.is_ok(), "{password:?}: {reset:?}");
        judges::bind(&house.server, &account, password, Verdict::Right);
        let verdict = house.directory().check_password(&account.dn, &password.into()).await;
        assert_eq!(verdict, Ok(BindVerdict::Right), "{password:?}");
        let shorter: String = password.chars().skip(1).collect();
        judges::bind(&house.server, &account, &shorter, Verdict::Wrong);
    }
}

async fn control_characters_never_leave(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let account = house.account(State::Ordinary);
    let session = house.session().await;
    let person = find(&session, &account).await;
    for password in ["Fresh#\0Harbour27", "Fresh#\nHarbour27", "Fresh#Harbour27\u{7f}"] {
        let reset = session.set_password(&person, &password.into(), SetOptions::default()).await;
        assert_eq!(reset, Err(Failure::Refused(Refusal::Unfit)), "{password:?}");
    }
    judges::kept(&house.server, &account, "Fresh#");
}

/// To a server a bind without a password is an anonymous one.
async fn no_password_is_no_question(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let account = house.account(State::Ordinary);
    for password in ["", "\0", "Begin#Passw0rd\0"] {
        let verdict = house.directory().check_password(&account.dn, &Secret::from(password)).await;
        assert_eq!(verdict, Ok(BindVerdict::Wrong), "{password:?}");
    }
    let verdict = house.directory().check_password("", &account.password.as_str().into()).await;
    assert_eq!(verdict, Ok(BindVerdict::Wrong));
}

async fn odd_names_find_nobody(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let session = house.session().await;
    for name in [
        "*",
        "a*",
        "alice)(uid=*",
        "\\2a",
        "",
        " ",
        "\0",
        "alice\0",
        "ali\u{301}ce",
        "cn=root,dc=example,dc=test",
    ] {
        assert_eq!(session.find(name).await, Ok(Found::None), "{name:?}");
    }
    assert!(matches!(session.find("alice").await, Ok(Found::One(_))));
    assert!(matches!(session.find("ALICE").await, Ok(Found::One(_))));
}
