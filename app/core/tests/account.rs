//! Names to sign in with (T11) and user principal names.

use proptest::prelude::*;
use regain_core::account::{Upn, UpnProblem, Username, UsernameProblem};

fn key(text: &str) -> String {
    Username::parse(text).expect("a valid name").key().to_owned()
}

#[test]
fn t11_all_spellings_of_a_name_have_one_key() {
    for spelling in [
        "alice@contoso.example",
        "  alice@contoso.example\t",
        "ALICE@Contoso.Example",
        "ａｌｉｃｅ＠contoso.example",
        "\u{A0}Alice@contoso.example\u{3000}",
    ] {
        assert_eq!(key(spelling), "alice@contoso.example", "{spelling:?}");
    }
    assert_eq!(key("Ünal@contoso.example"), key("u\u{308}nal@contoso.example"));
    assert_eq!(key("ΟΔΟΣ"), key("οδος"));
    assert_eq!(key("STRASSE"), key("straße"));
}

#[test]
fn t11_look_alikes_are_other_names() {
    assert_ne!(key("al\u{131}ce@contoso.example"), key("alice@contoso.example"), "dot-less i");
    assert_ne!(key("\u{430}lice@contoso.example"), key("alice@contoso.example"), "Cyrillic a");
}

#[test]
fn t11_names_with_invisible_characters_are_refused() {
    for hidden in ["\0", "\u{200B}", "\u{202E}", "\u{FEFF}", "\r\n", "\u{AD}", "\u{E0041}"] {
        let name = format!("ali{hidden}ce@contoso.example");
        assert_eq!(Username::parse(&name), Err(UsernameProblem::Invisible), "{hidden:?}");
    }
}

#[test]
fn empty_and_endless_names_are_refused() {
    assert_eq!(Username::parse(" \u{3000}\t"), Err(UsernameProblem::Empty));
    assert!(Username::parse(&"a".repeat(256)).is_ok());
    assert_eq!(Username::parse(&"a".repeat(257)), Err(UsernameProblem::TooLong));
    assert_eq!(Username::parse(&"\u{FDFA}".repeat(100)), Err(UsernameProblem::TooLong), "18 characters each");
    assert_eq!(Username::parse(&"a".repeat(1_000_000)), Err(UsernameProblem::TooLong));
}

#[test]
fn a_user_principal_name_follows_entras_rules() {
    assert!(Upn::parse("o'neil.j-r_x!#^~9@contoso.example").is_ok());
    let name = "n".repeat(64);
    let domain = format!("{}.example", "d".repeat(40));
    assert_eq!(Upn::parse(&format!("{name}@{domain}")).map(|upn| upn.as_str().len()), Ok(113));
    for (text, problem) in [
        ("", UpnProblem::Empty),
        ("alice", UpnProblem::NotAnAddress),
        ("@contoso.example", UpnProblem::NotAnAddress),
        ("a@b@contoso.example", UpnProblem::NotAnAddress),
        ("alice.@contoso.example", UpnProblem::Dot),
        (".alice@contoso.example", UpnProblem::Dot),
        ("a..b@contoso.example", UpnProblem::Dot),
        ("al ice@contoso.example", UpnProblem::NameCharacter),
        ("alïce@contoso.example", UpnProblem::NameCharacter),
        ("alice@-contoso.example", UpnProblem::Domain),
        ("alice@contoso..example", UpnProblem::Domain),
        ("alice@contoso_example", UpnProblem::Domain),
    ] {
        assert_eq!(Upn::parse(text), Err(problem), "{text}");
    }
    assert_eq!(Upn::parse(&format!("n{name}@contoso.example")), Err(UpnProblem::NameTooLong));
    assert_eq!(Upn::parse(&format!("a@d{domain}")), Err(UpnProblem::DomainTooLong));
}

proptest! {
    #[test]
    fn a_key_is_its_own_key(text in "\\PC{1,80}") {
        if let Ok(name) = Username::parse(&text) {
            let again = Username::parse(name.key());
            prop_assert_eq!(again.map(|again| again.key().to_owned()), Ok(name.key().to_owned()));
        }
    }

    #[test]
    fn a_user_principal_name_is_found_by_any_case(name in "[a-zA-Z0-9._-]{1,20}@[a-z]{1,9}\\.example") {
        if let Ok(upn) = Upn::parse(&name) {
            prop_assert_eq!(upn.key(), key(&name.to_ascii_uppercase()));
            prop_assert_eq!(format!("{}@{}", upn.name(), upn.domain()), name);
        }
    }
}
