//! Keeping an installation, with the binary itself: one server on one file, copies, keys, checks.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use regain_server::ambient::SystemClock;
use regain_server::config::Config;
use regain_server::engine::Engine;
use regain_server::serve;
use regain_server::upkeep::single::only_server;
use regain_store::{Method, Session, User};
use sqlx::migrate::Migrator;
use sqlx::{Connection as _, SqliteConnection};
use tempfile::TempDir;

use crate::support::smtp::MailServer;

/// A data folder of its own, on SQLite whatever the other tests run on.
struct Place {
    folder: TempDir,
    smtp_url: String,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), smtp_url: String::new() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn variables(&self) -> Vec<(&'static str, String)> {
        let mut variables = vec![
            ("REGAIN_DATA_DIR", self.folder.path().display().to_string()),
            ("REGAIN_LISTEN", "127.0.0.1:0".to_owned()),
            ("REGAIN_PUBLIC_URL", "http://localhost:3000".to_owned()),
        ];
        if !self.smtp_url.is_empty() {
            variables.push(("REGAIN_SMTP_URL", self.smtp_url.clone()));
        }
        variables
    }

    fn config(&self) -> Config {
        let variables = self.variables();
        let get = |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
        Config::from_sources("", &get).unwrap()
    }

    async fn engine(&self) -> Arc<Engine> {
        serve::open(self.config(), false, true, Arc::new(SystemClock::default())).await.unwrap()
    }

    /// Runs the binary here; standard output, standard error, and whether it succeeded.
    async fn regain(&self, arguments: &[&str]) -> (String, String, bool) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_regain"));
        command.args(arguments).env_clear().envs(self.variables()).current_dir(self.folder.path());
        let ran = tokio::task::spawn_blocking(move || command.output()).await.unwrap();
        let Output { stdout, stderr, status } = ran.unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (text(stdout), text(stderr), status.success())
    }

    #[track_caller]
    fn assert_refused((_, stderr, done): &(String, String, bool), reason: &str) {
        assert!(!done && stderr.contains(reason), "{stderr}");
    }
}

async fn add_user(engine: &Engine, name: &str) -> User {
    let upn = format!("{name}@contoso.example");
    let user = User {
        id: engine.new_id(),
        upn_key: upn.clone(),
        upn,
        display_name: name.to_owned(),
        name_key: name.to_owned(),
        given_name: String::new(),
        surname: String::new(),
        surname_key: String::new(),
        mail: None,
        mobile_phone: None,
        office_phone: None,
        alternate_email: None,
        directory: "local".to_owned(),
        locale: None,
        blocked: false,
        created_at: engine.now(),
        registered_at: None,
        confirmed_at: None,
    };
    let mut tx = engine.store.write().await.unwrap();
    tx.add_user(&user).await.unwrap();
    tx.commit().await.unwrap();
    user
}

async fn add_app(engine: &Engine, user: &User) -> (Method, Vec<u8>) {
    let (id, seed) = (engine.new_id(), engine.new_seed());
    let method = Method {
        id,
        user_id: user.id,
        method: "app_code".to_owned(),
        label: String::new(),
        destination: None,
        sealed: Some(engine.seal_seed(id, user.id, &seed)),
        last_step: None,
        created_at: engine.now(),
        last_used_at: None,
        codes_left: None,
    };
    let mut tx = engine.store.write().await.unwrap();
    tx.add_method(&method).await.unwrap();
    tx.commit().await.unwrap();
    (method, seed.expose().to_vec())
}

fn session_of(engine: &Engine, user: &User) -> Session {
    let now = engine.now();
    Session {
        id: engine.new_id(),
        token_hash: vec![1; 32],
        user_id: user.id,
        support_code: "ABCD-EFGH".to_owned(),
        address: String::new(),
        client: String::new(),
        created_at: now,
        seen_at: now,
        expires_at: now.plus(std::time::Duration::from_hours(8)),
        proved_at: None,
        proved_by: None,
        pass_id: None,
        browser: None,
        agreed_at: None,
        agreed_by: None,
    }
}

async fn open_seed(engine: &Engine, user: &User) -> Option<Vec<u8>> {
    let method = engine.store.read().await.unwrap().methods(user.id).await.unwrap().remove(0);
    engine.open_seed(method.id, user.id, &method.sealed.unwrap()).map(|seed| seed.expose().to_vec())
}

