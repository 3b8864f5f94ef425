//! Another LDAP client than ours: the programs of OpenLDAP, and of Samba for what LDAP cannot write.
#![allow(unreachable_pub, dead_code)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::bed::{Login, Server};

/// How a program ended.
#[derive(Debug)]
pub struct Answer {
    pub succeeded: bool,
    /// Everything it printed.
    pub text: String,
}

/// Runs a program with this on its standard input.
pub fn run(command: &mut Command, input: &str) -> Answer {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot start {}: {error}", command.get_program().display()));
    // A program that has ended already takes no input, and its answer says why.
    let _ = child.stdin.take().map(|mut stdin| stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("its output");
    let text = [output.stdout, output.stderr].concat();
    Answer { succeeded: output.status.success(), text: String::from_utf8_lossy(&text).into_owned() }
}

/// A program that is signed in.
pub fn signed_in(server: &Server, program: &str, login: &Login) -> Command {
    let mut command = Command::new(program);
    command.env("LDAPTLS_CACERT", &server.ca);
    command.args(["-x", "-H", &server.url, "-D", &login.dn, "-w", &login.password]);
    command
}

/// Writes as the administrator, whatever the policy says.
pub fn administer(server: &Server, ldif: &str) {
    // For times that only the server keeps; others ignore the control, or have no such times.
    let relaxed: &[&str] = if server.kind == "openldap" { &["-e", "relax"] } else { &[] };
    let mut command = signed_in(server, "ldapmodify", &server.administrator);
    let answer = run(command.args(relaxed), ldif);
    assert!(answer.succeeded, "{ldif}\n{}", answer.text);
}

/// Writes into a domain controller's own file, which takes what LDAP does not.
pub fn rewrite(server: &Server, ldif: &str) {
    /// DSDB_CONTROL_CHANGEREPLMETADATA_OID: times stay as they are given.
    const AS_GIVEN: &str = "--controls=local_oid:1.3.6.1.4.1.7165.4.3.20:0";
    let domain = server.domain.as_ref().expect("a domain controller");
    let mut command = Command::new("ldbmodify");
    let answer = run(command.arg("-H").arg(&domain.database).arg(AS_GIVEN), ldif);
    assert!(answer.succeeded, "{ldif}\n{}", answer.text);
}
