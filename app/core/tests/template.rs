//! Texts of messages that an administrator edits: what is refused, and what holds for everything that is not (T131).
#![allow(clippy::unwrap_used, reason = "a test may: the failure is its message")]

use proptest::prelude::*;
use regain_core::gsm7::measure;
use regain_core::template::{
    Audience, Edited, Fault, KINDS, Kind, Surroundings, Template, Way, check, code_runs, domain_line,
    fit_text_message, spread_digits,
};

const AROUND: Surroundings<'_> = Surroundings { organization: "Contoso", host: "id.contoso.example" };

fn refused(kind: &str, subject: &str, text: &str) -> Vec<String> {
    let kind = Kind::named(kind).expect("a kind of message");
    match check(kind, &Edited::clean(kind, subject, text), AROUND) {
        Ok(()) => Vec::new(),
        Err(problems) => {
            problems.into_iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect()
        }
    }
}

#[test]
fn kinds_have_names_of_their_own() {
    for kind in KINDS {
        assert_eq!(Kind::named(kind.name), Some(kind));
        assert!(kind.placeholders.contains(&"organization"), "{}", kind.name);
    }
}

#[test]
fn what_was_done_to_an_account_can_be_reported_and_nothing_else() {
    let can: Vec<_> = KINDS.iter().filter(|kind| kind.reportable()).collect();
    assert_eq!(can.len(), 13, "a kind that is meant is spelled wrong");
    for kind in can {
        assert_eq!((kind.way, kind.audience()), (Way::Mail, Audience::Person), "{}", kind.name);
        assert!(!kind.holds_code(), "{}", kind.name);
    }
}

#[test]
fn t131_a_template_is_names_and_nothing_else() {
    let names = &["code", "name"];
    for (text, fault) in [
        ("{code", Fault::Unclosed),
        ("{co\nde}", Fault::Unclosed),
        ("{{code}}", Fault::Unclosed),
        ("{code}}", Fault::Stray),
        ("}", Fault::Stray),
        ("{ code }", Fault::Unknown(" code ".to_owned())),
        ("{$code}", Fault::Unknown("$code".to_owned())),
        ("{CODE}", Fault::Unknown("CODE".to_owned())),
        ("{name.len()}", Fault::Unknown("name.len()".to_owned())),
        ("{}", Fault::Unknown(String::new())),
        ("{if code}x{end}", Fault::Unknown("if code".to_owned())),
    ] {
        assert_eq!(Template::parse(text, names), Err(fault), "{text}");
    }
}

#[test]
fn each_bad_text_is_told_at_its_field() {
    let mail = |subject: &str, text: &str| refused("reset-code", subject, text);
    assert!(mail("Your code", "It is\n\n{code}").is_empty());
    assert_eq!(mail("", "{code}"), ["subject: template-empty"]);
    assert_eq!(mail("Code\r\nBcc: x@evil.example", "{code}"), ["subject: template-lines"]);
    assert_eq!(mail("Code\n", "{code}"), ["subject: template-lines"]);
    assert_eq!(mail(&"s".repeat(121), "{code}"), ["subject: template-too-long"]);
    assert_eq!(mail("s", &format!("{{code}}{}", "t".repeat(2_000))), ["text: template-too-long"]);
    assert_eq!(mail("s", "no code"), ["text: template-code-missing"]);
    assert_eq!(mail("s", "{code} and {code}"), ["text: template-code-twice"]);
    assert_eq!(mail("s", "{code} or 123456"), ["text: template-digits"]);
    assert_eq!(mail("12345678", "{code}"), ["subject: template-digits"]);
    assert_eq!(mail("s", "1{code}"), ["text: template-touches"]);
    assert_eq!(mail("s", "{minutes}{code}"), ["text: template-touches"]);
    assert_eq!(mail("s", "{code} https://evil.example"), ["text: template-link"]);
    assert_eq!(mail("s", "{code} WWW.evil.example"), ["text: template-link"]);
    assert_eq!(mail("s", "{code} a\u{202E}b"), ["text: template-invisible"]);
    assert_eq!(mail("s", "{password}"), ["text: template-unknown"]);
    assert_eq!(mail("{password}", "{code"), ["subject: template-unknown", "text: template-unclosed"]);
    assert_eq!(refused("reset-code-voice", "", "Your code is {code}."), ["text: template-unknown"]);
    assert!(refused("notice-call-denied", "s", "Call +371 60000000 or {helpdesk}.").is_empty());
}

