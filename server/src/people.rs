//! Users, groups and roles: what administrators do with them, in the portal, on the command line, in bulk. Each use case
//! is one transaction that ends with its audit record; whoever calls it has checked the right, here the account's
//! standing is checked.

mod actor;
mod bulk_file;
mod contact;
mod groups;
mod import;
mod methods;
mod passes;
mod passwords;
mod refusal;
mod roles;
mod tokens;
mod users;

pub use actor::Actor;
pub use bulk_file::{BulkFile, harmless_cell};
pub use groups::MemberRow;
pub(crate) use groups::find_group;
pub use import::{Imported, Refusals};
pub use methods::MethodKey;
pub use passes::Wanted as WantedPass;
pub use refusal::{NOT_ALLOWED, Refusal, problem_sentence};
pub use tokens::{Uploaded, UploadedRow};
pub use users::{FirstPassword, NewUser, Scope, find_user};
