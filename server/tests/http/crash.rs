//! The binary, killed without warning while people reset: what was acknowledged stays, what was not can go on (F1 to
//! F3, and F22 in the small). On SQLite whatever the other tests run on.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use regain_core::method::{Method, MethodSet};
use regain_core::policy::{MethodsRequired, Scope};
use regain_core::secret::Secret;
use regain_directory::Verdict;
use regain_server::ambient::SystemClock;
use regain_server::config::Config;
use regain_server::engine::Engine;
use regain_server::{policy, serve};
use regain_store::{Password, User};
use sqlx::{Connection as _, SqliteConnection};
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::support::smtp::MailServer;
use crate::support::{Browser, PASSWORD};

/// When a server dies, while people reset.
#[derive(Clone, Copy)]
enum Death {
    /// After so many tenths of the time that the last round took whose people were answered.
    Tenths(u32),
    /// As soon as so many of them were answered, in the midst of the others.
    Answered(usize),
}

/// An installation.
struct Place {
    folder: TempDir,
    mails: MailServer,
    address: SocketAddr,
}

impl Place {
    async fn new() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = port.local_addr().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), mails: MailServer::start().await, address }
    }

    fn variables(&self) -> Vec<(&'static str, String)> {
        vec![
            ("REGAIN_DATA_DIR", self.folder.path().display().to_string()),
            ("REGAIN_LISTEN", self.address.to_string()),
            ("REGAIN_SMTP_URL", self.mails.url.clone()),
            ("REGAIN_TRUSTED_PROXIES", "127.0.0.1".to_owned()),
        ]
    }

    fn regain(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_regain"));
        command.args(arguments).env_clear().envs(self.variables()).current_dir(self.folder.path());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    async fn engine(&self) -> Arc<Engine> {
        let variables = self.variables();
        let get = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
        let config = Config::from_sources("", &get).unwrap();
        serve::open(config, false, true, Arc::new(SystemClock::default())).await.unwrap()
    }

    /// Starts the server, which answers when this returns.
    async fn serve(&self) -> Server {
        let mut server = Server(self.regain(&["serve"]).spawn().unwrap());
        for _ in 0..600 {
            assert!(server.0.try_wait().unwrap().is_none(), "the server does not start again");
            if tokio::net::TcpStream::connect(self.address).await.is_ok() {
                return server;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server does not answer");
    }
}

/// A running server, killed when it is dropped.
struct Server(Child);

impl Server {
    fn terminate(&self) {
        let stopped = Command::new("kill").arg("-TERM").arg(self.0.id().to_string()).status().unwrap();
        assert!(stopped.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL: nothing is flushed, nothing is said.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn name(number: usize) -> String {
    format!("person{number:03}@contoso.example")
}

fn new_password(number: usize) -> String {
    format!("violet kettle under {number} moons")
}

/// Everybody, each with one address, under a policy that asks for one method.
async fn fill(place: &Place, people: usize) {
    let engine = place.engine().await;
    let verifier = engine.hasher.hash(&Secret::from(PASSWORD), engine.new_salt()).await.unwrap();
    let mut tx = engine.store.write().await.unwrap();
    let current = policy::current(&mut *tx).await.unwrap();
    let mut changed = current.policy.clone();
    changed.scope = Scope::All;
    changed.methods_required = MethodsRequired::One;
    changed.methods = MethodSet::of(&[Method::Email]);
    changed.unlock_allowed = false;
    policy::save(&mut *tx, &current, &changed, engine.new_id(), engine.now()).await.unwrap();
    for number in 0..people {
        let (upn, id) = (name(number), engine.new_id());
        let user = User {
            id,
            upn_key: upn.clone(),
            display_name: upn.clone(),
            name_key: upn.clone(),
            given_name: String::new(),
            surname: String::new(),
            surname_key: String::new(),
            mail: None,
            mobile_phone: None,
            office_phone: None,
            alternate_email: Some(format!("person{number:03}@mail.example")),
            directory: "local".to_owned(),
            locale: None,
            blocked: false,
            created_at: engine.now(),
            registered_at: None,
            confirmed_at: None,
            upn,
        };
        tx.add_user(&user).await.unwrap();
        let (verifier, set_at) = (verifier.clone(), engine.now());
        let password = Password { user_id: id, verifier, temporary: false, imported: false, set_at };
        tx.set_password(&password).await.unwrap();
    }
    tx.commit().await.unwrap();
    engine.store.close().await;
}

/// Walks somebody to the page for the new password.
async fn walk(mut browser: Browser, mails: MailServer, number: usize) -> (usize, Browser) {
    browser.address = format!("198.18.{number}.1");
    let token = browser.get("/reset").await.input("captcha");
    let answers: serde_json::Value =
        serde_json::from_str(&browser.get(&format!("/test/captcha?token={token}")).await.body).unwrap();
    let characters = answers["picture"].as_str().unwrap();
    let username = name(number);
    let fields = [("username", username.as_str()), ("captcha", &token), ("characters", characters)];
    browser.post("/reset", &fields).await.assert_shows("How should we check it’s you?");
    browser.post("/reset/method", &[("method", "email")]).await.assert_shows("Enter your verification code");
    let code = code(&mails, number).await;
    browser.post("/reset/verify", &[("code", &code)]).await.assert_shows("Choose a new password");
    (number, browser)
}

/// The code that was mailed to somebody.
async fn code(mails: &MailServer, number: usize) -> String {
    let address = format!("person{number:03}@mail.example");
    for _ in 0..600 {
        let mail = mails.mails().into_iter().rfind(|mail| mail.to.contains(&address));
        let body = mail.and_then(|mail| mail.data.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()));
        let mut words = body.iter().flat_map(|body| body.split(|c: char| !c.is_alphanumeric()));
        if let Some(code) = words.find(|word| word.len() == 8 && word.parse::<u32>().is_ok()) {
            return code.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no mail for {address}");
}

/// Everybody of a round, walked to the last page.
async fn ready(place: &Place, people: std::ops::Range<usize>) -> Vec<(usize, Browser)> {
    let mut walks = JoinSet::new();
    for number in people {
        walks.spawn(walk(Browser::at(place.address), place.mails.clone(), number));
    }
    walks.join_all().await
}

async fn finish(browser: &mut Browser, number: usize) -> String {
    let password = new_password(number);
    let fields = [("new_password", password.as_str()), ("confirm_password", &password)];
    browser.post_raw("/reset/password", &fields).await.location().to_owned()
}

#[tokio::test]
async fn f1_f2_f3_a_killed_server_keeps_every_acknowledged_reset() {
    // All of them together cover a new password from its arrival to its answer, however fast the machine is.
    let deaths: Vec<_> = [Death::Answered(4)].into_iter().chain((0..15).map(Death::Tenths)).collect();
    die(4, &deaths).await;
}

#[tokio::test]
async fn f22_a_server_killed_under_32_writers_keeps_every_acknowledged_reset() {
    die(32, &[1, 4, 12, 24].map(Death::Answered)).await;
}

/// One server after another dies, each while so many people reset.
async fn die(at_once: usize, deaths: &[Death]) {
    let place = Place::new().await;
    let all = at_once * deaths.len();
    fill(&place, all).await;
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let mut again: Vec<(usize, Browser)> = Vec::new();
    let mut takes = Duration::ZERO;
    for (round, death) in deaths.iter().enumerate() {
        let server = place.serve().await;
        // Who got no answer before sends the same once more, and hears that it is done, then or now.
        for (number, mut browser) in again.drain(..) {
            assert_eq!(finish(&mut browser, number).await, "/reset/done", "person {number}");
        }
        let first = round * at_once;
        let people = ready(&place, first..first + at_once).await;
        let before = acknowledged.lock().unwrap().len();
        let mut posts = JoinSet::new();
        for (number, mut browser) in people.clone() {
            let acknowledged = Arc::clone(&acknowledged);
            posts.spawn(async move {
                if finish(&mut browser, number).await == "/reset/done" {
                    acknowledged.lock().unwrap().push(number);
                }
            });
        }
        match death {
            Death::Tenths(some) => {
                let all = async { while posts.join_next().await.is_some() {} };
                let _ = tokio::time::timeout(takes * *some / 10, all).await;
            }
            Death::Answered(some) => {
                let begun = tokio::time::Instant::now();
                while acknowledged.lock().unwrap().len() < before + some && posts.join_next().await.is_some()
                {
                }
                takes = begun.elapsed();
            }
        }
        // Nobody listens any more, and the requests are still under way there.
        posts.abort_all();
        drop(server);
        let known = acknowledged.lock().unwrap().clone();
        again = people.into_iter().filter(|(number, _)| !known.contains(number)).collect();
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    assert!(!acknowledged.is_empty(), "the server always died too early");
    let unanswered: Vec<_> = again.iter().map(|(number, _)| *number).collect();
    assert_whole(&place, all, &acknowledged, &unanswered).await;
}

/// Everybody has exactly one password, the new one where it was acknowledged, and the records agree.
async fn assert_whole(place: &Place, people: usize, acknowledged: &[usize], unanswered: &[usize]) {
    let engine = place.engine().await;
    let mut new = 0;
    for number in 0..people {
        let mut tx = engine.store.read().await.unwrap();
        let user = tx.user_by_key(&name(number)).await.unwrap().unwrap();
        let stored = tx.password(user.id).await.unwrap().unwrap().verifier;
        drop(tx);
        let opens = async |password: &str| {
            let verdict = engine.hasher.verify(&Secret::from(password), Some(stored.clone())).await.unwrap();
            verdict != Verdict::Wrong
        };
        let changed = opens(&new_password(number)).await;
        new += usize::from(changed);
        assert!(changed || !acknowledged.contains(&number), "person {number}'s reset was lost");
        assert!(changed || unanswered.contains(&number), "person {number} was told that it was done");
        assert!(changed || opens(PASSWORD).await, "person {number} has no password at all");
    }
    let rows = engine.store.read().await.unwrap().audit_chain(0, 100_000).await.unwrap();
    let resets = rows
        .iter()
        .map(|row| &row.record)
        .filter(|record| record.activity == "Reset password (self-service)" && record.result == "success");
    assert_eq!(resets.count(), new, "one record for each new password");
    engine.store.close().await;

    let file = format!("sqlite:{}", place.folder.path().join("regain.db").display());
    let mut connection = SqliteConnection::connect(&file).await.unwrap();
    let integrity: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    assert_eq!(integrity, "ok");
    assert!(sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await.unwrap().is_empty());
    connection.close().await.unwrap();
    assert!(
        place.regain(&["audit", "verify"]).status().unwrap().success(),
        "the audit log's chain is broken"
    );
}

/// What a supervisor or a rolling deployment does: every request that was under way is answered, and soon.
#[tokio::test]
async fn f39_f40_a_stopping_server_cuts_no_request_and_leaves_no_lease() {
    let all = 16;
    let place = Place::new().await;
    fill(&place, all).await;
    let mut server = place.serve().await;
    let people = ready(&place, 0..all).await;
    let mut posts = JoinSet::new();
    for (number, mut browser) in people {
        // Each has its connection and its form: nothing but the form itself is still to be sent.
        let mark = browser.get("/reset/password").await.input("form_mark");
        posts.spawn(async move {
            let password = new_password(number);
            let fields =
                [("new_password", password.as_str()), ("confirm_password", &password), ("form_mark", &mark)];
            (number, browser.post_raw("/reset/password", &fields).await.location().to_owned())
        });
    }
    // The passwords are being hashed, and most of them wait for their turn.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let began = tokio::time::Instant::now();
    server.terminate();
    let ended = tokio::time::timeout(Duration::from_secs(25), async {
        loop {
            if let Some(status) = server.0.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    assert!(ended.await.expect("within 25 seconds").success(), "{:?}", began.elapsed());
    let answers = posts.join_all().await;
    let acknowledged: Vec<_> = answers.iter().map(|(number, _)| *number).collect();
    assert!(answers.iter().all(|(_, location)| location == "/reset/done"), "{answers:?}");
    assert_whole(&place, all, &acknowledged, &[]).await;
    let file = format!("sqlite:{}", place.folder.path().join("regain.db").display());
    let mut connection = SqliteConnection::connect(&file).await.unwrap();
    let leases = "SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL AND parked_at IS NULL AND claimed_until IS NOT NULL";
    let leases: i64 = sqlx::query_scalar(leases).fetch_one(&mut connection).await.unwrap();
    assert_eq!(leases, 0);
}
