//! The component kit: everything pages are made of. It renders on the server alone; what moves in the browser are the
//! islands in [`crate::islands`], which the components place where they belong.
//!
//! # A page
//!
//! ```ignore
//! let form = Form::new(visit().form);                 // Copy; usable in any nested children
//! view! {
//!     <UserPage heading=t("signin-title") form back="/">
//!         <PostForm action="/signin">
//!             <TextField field=form.field("username") label=t("signin-username") purpose=Purpose::Username/>
//!             <div class="actions"><Button label=t("signin-next")/></div>
//!         </PostForm>
//!         <div class="more"><a href="/reset">{t("signin-cannot")}</a></div>
//!     </UserPage>
//! }
//! ```
//!
//! - **Shells.** [`UserPage`] (`heading`, `title`, `lead`, `form`, `step`, `back`, `ending`, `support_code`, `wide`) and
//!   [`AdminPage`] (`heading`, `current`: the menu entry's address, `crumbs`, `lead`, `form`, `status`, `actions`). They
//!   draw the `<h1>` (its id is [`HEADING_ID`]), *There is a problem* and *Error:* from `form`, and the administrator's
//!   shell says *saved* when the address has `?saved`.
//! - **Forms.** [`PostForm`] is the only one that is posted: it carries the mark of its flow or session
//!   ([`crate::form_mark`]), without which the server refuses it.
//! - **Fields.** Each takes `field=form.field("name")`, which carries name, id, typed value and problem;
//!   `.or(stored)` shows a stored value until the form was refused. Label, hint, error and control stand in this order.
//!   [`TextField`] (`purpose` decides keyboard and autofill), [`TextArea`], [`PasswordField`], [`NewPasswordFields`]
//!   (rules, strength, confirmation), [`CodeField`], [`PhoneField`], [`SelectField`], [`FileField`], [`CaptchaField`].
//! - **Choices.** [`RadioCards`] (the page's question; without `legend` the heading names the group), [`RadioList`],
//!   [`Segmented`] (settings), [`CheckboxGroup`], [`Checkbox`]; options are [`Choice`]s.
//! - **Settings.** [`SettingsForm`] holds *Save* and *Discard*; [`Panel`] groups what belongs together; a `.nested` block
//!   holds what depends on the answer above it.
//! - **Messages.** [`Banner`], [`StatusMessage`], [`EmptyState`], [`Tag`], [`ConfirmPanel`], [`Resend`], [`PushPanel`].
//! - **Content.** [`DataTable`], [`DescriptionList`], [`Details`], [`QrPanel`], [`KeyText`], [`NumberToEnter`], [`Icon`].
//! - **Reports.** [`Columns`] (over time) and [`Bars`] draw a [`Chart`]; [`LinkTabs`] leads to views side by side.
//! - **Buttons.** [`Button`] submits, [`ButtonLink`] leads; one [`Look::Primary`] for each page, inside `.actions`.
//!
//! # Classes
//!
//! A block has one plain name (`.card`), its variants begin with it (`.button-danger`), its parts too
//! (`.banner-title`). States are attributes (`aria-invalid`, `aria-current`, `data-state`), never classes. Pages may
//! use `.stack`, `.stack-tight`, `.row`, `.grid-2`, `.tiles`, `.panel`, `.stat` and `.stat-value`, `.list` and
//! `.list-text`, `.filters`, `.nested`, `.actions`, `.more` (links after a form), `.lead`, `.muted`, `.small`, `.mono`,
//! `.nums`, `.visually-hidden`. New looks go to `style/`, which is read in the order of its file names; colours and
//! sizes are tokens (`style/10-tokens.css`). There are no inline styles: the content security policy refuses them.

#![allow(clippy::needless_pass_by_value, reason = "a component owns its props")]

mod admin_menu;
mod admin_page;
mod button;
mod captcha_field;
mod chart;
mod checkbox;
mod choice;
mod code_field;
mod confirm_panel;
mod content;
mod document_title;
mod error_summary;
mod escaped;
mod field;
mod file_field;
mod icon;
mod link_tabs;
mod message;
mod new_password;
mod organization;
mod passkey_form;
mod passphrase;
mod password_field;
mod phone_field;
mod post_form;
mod push_panel;
mod qr_panel;
mod radio;
mod resend;
mod saved_codes;
mod select_field;
mod settings_form;
mod table;
mod text_field;
mod user_page;

#[cfg(test)]
mod tests;

pub use admin_page::*;
pub use button::*;
pub use captcha_field::*;
pub use chart::{Bars, Chart, Columns, Series};
pub use checkbox::*;
pub use choice::{Choice, HEADING_ID};
pub use code_field::*;
pub use confirm_panel::*;
pub use content::*;
pub use error_summary::*;
pub use field::{Field, Form, id_of, problem_text};
pub use file_field::*;
pub use icon::*;
pub use link_tabs::*;
pub use message::*;
pub use new_password::*;
pub use passkey_form::*;
pub use passphrase::*;
pub use password_field::*;
pub use phone_field::*;
pub use post_form::*;
pub use push_panel::*;
pub use qr_panel::*;
pub use radio::*;
pub use resend::*;
pub use saved_codes::*;
pub use select_field::*;
pub use settings_form::*;
pub use table::*;
pub use text_field::*;
pub use user_page::*;
