//! What a flow was in truth, under its support code, though its pages tell nothing (T2, ruling 3).

use regain_core::policy::Scope;
use regain_store::AuditRecord;

use super::walk::{Walk, alice, open};
use crate::support::TestApp;

async fn records(app: &TestApp) -> Vec<AuditRecord> {
    let rows = app.engine.store.read().await.unwrap().audit_chain(0, 10_000).await.unwrap();
    rows.into_iter().map(|row| row.record).collect()
}

/// The rows of one walk: a method is chosen and a wrong code typed, twice, and the flow is left.
async fn walked(app: &TestApp, name: &str) -> Vec<AuditRecord> {
    let before = records(app).await.len();
    let (mut walk, _) = Walk::to_methods(app, name).await;
    walk.choose("email").await.assert_shows("is on its way");
    walk.enter("12345678").await.assert_shows("That code is not right");
    walk.enter("87654321").await;
    walk.browser.post("/reset/cancel", &[]).await;
    records(app).await.split_off(before)
}

fn size(record: &AuditRecord) -> usize {
    let AuditRecord { service, category, activity, result, reason, target_kind, .. } = record;
    let fixed = [service, category, activity, result, target_kind].map(String::len).iter().sum::<usize>();
    fixed + record.target_id.len() + record.target_name.len() + reason.len() + record.details.len()
}

#[tokio::test]
async fn t2_a_decoy_leaves_rows_like_anybody_and_says_in_them_what_it_is() {
    let app = open().await;
    alice(&app).await;
    app.run_jobs().await;
    let (real, decoy) =
        (walked(&app, "alice@contoso.example").await, walked(&app, "ghost@contoso.example").await);
    assert!(real.len() > 4);
    let sizes = |rows: &[AuditRecord]| rows.iter().map(size).collect::<Vec<_>>();
    assert_eq!(sizes(&real), sizes(&decoy), "as many, and as long");
    assert!(real.iter().any(|row| row.result == "success" && row.reason.contains("started the email")));
    for row in &decoy {
        assert_eq!(row.result, "failure", "{}", row.reason);
        assert!(row.reason.contains("there is no such account"), "{}", row.reason);
    }
    assert!(decoy[2].reason.starts_with("Only in appearance: User started the email"), "{}", decoy[2].reason);
    for row in real.iter().chain(&decoy) {
        assert!(serde_json::from_str::<serde_json::Value>(&row.details).unwrap().is_object());
    }
}

#[tokio::test]
async fn t2_who_may_not_reset_leaves_the_exact_reason_at_every_step() {
    let app = open().await;
    alice(&app).await;
    app.run_jobs().await;
    app.set_policy(|policy| policy.scope = Scope::None).await;
    let rows = walked(&app, "alice@contoso.example").await;
    assert!(rows.iter().all(|row| row.result == "failure" && row.reason.contains("SSPR_0009")), "{rows:?}");
    let mut hal = crate::policy::signed_in(&app, "hal", "helpdesk_administrator").await;
    let code = &rows[0].correlation;
    let story = hal.get(&format!("/admin/support-code?code={code}")).await;
    story.assert_shows("Only in appearance: User started the email verification option");
    story.assert_shows("password reset is switched off for this user");
}

/// The fifth wrong answer: the row of the lock names whom it was about, and says of a decoy that nothing was locked.
#[tokio::test]
async fn t12_the_lock_of_a_decoy_is_written_down_like_anybodys_and_says_what_it_is() {
    let app = open().await;
    alice(&app).await;
    let mut locks = Vec::new();
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        super::limits::lock(&app, name).await;
        let all = records(&app).await;
        let of_it = |row: &AuditRecord| row.activity == "Blocked from self-service password reset";
        locks.push(all.into_iter().rfind(of_it).unwrap());
    }
    let [real, decoy] = &locks[..] else { panic!("{locks:?}") };
    assert_eq!((real.result.as_str(), real.target_name.as_str()), ("success", "alice@contoso.example"));
    assert_eq!((decoy.result.as_str(), decoy.target_name.as_str()), ("failure", "ghost@contoso.example"));
    let told = format!("Only in appearance: {}. Failed: there is no such account", real.reason);
    assert_eq!(decoy.reason, told);
    assert_eq!(size(real), size(decoy), "as long");
}

#[tokio::test]
async fn t5_a_number_that_is_not_the_persons_is_written_down_as_what_it_is() {
    let app = open().await;
    alice(&app).await;
    let mut all = Vec::new();
    for number in ["+14255550100", "+14255550101"] {
        let before = records(&app).await.len();
        let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
        walk.choose("mobile_phone").await;
        walk.type_number(number).await.assert_shows("is on its way");
        walk.enter("123456").await.assert_shows("That code is not right");
        walk.browser.post("/reset/cancel", &[]).await;
        all.push(records(&app).await.split_off(before));
        app.advance(std::time::Duration::from_mins(2));
    }
    let (right, wrong) = (&all[0], &all[1]);
    assert_eq!(right.iter().map(size).collect::<Vec<_>>(), wrong.iter().map(size).collect::<Vec<_>>());
    let told: Vec<_> = wrong.iter().map(|row| (row.result.as_str(), row.reason.as_str())).collect();
    assert!(told.contains(&("failure", "User failed the phone number validation")), "{told:?}");
    assert!(told.iter().any(|row| row.1.contains("the number that was typed is not theirs")), "{told:?}");
    assert!(
        !told.iter().any(|row| row.0 == "success" && row.1.contains("started the mobile SMS")),
        "{told:?}"
    );
    assert!(right.iter().any(|row| row.result == "success" && row.reason.contains("started the mobile SMS")));
}
