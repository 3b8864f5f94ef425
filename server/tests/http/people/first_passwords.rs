//! Ruling 6: a password that somebody else sets or imports skips the profile, and has a floor at every door.

use regain_core::account::PersonNames;
use regain_core::secret::Secret;
use regain_server::people::{Actor, Refusal};

use super::{USERS, act_and_see};
use crate::policy::admin;
use crate::support::TestApp;

/// Too short, common, or the person's name, with what a page says of each.
const REFUSED: [(&str, &str); 7] = [
    ("Kx7-qwz", "Use 8 or more characters"),
    ("password", "common"),
    ("P@ssw0rd", "common"),
    ("qwertyuiop", "common"),
    ("myPassword1234", "common"),
    ("Berzina-2026", "name"),
    ("ana.berzina", "name"),
];
/// What the profile would refuse, and the floor does not.
const TAKEN: &str = "Kx7-qwzt";

#[tokio::test]
async fn ruling_6_a_new_user_and_a_set_password_in_the_portal_have_a_floor() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let mut known = app.add_user("ana.berzina").await;
    known.surname = "Berzina".to_owned();
    app.save(&known).await;
    for (password, problem) in REFUSED {
        let fields = [
            ("user_principal_name", "ana.berzina@other.example"),
            ("display_name", "Ana Berzina"),
            ("last_name", "Berzina"),
            ("initial_password", password),
        ];
        let page = browser.post(&format!("{USERS}/new"), &fields).await;
        page.assert_shows("There is a problem").assert_shows(problem);
        assert!(!page.body.contains(&format!("value=\"{password}\"")), "it is not shown again");
        let page =
            act_and_see(&mut browser, &known, "set-password", &[("temporary_password", password)]).await;
        page.assert_shows("There is a problem").assert_shows(problem);
    }
    assert!(crate::reset::walk::opens(&app, &known, crate::support::PASSWORD).await, "the old one stays");
    let fields = [
        ("user_principal_name", "ana.berzina@other.example"),
        ("display_name", "Ana Berzina"),
        ("initial_password", TAKEN),
    ];
    browser.post(&format!("{USERS}/new"), &fields).await.assert_hides("There is a problem");
    act_and_see(&mut browser, &known, "set-password", &[("temporary_password", TAKEN)])
        .await
        .assert_hides("There is a problem");
    assert!(crate::reset::walk::opens(&app, &known, TAKEN).await);
}

/// `user add` and `user set-password` call these two.
#[tokio::test]
async fn ruling_6_the_command_line_has_the_same_floor() {
    let app = TestApp::start().await;
    let known = app.add_user("ana.berzina").await;
    let actor = Actor::command_line(&app.engine);
    let names = PersonNames {
        surname: "Berzina".to_owned(),
        upn: "ana.berzina@contoso.example".to_owned(),
        ..PersonNames::default()
    };
    for (password, _) in REFUSED {
        let password = Secret::from(password);
        let added = app.engine.first_password("initial_password", &password, &names).await;
        assert!(matches!(added, Err(Refusal::Problems(_))));
    }
    for password in ["short", "trustno1", "ana.berzina1"] {
        let set = app.engine.set_temporary_password(&actor, known.id, &Secret::from(password)).await;
        assert!(matches!(set, Err(Refusal::Problems(_))), "{password}");
    }
    app.engine.set_temporary_password(&actor, known.id, &Secret::from(TAKEN)).await.unwrap();
}

const HEADERS: &str = "version:v1.0\r\nName [displayName] Required,User name [userPrincipalName] Required,\
    Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,\
    Last name [surname]\r\n";

async fn import(app: &TestApp, rows: &str) -> (usize, Vec<(u64, String)>) {
    let mut refused = Vec::new();
    let actor = Actor::command_line(&app.engine);
    let file = format!("{HEADERS}{rows}");
    let report = app
        .engine
        .import_users(&actor, file.as_bytes(), &mut |line, reason: &str| {
            refused.push((line, reason.to_owned()));
        })
        .await
        .unwrap();
    assert_eq!(report.refused, refused.len());
    (report.done, refused)
}

