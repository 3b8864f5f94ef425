//! A domain of 2,000 people with planted problems, on a real domain controller: all of them are found, and nothing else; and
//! by the controller's own log nothing was written.
#![expect(
    clippy::disallowed_methods,
    reason = "where directories run is said by the environment; a test takes its time"
)]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Who reads. An account of its own, so that the log tells its acts from those of other tests.
const NAME: &str = "assessor";
const PASSWORD: &str = "Reads-Only-2026!";
const PEOPLE: &str = "2000";
/// The controller answers nobody while entries are added: so many at once take less than a second.
const AT_ONCE: usize = 200;
/// Of a debug build, on a machine that does other things, too.
const LONGEST: Duration = Duration::from_secs(20);
/// Writes times and passwords' ages as they are given (DSDB_CONTROL_BYPASS_PASSWORD_HASH_OID of Samba).
const BYPASS: &str = "--controls=local_oid:1.3.6.1.4.1.7165.4.3.20:0";

/// What is found besides: about policies that others made, and an account without any right.
const BESIDES: [&str; 6] = [
    "cannot-require-change",
    "cannot-set-password",
    "cannot-unlock",
    "one-server",
    "policy-expiry",
    "policy-few-tries",
];

/// A domain controller that runs.
struct Controller {
    url: String,
    ca: String,
    base: String,
    log: PathBuf,
    database: PathBuf,
}

impl Controller {
    fn find() -> Option<Self> {
        let file = std::env::var_os("REGAIN_TEST_DIRECTORIES").filter(|file| !file.is_empty())?;
        let handover: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let servers = handover["servers"].as_array().unwrap();
        let server = servers.iter().find(|server| server["kind"] == "active-directory")?;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Some(Self {
            url: text(&server["url"]),
            ca: text(&server["ca"]),
            base: text(&server["base"]),
            log: text(&server["log"]).into(),
            database: text(&server["domain"]["database"]).into(),
        })
    }

    fn unit(&self) -> String {
        format!("OU=Assessed,{}", self.base)
    }

    fn plant(&self) {
        if self.ldb("ldbsearch", &["-b", &self.unit(), "-s", "base", "dn"], "").is_some() {
            return;
        }
        let entries = script(&["ldif", &self.unit(), PEOPLE]);
        let entries: Vec<_> = entries.split("\n\n").collect();
        for some in entries.chunks(AT_ONCE) {
            self.ldb("ldbadd", &["--relax", BYPASS], &some.join("\n\n")).expect("entries are added");
        }
        self.ldb("ldbmodify", &["--relax"], &script(&["age", &self.unit()])).expect("an account gets old");
        let configuration = self.database.with_file_name("../etc/smb.conf");
        let mut tool = Command::new("samba-tool");
        tool.args(["user", "create", NAME, PASSWORD])
            .arg("-H")
            .arg(&self.database)
            .arg("-s")
            .arg(configuration);
        let made = tool.output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    /// Runs a tool on the controller's own database; what it said, where it succeeded.
    fn ldb(&self, tool: &str, arguments: &[&str], input: &str) -> Option<String> {
        let mut command = Command::new(tool);
        command.arg("-H").arg(&self.database).args(arguments).env("TDB_NO_FSYNC", "1");
        run(&mut command, input)
    }

    fn sid(&self) -> String {
        let filter = format!("(sAMAccountName={NAME})");
        let said = self.ldb("ldbsearch", &[&filter, "objectSid"], "").unwrap();
        said.lines().find_map(|line| line.strip_prefix("objectSid: ")).unwrap().to_owned()
    }

    /// What the account did that the log keeps besides signing in, from this place of the log on.
    fn acts(&self, sid: &str, from: usize) -> Vec<String> {
        let log = std::fs::read(&self.log).unwrap();
        let log = String::from_utf8_lossy(&log[from..]);
        assert!(log.contains(sid), "the log does not even tell of its sign-in");
        let is_act = |line: &&str| {
            line.contains(sid) && ["dsdbChange", "passwordChange"].iter().any(|act| line.contains(act))
        };
        log.lines().filter(is_act).map(str::to_owned).collect()
    }
}

fn run(command: &mut Command, input: &str) -> Option<String> {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn script(arguments: &[&str]) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/directories/plant_domain.py");
    run(Command::new("/usr/bin/python3").arg(file).args(arguments), "").expect("the script runs")
}

fn assess(controller: &Controller, folder: &TempDir) -> Value {
    let user = format!("{NAME}@corp.example.test");
    let mut command = Command::new(env!("CARGO_BIN_EXE_regain"));
    command.args(["assess", "--json", "--kind", "active-directory", "--url", &controller.url]);
    command.args(["--ca", &controller.ca, "--bind-user", &user, "--base", &controller.unit()]);
    command.env_clear().current_dir(folder.path());
    serde_json::from_str(&run(&mut command, PASSWORD).expect("the directory is read")).unwrap()
}

#[test]
fn planted_problems_are_found_in_a_domain_of_two_thousand_and_nothing_is_written() {
    let Some(controller) = Controller::find() else {
        let _ =
            writeln!(std::io::stdout().lock(), "left out: assess: no domain controller runs for the tests");
        return;
    };
    controller.plant();
    let folder = TempDir::new().unwrap();
    let before = std::fs::metadata(&controller.log).unwrap().len();
    let began = Instant::now();
    let report = assess(&controller, &folder);
    let took = began.elapsed();
    assert!(took < LONGEST, "{took:?}");
    let mut found: BTreeMap<String, Option<u64>> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["code"].as_str().unwrap().to_owned(), finding["count"].as_u64()))
        .collect();
    for code in BESIDES {
        assert!(found.remove(code).is_some(), "{code}");
    }
    let expected: BTreeMap<String, Option<u64>> = serde_json::from_str(&script(&["expected"])).unwrap();
    assert!(expected.len() >= 20);
    assert_eq!(found, expected);
    assert_eq!(report["accounts"]["read"], 2_000);
    let acts = controller.acts(&controller.sid(), usize::try_from(before).unwrap());
    assert_eq!(acts, Vec::<String>::new());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
