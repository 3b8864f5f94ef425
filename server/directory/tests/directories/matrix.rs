//! Three directories, fourteen outcomes. Each is a test of its own: `matrix::samba::history`.
//!
//! | | Samba AD | OpenLDAP | 389 Directory Server |
//! |---|---|---|---|
//! | history | at a change; a reset is accepted ([`SAMBA`](super::dialect::SAMBA) says why) | both | both |
//! | minimum age | at a change; a reset is accepted | both | see [`DS389`](super::dialect::DS389) |
//! | disabled | told apart from locked | looks locked from outside | says so before it looks at the password |
//! | all others | held | held | held |

/// One test for each outcome and directory.
macro_rules! matrix {
    ($($outcome:ident)*) => {
        matrix!(@directory samba SAMBA $($outcome)*);
        matrix!(@directory openldap OPENLDAP $($outcome)*);
        matrix!(@directory ds389 DS389 $($outcome)*);
    };
    (@directory $directory:ident $dialect:ident $($outcome:ident)*) => {
        mod $directory {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
                async fn $outcome() {
                    let test = concat!(stringify!($directory), "::", stringify!($outcome));
                    if let Some(house) = crate::house::House::of(&crate::dialect::$dialect, test) {
                        crate::cells::$outcome(&house).await;
                    }
                }
            )*
        }
    };
}

matrix! {
    reset
    change
    unlock
    must_change
    expired
    disabled
    locked
    history
    minimum_age
    too_short
    banned_by_filter
    protected
    directory_down
    unknown_outcome
}