#[tokio::test]
async fn ruling_6_an_import_has_the_same_floor_and_the_rest_goes_in() {
    let app = TestApp::start().await;
    let rows = "Ana Berzina,ana@contoso.example,short,No,Berzina\r\n\
        Bob,bob@contoso.example,password1,No,\r\n\
        Cy Kalnins,cy@contoso.example,Kalnins-2026,No,Kalnins\r\n\
        Dee,dee@contoso.example,Kx7-qwzt,No,\r\n";
    let (done, refused) = import(&app, rows).await;
    assert_eq!(done, 1);
    let lines: Vec<u64> = refused.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 4, 5]);
    assert!(refused.iter().all(|(_, reason)| reason.starts_with("[passwordProfile]")), "{refused:?}");
    let mut browser = app.browser();
    let reply = browser.try_sign_in("dee", "Kx7-qwzt").await;
    assert_eq!(reply.location(), "/security-info/change-password", "and has to change it");
    browser.get("/security-info/change-password").await.assert_shows("Somebody else set your password");
}

/// In a spreadsheet nobody sees a blank at either end, and nobody types it; between words it is part of the password.
#[tokio::test]
async fn an_import_refuses_a_blank_around_a_password() {
    let app = TestApp::start().await;
    let rows = "Ana,ana@contoso.example, Kx7-qwzt,No,\r\n\
        Bob,bob@contoso.example,\"Kx7-qwzt \",No,\r\n\
        Cy,cy@contoso.example,Kx7-qwzt\u{A0},No,\r\n\
        Dee,dee@contoso.example,Kx7 qwzt 9,No,\r\n";
    let (done, refused) = import(&app, rows).await;
    assert_eq!(done, 1);
    assert_eq!(refused.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5]);
    for (_, reason) in &refused {
        assert!(
            reason.starts_with("[passwordProfile] A blank stands before or after the password"),
            "{reason}"
        );
        assert!(!reason.contains("Kx7"), "no password is told");
    }
    let reply = app.browser().try_sign_in("dee", "Kx7 qwzt 9").await;
    assert_eq!(reply.location(), "/security-info/change-password");
}

/// An office phone comes with its extension, in any spelling; a number that nobody could have is refused by its line.
#[tokio::test]
async fn an_import_keeps_extensions() {
    let app = TestApp::start().await;
    let file = "version:v1.0\r\nName [displayName] Required,User name [userPrincipalName] Required,\
        Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required,\
        Office phone [telephoneNumber],Mobile phone [mobile]\r\n\
        Ana,ana@contoso.example,Kx7-qwzt,No,+44 (0)20 7946 0123 x12,+٣٧١ ٢٠٠٠٠٠٠١\r\n\
        Bob,bob@contoso.example,Kx7-qwzt,No,,+371 2000000\r\n";
    let mut refused = Vec::new();
    let actor = Actor::command_line(&app.engine);
    let mut note = |line, reason: &str| refused.push((line, reason.to_owned()));
    let report = app.engine.import_users(&actor, file.as_bytes(), &mut note).await.unwrap();
    assert_eq!((report.done, refused.len(), refused[0].0), (1, 1, 4), "{refused:?}");
    let mut tx = app.engine.store.read().await.unwrap();
    let ana = tx.user_by_key("ana@contoso.example").await.unwrap().unwrap();
    assert_eq!(ana.office_phone.as_deref(), Some("+44 2079460123 x12"));
    assert_eq!(ana.mobile_phone.as_deref(), Some("+371 20000001"));
}

/// Whatever language its words are in, the example row of a template has one password.
#[tokio::test]
async fn the_example_row_of_a_template_becomes_no_account() {
    let app = TestApp::start().await;
    let rows = "Example: Chris Green,chris@contoso.com,myPassword1234,No,\r\n\
        Beispiel: Karin Blum,karin@contoso.com,myPassword1234,Nein,\r\n\
        Dee,dee@contoso.example,Kx7-qwzt,No,\r\n";
    let (done, refused) = import(&app, rows).await;
    assert_eq!(done, 1);
    assert_eq!(refused.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4]);
    assert!(refused.iter().all(|(_, reason)| reason.contains("example row of the template")), "{refused:?}");
    let mut tx = app.engine.store.read().await.unwrap();
    for name in ["chris@contoso.com", "karin@contoso.com"] {
        assert!(tx.user_by_key(name).await.unwrap().is_none(), "{name}");
    }
}