#[test]
fn a_text_message_is_one_segment() {
    let text = |text: &str| refused("reset-code-sms", "", text);
    // 160 less the last line, less the code.
    let room = 160 - domain_line(AROUND.host, "123456").len() - "123456 ".len();
    assert!(text(&format!("{{code}} {}", "a".repeat(room))).is_empty());
    assert_eq!(text(&format!("{{code}} {}", "a".repeat(room + 1))), ["text: template-text-long"]);
    assert_eq!(text(&format!("{{code}} ż{}", "a".repeat(40))), ["text: template-text-alphabet"]);
    assert!(text("{code} ż").is_empty());
    assert_eq!(text("{code}\n@evil.example #111"), ["text: template-lines"]);
}

#[test]
fn line_ends_are_one_kind_and_blanks_at_the_ends_go() {
    let kind = Kind::named("reset-code").unwrap();
    let edited = Edited::clean(kind, "  Code ", "\r\n a  \r\nb\r\rc \n\n");
    assert_eq!((edited.subject.as_str(), edited.text.as_str()), ("Code", "a\nb\n\nc"));
}

/// What an administrator might type into a message with a code: mostly acceptable, now and then not.
fn typed() -> impl Strategy<Value = String> {
    let piece = || {
        prop_oneof![
            20 => "[a-zé€ ][a-z0-9 .,]{0,7}[a-z.,]",
            4 => Just(" {minutes} ".to_owned()),
            4 => Just(" {organization}, ".to_owned()),
            1 => "[0-9{}]{1,3}",
            1 => Just("{code}".to_owned()),
        ]
    };
    let pieces = move || prop::collection::vec(piece(), 0..5).prop_map(|pieces| pieces.concat());
    (pieces(), pieces()).prop_map(|(before, after)| format!("{before}{{code}}{after}"))
}

proptest! {
    #[test]
    fn reading_a_text_never_fails_badly(text in "\\PC*", subject in "\\PC*") {
        for kind in KINDS {
            let edited = Edited::clean(kind, &subject, &text);
            if check(kind, &edited, AROUND).is_ok() {
                prop_assert!(edited.parse(kind).is_ok());
            }
        }
    }

    #[test]
    fn words_come_out_as_they_went_in(text in "[^{}]*", value in "\\PC*") {
        let kind = Kind::named("reset-code").unwrap();
        let plain = Template::parse(&text, kind.placeholders).unwrap();
        prop_assert_eq!(plain.fill(|_| String::new()), text.clone());
        // A value is never read as a template.
        let with_value = Template::parse(&format!("{text}{{name}}{text}"), kind.placeholders).unwrap();
        prop_assert_eq!(with_value.fill(|_| value.clone()), format!("{text}{value}{text}"));
    }

    #[test]
    fn a_code_is_its_messages_only_run_of_so_many_digits(
        text in typed(), code in "[0-9]{8}", other in "[a-z0-9 ]{0,20}"
    ) {
        let kind = Kind::named("reset-code").unwrap();
        let edited = Edited::clean(kind, "Subject", &text);
        prop_assume!(check(kind, &edited, AROUND).is_ok());
        let (_, template) = edited.parse(kind).unwrap();
        let other = spread_digits(&other);
        let filled = template.fill(|name| if name == "code" { code.clone() } else { other.clone() });
        prop_assert_eq!(code_runs(&filled).collect::<Vec<_>>(), [code.as_str()], "{}", filled);
    }

    #[test]
    fn spreading_keeps_every_character_and_leaves_no_code(value in "[a-z0-9-]{0,30}") {
        let spread = spread_digits(&value);
        prop_assert_eq!(spread.replace(' ', ""), value);
        prop_assert_eq!(code_runs(&spread).count(), 0);
    }

    #[test]
    fn what_is_accepted_is_sent_in_one_segment(text in typed(), name in "[A-Za-zŠé ]{1,100}") {
        let kind = Kind::named("reset-code-sms").unwrap();
        let edited = Edited::clean(kind, "", &text);
        let around = Surroundings { organization: &name, ..AROUND };
        prop_assume!(check(kind, &edited, around).is_ok());
        let (_, template) = edited.parse(kind).unwrap();
        let value = |asked: &str| match asked {
            "code" => "123456".to_owned(),
            "minutes" => "9".to_owned(),
            _ => name.clone(),
        };
        let sent = fit_text_message(&template, value, &domain_line(AROUND.host, "123456"));
        prop_assert_eq!(measure(&sent).segments, 1, "{}", sent);
        prop_assert!(sent.ends_with("\n\n@id.contoso.example #123456"));
    }
}