#[tokio::test]
async fn f42_a_second_server_on_one_file_is_refused_and_other_commands_are_not() {
    let place = Place::new();
    let engine = place.engine().await;
    let running = only_server(&place.config()).unwrap();
    let second = place.regain(&["serve"]).await;
    Place::assert_refused(&second, "another regain server runs on");
    for refused in [&["key", "rotate"][..], &["restore", "x"], &["clock"]] {
        Place::assert_refused(&place.regain(refused).await, "another regain server runs on");
    }
    add_user(&engine, "ana").await;
    for works in [&["audit", "verify"][..], &["user", "show", "ana@contoso.example"], &["backup", "copy.db"]]
    {
        let (_, stderr, done) = place.regain(works).await;
        assert!(done, "{works:?}: {stderr}");
    }
    drop(running);
    assert!(only_server(&place.config()).is_ok(), "a lock is not left behind");
}

#[tokio::test]
async fn t145_a_rotated_key_opens_what_the_old_one_sealed_and_can_be_run_again() {
    let place = Place::new();
    let engine = place.engine().await;
    let ana = add_user(&engine, "ana").await;
    let (method, seed) = add_app(&engine, &ana).await;
    let old_key = std::fs::read_to_string(place.file("master.key")).unwrap();
    engine.store.close().await;
    let (stdout, stderr, done) = place.regain(&["key", "rotate"]).await;
    assert!(done && stdout.contains("1 seed is sealed"), "{stdout} {stderr}");

    let rotated = place.engine().await;
    let sealed = rotated.store.read().await.unwrap().methods(ana.id).await.unwrap().remove(0).sealed;
    assert_ne!(sealed, method.sealed);
    assert_eq!(open_seed(&rotated, &ana).await, Some(seed.clone()));
    assert_eq!(open_seed(&engine_with_key(&place, &rotated, &old_key), &ana).await, None);
    rotated.store.close().await;

    // The old key alone is not enough any more; both are.
    let both = std::fs::read_to_string(place.file("master.key")).unwrap();
    assert_eq!(both.lines().count(), 2);
    std::fs::write(place.file("master.key"), &old_key).unwrap();
    Place::assert_refused(
        &place.regain(&["audit", "verify"]).await,
        "is not the one this database was made with",
    );
    std::fs::write(place.file("master.key"), &both).unwrap();
    assert!(place.regain(&["key", "rotate"]).await.2);
    assert_eq!(std::fs::read_to_string(place.file("master.key")).unwrap().lines().count(), 3);
    assert_eq!(open_seed(&*place.engine().await, &ana).await, Some(seed));
    assert!(place.regain(&["audit", "verify"]).await.2);
}

/// An engine on the same database that has only this key.
fn engine_with_key(place: &Place, engine: &Engine, key: &str) -> Arc<Engine> {
    let file = place.file("other.key");
    std::fs::copy(place.file("master.key"), &file).unwrap();
    std::fs::write(&file, key).unwrap();
    let keys = regain_server::crypto::Keys::load(&file, false, &*engine.entropy).unwrap();
    Engine::new(
        place.config(),
        engine.store.clone(),
        keys,
        engine.clock.clone(),
        engine.entropy.clone(),
        false,
    )
}

#[tokio::test]
async fn an_interrupted_rotation_is_finished_with_the_same_key() {
    let place = Place::new();
    let engine = place.engine().await;
    let ana = add_user(&engine, "ana").await;
    let (_, seed) = add_app(&engine, &ana).await;
    engine.store.close().await;
    // The key came, and the process died before anything was sealed with it.
    regain_server::crypto::add_key(&place.file("master.key"), &*engine.entropy).unwrap();
    let between = place.engine().await;
    assert_eq!(open_seed(&between, &ana).await, Some(seed.clone()));
    between.store.close().await;
    assert!(place.regain(&["key", "rotate"]).await.2);
    assert_eq!(std::fs::read_to_string(place.file("master.key")).unwrap().lines().count(), 2);
    assert_eq!(open_seed(&*place.engine().await, &ana).await, Some(seed));
}

#[tokio::test]
async fn f44_without_its_key_a_database_is_left_alone() {
    let place = Place::new();
    place.engine().await.store.close().await;
    let key = place.file("master.key");
    std::fs::remove_file(&key).unwrap();
    for command in [&["serve"][..], &["migrate"], &["key", "rotate"], &["audit", "verify"]] {
        Place::assert_refused(
            &place.regain(command).await,
            "is missing, and this database cannot be read without it",
        );
        assert!(!key.exists(), "no new key comes silently");
    }
    // A new one that somebody makes is another one.
    assert!(place.regain(&["key", "new"]).await.2);
    Place::assert_refused(&place.regain(&["serve"]).await, "is not the one this database was made with");
    Place::assert_refused(&place.regain(&["key", "new"]).await, "cannot make the key file");
}

