//! The crate against real directories: three of them, fourteen outcomes, and what happens when the line or the certificate
//! is bad. `cargo xtask test` starts them; `cargo xtask directories` does for tests that one runs oneself.
//!
//! Each success and each refusal is confirmed by programs that are not ours ([`judges`]). Each test makes its own accounts, so
//! that all run at once and one that is locked is nobody else's.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../support/accounts.rs"]
mod accounts;
#[path = "../support/bed.rs"]
mod bed;
#[path = "../support/client.rs"]
mod client;
#[path = "../support/judges.rs"]
mod judges;
#[path = "../support/proxy.rs"]
mod proxy;

/// One test for each directory.
macro_rules! each {
    ($($name:ident)*) => {$(
        mod $name {
            use crate::dialect::{DS389, OPENLDAP, SAMBA};

            #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
            async fn samba() {
                super::$name(&SAMBA, concat!("samba::", stringify!($name))).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
            async fn openldap() {
                super::$name(&OPENLDAP, concat!("openldap::", stringify!($name))).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
            async fn ds389() {
                super::$name(&DS389, concat!("ds389::", stringify!($name))).await;
            }
        }
    )*};
}

mod cells;
mod dialect;
mod faults;
mod house;
mod identity;
mod matrix;
mod published;
mod service_account;
mod spellings;
