//! A server that could write nothing does not start, and says why (F16, item: refused at start).

use std::process::Command;

use regain_server::ambient::SystemClock;
use regain_server::config::Config;
use regain_server::serve;

fn variables(folder: &std::path::Path, query: &str) -> Vec<(&'static str, String)> {
    let file = folder.join("regain.db");
    vec![
        ("REGAIN_DATA_DIR", folder.display().to_string()),
        ("REGAIN_DATABASE_URL", format!("sqlite:{}{query}", file.display())),
        ("REGAIN_KEY_FILE", folder.join("master.key").display().to_string()),
        ("REGAIN_LISTEN", "127.0.0.1:0".to_owned()),
    ]
}

async fn regain(folder: &std::path::Path, query: &str, arguments: &[&str]) -> (String, bool) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_regain"));
    command.args(arguments).env_clear().envs(variables(folder, query)).current_dir(folder);
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    (text, output.status.success())
}

/// A database as an earlier run left it.
async fn made() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let all = variables(folder.path(), "");
    let get = |name: &str| {
        let found = all.iter().find(|(key, _)| *key == name && name != "REGAIN_KEY_FILE");
        found.map(|(_, value)| value.clone())
    };
    let config = Config::from_sources("", &get).unwrap();
    let engine = serve::open(config, false, true, std::sync::Arc::new(SystemClock::default())).await.unwrap();
    engine.store.close().await;
    folder
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_refused_at_start() {
    let folder = made().await;
    // Whoever runs this may be allowed everything; nobody writes into a folder as into a file.
    std::fs::create_dir(folder.path().join("regain.db-wal")).unwrap();
    let (told, done) = regain(folder.path(), "", &["serve"]).await;
    assert!(!done && told.contains("regain.db-wal cannot be written"), "{told}");
}

#[tokio::test]
async fn a_database_that_takes_no_writes_is_refused_at_start_and_named_by_check() {
    let folder = made().await;
    let (told, done) = regain(folder.path(), "?mode=ro", &["serve"]).await;
    assert!(!done && told.contains("it can only be read"), "{told}");
    let (told, done) = regain(folder.path(), "?mode=ro", &["check"]).await;
    assert!(!done && told.contains("it can only be read"), "{told}");
    let (told, done) = regain(folder.path(), "?mode=ro", &["group", "add", "Everybody"]).await;
    assert!(
        !done && told.contains("the database cannot be used at the moment: it can only be read"),
        "{told}"
    );
    let (told, done) = regain(folder.path(), "", &["check"]).await;
    assert!(done && told.contains("takes writes"), "{told}");
}
