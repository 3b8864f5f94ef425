//! Hardware tokens: uploaded in the portal, activated, used, removed.

mod activate;
mod upload;
mod used;

use std::time::Duration;

use regain_store::{HardwareToken, User};

use crate::policy::signed_in;
use crate::support::{Browser, Reply, TestApp};

const PATH: &str = "/admin/hardware-tokens";
const UPLOAD: &str = "/admin/hardware-tokens/upload";
const HEAD: &str = "upn,serial number,secret key,time interval,manufacturer,model";
/// Twenty bytes in Base32.
pub(crate) const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const SEED: &[u8] = b"12345678901234567890";

async fn manager(app: &TestApp) -> Browser {
    signed_in(app, "manager", "authentication_administrator").await
}

/// Sends a file from the page's form and follows.
async fn send(browser: &mut Browser, file: &[u8]) -> Reply {
    let reply = send_raw(browser, file).await;
    browser.follow(reply).await
}

async fn send_raw(browser: &mut Browser, file: &[u8]) -> Reply {
    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tokens.csv\"\r\n\
        Content-Type: text/csv\r\n\r\n"
        .to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    browser.post_bytes(UPLOAD, body, &headers).await
}

/// Uploads one token for a user.
pub(crate) async fn upload_one(browser: &mut Browser, name: &str, serial: &str, interval: u16) {
    let file = format!("{HEAD}\r\n{name}@contoso.example,{serial},{SECRET},{interval},Contoso,Key\r\n");
    send(browser, file.as_bytes()).await.assert_shows("1 token was uploaded.");
}

pub(crate) async fn tokens_of(app: &TestApp, user: &User) -> Vec<HardwareToken> {
    app.engine.store.read().await.unwrap().tokens_of(user.id).await.unwrap()
}

/// The code that a token shows now by a clock that is `ahead` of ours.
pub(crate) fn code(app: &TestApp, period: u16, ahead: i64) -> String {
    let totp = totp_rs::Builder::new()
        .with_algorithm(totp_rs::Algorithm::SHA1)
        .with_step_duration(u64::from(period))
        .with_secret(SEED.to_vec())
        .build()
        .unwrap();
    totp.generate(u64::try_from(app.now().seconds() + ahead).unwrap()).to_string()
}

/// Moves the clock to the beginning of a minute, so that no step ends while a test types.
fn on_the_minute(app: &TestApp) {
    let into = u64::try_from(app.now().seconds().rem_euclid(60)).unwrap();
    app.advance(Duration::from_secs(60 - into));
}

async fn activate(browser: &mut Browser, token: &HardwareToken, code: &str) -> Reply {
    let id = token.id.to_string();
    browser.post("/admin/hardware-tokens/activate", &[("id", &id), ("code", code)]).await
}

/// Uploads a token for somebody and activates it, on the minute.
pub(crate) async fn give(app: &TestApp, browser: &mut Browser, user: &User, period: u16) -> HardwareToken {
    let name = user.upn.split('@').next().unwrap();
    upload_one(browser, name, &format!("{name}-1"), period).await;
    let token = tokens_of(app, user).await.remove(0);
    on_the_minute(app);
    activate(browser, &token, &code(app, period, 0)).await.assert_shows("The token is activated.");
    token
}
