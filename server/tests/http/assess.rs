//! `regain assess` as a command: what it refuses, and that it needs and leaves nothing.

mod domain;

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Everything that must be said, for a server on this port of loopback.
fn arguments(folder: &Path, url: &str) -> Vec<String> {
    let password = folder.join("password");
    std::fs::write(&password, "secret\n").unwrap();
    [
        "assess",
        "--kind",
        "active-directory",
        "--url",
        url,
        "--bind-user",
        "svc@corp.example.test",
        "--bind-password-file",
        password.to_str().unwrap(),
        "--base",
        "DC=corp,DC=example,DC=test",
    ]
    .map(str::to_owned)
    .into()
}

/// Runs it with nothing installed: no configuration, no data folder, an empty environment.
fn regain(folder: &Path, arguments: &[String]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_regain"));
    command.args(arguments).env_clear().current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A port at which nothing listens.
fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

#[test]
fn wrong_usage_is_refused_with_two() {
    let folder = TempDir::new().unwrap();
    let plain = |url: &str| arguments(folder.path(), url);
    let and = |mut all: Vec<String>, more: &[&str]| {
        all.extend(more.iter().map(|argument| (*argument).to_owned()));
        all
    };
    for (arguments, says) in [
        (vec!["assess".to_owned()], "--kind"),
        (plain("http://dc1"), "a server is ldaps://HOST"),
        (plain("ldap://127.0.0.1"), "add --start-tls"),
        (and(plain("ldaps://127.0.0.1"), &["--start-tls"]), "leave --start-tls out"),
        (and(plain("ldaps://127.0.0.1"), &["--json", "--html", "report.html"]), "cannot be used with"),
        (and(plain("ldaps://127.0.0.1"), &["--bind-password", "secret"]), "unexpected argument"),
    ] {
        let output = regain(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(says), "{arguments:?}: {}", said(&output));
        assert!(output.stdout.is_empty());
    }
    let mut kind = plain("ldaps://127.0.0.1");
    kind[2] = "novell".to_owned();
    let output = regain(folder.path(), &kind);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("active-directory, openldap, 389ds, freeipa, ldap"), "{}", said(&output));
}

#[test]
fn what_cannot_be_read_fails_with_one_and_leaves_nothing() {
    let folder = TempDir::new().unwrap();
    let url = format!("ldaps://127.0.0.1:{}", closed_port());
    let mut page = arguments(folder.path(), &url);
    page.extend(["--html", "report.html"].map(str::to_owned));
    let output = regain(folder.path(), &page);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("nothing takes a connection there"), "{}", said(&output));
    assert!(!said(&output).contains("secret"));
    assert_eq!(files(folder.path()), ["password"]);
}

#[test]
fn a_filter_a_password_and_a_certificate_are_looked_at_before_anybody_is_asked() {
    let folder = TempDir::new().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("ldaps://{}", listener.local_addr().unwrap());
    let with = |more: [&str; 2]| [arguments(folder.path(), &url), more.map(str::to_owned).into()].concat();
    let without_file = {
        let mut arguments = arguments(folder.path(), &url);
        arguments.drain(7..9);
        arguments
    };
    for (arguments, says) in [
        (with(["--people-filter", "objectClass=person"]), "a filter cannot be read"),
        (with(["--ca", "no-such-file"]), "cannot read no-such-file"),
        (with(["--ca", "password"]), "not PEM"),
        (without_file, "there is no password on standard input"),
    ] {
        let output = regain(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(says), "{arguments:?}: {}", said(&output));
    }
    assert!(listener.accept().is_err(), "somebody was asked");
}
