//! Behind PgBouncer (Debian's `pgbouncer`), which lends a connection of the database for one transaction at a time.

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};

use regain_store::Store;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection, Row as _};
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::make::{MINUTE, NOW, user};
use crate::scratch::ScratchDatabase;

/// Where Debian puts it; not on the path of everybody.
const PROGRAM: &str = "/usr/sbin/pgbouncer";

/// A pooler with three connections, gone when it is dropped.
struct Pooler {
    process: Child,
    url: String,
    _folder: TempDir,
}

impl Pooler {
    fn start(database: &ScratchDatabase) -> Self {
        let (server, name) = database.url().rsplit_once('/').unwrap();
        let (user, address) = server.trim_start_matches("postgres://").split_once('@').unwrap();
        let (host, port) = address.rsplit_once(':').unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = tempfile::tempdir().unwrap();
        // It refuses to run as root, so somebody else reads this.
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let (settings, users) = (folder.path().join("pgbouncer.ini"), folder.path().join("users.txt"));
        std::fs::write(&users, format!("\"{user}\" \"\"\n")).unwrap();
        let text = format!(
            "[databases]\n* = host={host} port={port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {free}\n\
             auth_type = trust\nauth_file = {}\nunix_socket_dir =\npool_mode = transaction\ndefault_pool_size = 3\n",
            users.display()
        );
        std::fs::write(&settings, text).unwrap();
        let is_root = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap()) == 0;
        let mut command = Command::new(if is_root { "setpriv" } else { PROGRAM });
        if is_root {
            command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups", PROGRAM]);
        }
        let started = command.arg(&settings).stderr(Stdio::piped()).stdout(Stdio::null()).spawn();
        let mut process = started.expect("Debian's pgbouncer is installed");
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("process up") {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "pgbouncer ended: is it installed?");
        }
        // Whoever writes into a pipe that nobody reads stops.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Self { process, url: format!("postgres://{user}@127.0.0.1:{free}/{name}"), _folder: folder }
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_share_a_database_through_it() {
    let Some(database) = ScratchDatabase::create().await else { return };
    let pooler = Pooler::start(&database);
    let nodes = [Store::open(&pooler.url).await.unwrap(), Store::open(&pooler.url).await.unwrap()];
    let (one, other) = tokio::join!(nodes[0].migrate(), nodes[1].migrate());
    one.unwrap();
    other.unwrap();
    assert_eq!(nodes[0].pending_migrations().await.unwrap(), 0);
    let mut work = JoinSet::new();
    for number in 0..60 {
        let node = nodes[number % 2].clone();
        work.spawn(async move {
            let mut tx = node.write().await.unwrap();
            tx.lock("everybody").await.unwrap();
            // Read, then written: only the lock keeps two from the same number.
            let before = tx.counter("k", MINUTE, NOW).await.unwrap().map_or(0, |counter| counter.count);
            assert_eq!(tx.count("k", MINUTE, NOW).await.unwrap().count, before + 1);
            tx.add_user(&user(&format!("user-{number}"))).await.unwrap();
            tx.commit().await.unwrap();
            node.read().await.unwrap().user_by_key("user-0@contoso.example").await.unwrap();
        });
    }
    while let Some(done) = work.join_next().await {
        done.unwrap();
    }
    let mut tx = nodes[1].read().await.unwrap();
    assert_eq!(tx.counter("k", MINUTE, NOW).await.unwrap().unwrap().count, 60);
    drop(tx);
    nodes[0].watch().await.unwrap();
    // What holds for a transaction of ours stays with nobody who has the connection afterwards.
    let options = pooler.url.parse::<PgConnectOptions>().unwrap().extra_float_digits(None);
    let mut stranger = PgConnection::connect_with(&options).await.unwrap();
    for setting in ["lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"] {
        let shown =
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("SHOW {setting}"))).fetch_one(&mut stranger).await;
        assert_eq!(shown.unwrap().get::<String, _>(0), "0", "{setting}");
    }
    for node in nodes {
        node.close().await;
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_not_called_busy() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = Store::open(&format!("postgres://postgres@{nobody}/regain")).await.err().unwrap();
    assert!(refused.to_string().contains("there is no connection to it"), "{refused}");
}