#[tokio::test]
async fn f43_a_restored_copy_has_the_data_and_no_open_doors() {
    let place = Place::new();
    let engine = place.engine().await;
    let ana = add_user(&engine, "ana").await;
    let (_, seed) = add_app(&engine, &ana).await;
    let (now, session) = (engine.now(), session_of(&engine, &ana));
    let mut tx = engine.store.write().await.unwrap();
    tx.add_session(&session).await.unwrap();
    tx.commit().await.unwrap();
    assert!(place.regain(&["backup", "copy.db"]).await.2);
    Place::assert_refused(&place.regain(&["backup", "copy.db"]).await, "cannot make");
    let after_backup = add_user(&engine, "bob").await;
    engine.store.close().await;

    let (stdout, stderr, done) = place.regain(&["restore", "copy.db"]).await;
    assert!(done && stdout.contains("1 session,"), "{stdout} {stderr}");
    assert!(stdout.contains("before-restore-"), "{stdout}");
    let restored = place.engine().await;
    let mut tx = restored.store.read().await.unwrap();
    assert!(tx.user(ana.id).await.unwrap().is_some());
    assert_eq!(tx.user(after_backup.id).await.unwrap(), None);
    assert!(tx.sessions_of(ana.id).await.unwrap().is_empty());
    let step = tx.methods(ana.id).await.unwrap()[0].last_step.unwrap();
    assert!(step >= now.seconds() / 30, "codes shown before the restore are spent");
    drop(tx);
    assert_eq!(open_seed(&restored, &ana).await, Some(seed));
    let (stdout, _, whole) = place.regain(&["audit", "verify"]).await;
    assert!(whole, "{stdout}");
}

#[tokio::test]
async fn f43_what_is_no_backup_of_this_installation_replaces_nothing() {
    let (place, other) = (Place::new(), Place::new());
    let engine = place.engine().await;
    let ana = add_user(&engine, "ana").await;
    engine.store.close().await;
    other.engine().await.store.close().await;
    let stranger = other.file("regain.db").display().to_string();
    std::fs::write(place.file("text"), "no database at all, but long enough to be read as one".repeat(40))
        .unwrap();
    Place::assert_refused(
        &place.regain(&["restore", &stranger]).await,
        "is not the one this database was made with",
    );
    Place::assert_refused(&place.regain(&["restore", "text"]).await, "");
    Place::assert_refused(&place.regain(&["restore", "nowhere"]).await, "there is no file");
    assert!(place.engine().await.store.read().await.unwrap().user(ana.id).await.unwrap().is_some());
    let names: Vec<_> =
        std::fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("restor")), "{names:?}");
}

