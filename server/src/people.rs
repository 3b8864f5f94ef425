//! Users, groups and roles: what administrators do with them, in the portal, on the command line, in bulk. Each use case
//! is one transaction that ends with its audit record; whoever calls it has checked the right, here the account's
//! standing is checked.

mod actor;
mod groups;
mod methods;
mod passwords;
mod refusal;
mod roles;
mod users;

pub use actor::Actor;
pub use groups::MemberRow;
pub(crate) use groups::find_group;
pub use methods::MethodKey;
pub use refusal::{Refusal, problem_sentence};
pub use users::{FirstPassword, NewUser, Scope, find_user};