async fn old_database(file: &Path) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("store/migrations/sqlite");
    let mut migrator = Migrator::new(folder).await.unwrap();
    migrator.migrations.to_mut().truncate(1);
    let url = format!("sqlite:{}?mode=rwc", file.display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    migrator.run(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn an_old_schema_is_copied_before_it_changes() {
    let place = Place::new();
    old_database(&place.file("regain.db")).await;
    Place::assert_refused(&place.regain(&["audit", "verify"]).await, "run: regain migrate");
    let (_, stderr, done) = place.regain(&["migrate"]).await;
    assert!(done, "{stderr}");
    let copies = std::fs::read_dir(place.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let copies = copies.filter(|name| name.to_string_lossy().contains("before-migration-")).count();
    assert_eq!(copies, 1);
    assert!(place.regain(&["migrate"]).await.2, "a second run has nothing to do");
}

#[tokio::test]
async fn an_older_binary_refuses_to_start() {
    let place = Place::new();
    place.engine().await.store.close().await;
    let url = format!("sqlite:{}", place.file("regain.db").display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from the future', TRUE, x'00', 0)",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    for command in [&["serve"][..], &["migrate"], &["audit", "verify"], &["check"]] {
        let (stdout, stderr, done) = place.regain(command).await;
        assert!(!done && (stdout + &stderr).contains("newer version of Regain"), "{command:?}: {stderr}");
    }
}

#[tokio::test]
async fn check_names_what_does_not_work() {
    let mut place = Place::new();
    let (stdout, _, done) = place.regain(&["check"]).await;
    assert!(
        done && stdout.contains("there is none yet") && stdout.contains("no mail server is named"),
        "{stdout}"
    );
    assert!(!place.file("regain.db").exists(), "looking changes nothing");
    place.engine().await.store.close().await;
    let server = MailServer::start().await;
    place.smtp_url = server.url.clone();
    let (stdout, stderr, done) = place.regain(&["check", "--json"]).await;
    assert!(done, "{stdout} {stderr}");
    let parts: Vec<serde_json::Value> = serde_json::from_str(&stdout).unwrap();
    // Nobody can be texted or called yet, and need not.
    let is_well = |part: &serde_json::Value| {
        part["health"] == "ok" || ["gateways", "proxies"].iter().any(|name| part["part"] == *name)
    };
    assert!(parts.iter().all(is_well), "{stdout}");
    place.smtp_url = "smtp://127.0.0.1:9".to_owned();
    let (stdout, _, done) = place.regain(&["check"]).await;
    assert!(!done && stdout.contains("failed mail"), "{stdout}");
    std::fs::remove_file(place.file("master.key")).unwrap();
    let (stdout, _, done) = place.regain(&["check"]).await;
    assert!(!done && stdout.contains("failed key"), "{stdout}");
}

#[tokio::test]
async fn r233_t146_the_log_is_exported_and_verified_from_the_command_line() {
    let place = Place::new();
    let engine = place.engine().await;
    engine.store.close().await;
    assert!(place.regain(&["group", "add", "=cmd|evil"]).await.2);
    let (stdout, _, done) = place.regain(&["audit", "export", "--json"]).await;
    let rows: Vec<serde_json::Value> = serde_json::from_str(&stdout).unwrap();
    assert!(
        done && rows[0]["activity"] == "Add group" && rows[0]["target"]["name"] == "=cmd|evil",
        "{stdout}"
    );
    let (stdout, _, _) = place.regain(&["audit", "export"]).await;
    assert!(stdout.contains("\"'=cmd|evil\""), "{stdout}");
    let (stdout, _, done) = place.regain(&["audit", "verify"]).await;
    assert!(done && stdout.contains("1 row."), "{stdout}");
    let head = stdout.split("Head: ").nth(1).unwrap().trim().to_owned();
    assert!(place.regain(&["audit", "verify", "--head", &head]).await.2);
    let url = format!("sqlite:{}", place.file("regain.db").display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query("DELETE FROM audit").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    Place::assert_refused(
        &place.regain(&["audit", "verify", "--head", &head]).await,
        "row 1 of the audit log",
    );
}

/// The clock was set forward by ten hours, and put right: codes of apps match again, and nothing lives longer by it.
#[tokio::test]
async fn f25_time_that_ran_ahead_is_put_right_by_a_command() {
    let place = Place::new();
    let engine = place.engine().await;
    let ana = add_user(&engine, "ana").await;
    add_app(&engine, &ana).await;
    let app = engine.store.read().await.unwrap().methods(ana.id).await.unwrap().remove(0);
    let ahead = engine.now().plus(std::time::Duration::from_hours(10));
    let mut tx = engine.store.write().await.unwrap();
    tx.add_session(&session_of(&engine, &ana)).await.unwrap();
    assert!(tx.take_step(app.id, ahead.seconds() / 30, ahead).await.unwrap());
    tx.beat(ahead).await.unwrap();
    tx.commit().await.unwrap();
    engine.store.close().await;

    let (stdout, stderr, done) = place.regain(&["clock"]).await;
    assert!(done && stdout.contains("1 session,") && stdout.contains("s ahead"), "{stdout} {stderr}");
    let engine = place.engine().await;
    let mut tx = engine.store.write().await.unwrap();
    assert!(tx.latest_seen().await.unwrap() <= engine.now());
    assert!(tx.sessions_of(ana.id).await.unwrap().is_empty());
    let now = engine.now().seconds() / 30;
    assert!(tx.take_step(app.id, now, engine.now()).await.unwrap(), "the step taken ahead is no obstacle");
    assert!(!tx.take_step(app.id, now, engine.now()).await.unwrap(), "a code works once");
    drop(tx);
    engine.store.close().await;
    let (stdout, _, done) = place.regain(&["clock"]).await;
    assert!(done && stdout.contains("nothing to do"), "{stdout}");
    assert!(place.regain(&["audit", "verify"]).await.2);
}

#[tokio::test]
async fn the_command_line_says_for_how_long_audit_records_are_kept() {
    let place = Place::new();
    place.engine().await.store.close().await;
    let shown = place.regain(&["policy", "show", "--json"]).await;
    let shown: serde_json::Value = serde_json::from_str(&shown.0).unwrap();
    assert_eq!(shown["audit_kept_days"], "365");
    let (stdout, _, done) = place.regain(&["policy", "set", "audit_kept_days", "730"]).await;
    assert!(done && stdout.contains("audit_kept_days: 365 → 730"), "{stdout}");
    for wrong in ["29", "3651", "-1", "a year", ""] {
        let refused = place.regain(&["policy", "set", "audit_kept_days", wrong]).await;
        Place::assert_refused(&refused, "from 30 to 3650");
    }
    let (stdout, _, _) = place.regain(&["audit", "export", "--json"]).await;
    assert!(stdout.contains("audit_kept_days"), "{stdout}");
}
