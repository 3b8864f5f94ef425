//! Which page answers which address. Routes decide nothing else: services authorise.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, StaticSegment, path};

use crate::pages;
use crate::pages::admin::{
    audit_logs, authentication_methods_policy as methods_policy, channels, groups, hardware_tokens, messages,
    password_reset, support_code, usage_insights, users,
};
use crate::pages::register::app::AppPage;
use crate::pages::register::code::CodePage;
use crate::pages::register::email::EmailPage;
use crate::pages::register::method::MethodPage;
use crate::pages::register::notifications::NotificationsPage;
use crate::pages::register::passkey::PasskeyPage;
use crate::pages::register::phone::PhonePage;
use crate::pages::register::questions::QuestionsPage;
use crate::pages::register::recovery_codes::RecoveryCodesPage;
use crate::services::registration::Way;

/// The application: every page, each complete HTML without streaming.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=pages::not_found::NotFound>
                <Route path=StaticSegment("") view=pages::home::Home ssr=SsrMode::Async/>
                <Route path=path!("/admin") view=pages::admin::overview::Overview ssr=SsrMode::Async/>
                <Route path=path!("/admin/authentication-methods-policy") view=methods_policy::AuthenticationMethodsPolicy ssr=SsrMode::Async/>
                <Route path=path!("/admin/authentication-methods-policy/migration") view=methods_policy::migration::ManageMigration ssr=SsrMode::Async/>
                <Route path=path!("/admin/authentication-methods-policy/migration-guide") view=methods_policy::guide::MigrationGuide ssr=SsrMode::Async/>
                <Route path=path!("/admin/authentication-methods-policy/migration-guide/confirm") view=methods_policy::confirm::ConfirmMigration ssr=SsrMode::Async/>
                <Route path=path!("/admin/authentication-methods-policy/temporary-access-pass") view=methods_policy::temporary_pass::TemporaryAccessPass ssr=SsrMode::Async/>
                <Route path=path!("/admin/authentication-methods-policy/:method") view=methods_policy::method::MethodPage ssr=SsrMode::Async/>
                <Route path=path!("/admin/authentication-methods-policy/:method/select-groups") view=methods_policy::select_groups::SelectGroups ssr=SsrMode::Async/>
                <Route path=path!("/admin/branding") view=pages::admin::branding::Branding ssr=SsrMode::Async/>
                <Route path=path!("/admin/channels") view=channels::Channels ssr=SsrMode::Async/>
                <Route path=path!("/admin/channels/gateway") view=channels::gateway::Gateway ssr=SsrMode::Async/>
                <Route path=path!("/admin/channels/remove") view=channels::remove::RemoveGateway ssr=SsrMode::Async/>
                <Route path=path!("/admin/messages") view=messages::Messages ssr=SsrMode::Async/>
                <Route path=path!("/admin/messages/:kind") view=messages::message::Message ssr=SsrMode::Async/>
                <Route path=path!("/admin/password-protection") view=pages::admin::password_protection::PasswordProtection ssr=SsrMode::Async/>
                <Route path=path!("/admin/audit-logs") view=audit_logs::AuditLogs ssr=SsrMode::Async/>
                <Route path=path!("/admin/audit-logs/retention") view=audit_logs::retention::Retention ssr=SsrMode::Async/>
                <Route path=path!("/admin/audit-logs/:seq") view=audit_logs::entry::AuditEntry ssr=SsrMode::Async/>
                <Route path=path!("/admin/groups") view=groups::Groups ssr=SsrMode::Async/>
                <Route path=path!("/admin/groups/new") view=groups::new::NewGroup ssr=SsrMode::Async/>
                <Route path=path!("/admin/groups/:id") view=groups::group::Group ssr=SsrMode::Async/>
                <Route path=path!("/admin/groups/:id/add-members") view=groups::add_members::AddMembers ssr=SsrMode::Async/>
                <Route path=path!("/admin/groups/:id/delete") view=groups::delete::DeleteGroup ssr=SsrMode::Async/>
                <Route path=path!("/admin/hardware-tokens") view=hardware_tokens::HardwareTokens ssr=SsrMode::Async/>
                <Route path=path!("/admin/hardware-tokens/:id/activate") view=hardware_tokens::activate::ActivateToken ssr=SsrMode::Async/>
                <Route path=path!("/admin/hardware-tokens/:id/delete") view=hardware_tokens::delete::DeleteToken ssr=SsrMode::Async/>
                <Route path=path!("/admin/password-reset/administrator-policy") view=password_reset::administrator_policy::AdministratorPolicy ssr=SsrMode::Async/>
                <Route path=path!("/admin/password-reset/authentication-methods") view=password_reset::authentication_methods::AuthenticationMethods ssr=SsrMode::Async/>
                <Route path=path!("/admin/password-reset/customization") view=password_reset::customization::Customization ssr=SsrMode::Async/>
                <Route path=path!("/admin/password-reset/notifications") view=password_reset::notifications::Notifications ssr=SsrMode::Async/>
                <Route path=path!("/admin/password-reset/on-premises-integration") view=password_reset::on_premises_integration::OnPremisesIntegration ssr=SsrMode::Async/>
                <Route path=path!("/admin/password-reset/properties") view=password_reset::properties::Properties ssr=SsrMode::Async/>
                <Route path=path!("/admin/password-reset/registration") view=password_reset::registration::Registration ssr=SsrMode::Async/>
                <Route path=path!("/admin/password-reset/security-questions") view=password_reset::security_questions::SecurityQuestions ssr=SsrMode::Async/>
                <Route path=path!("/admin/password-reset/select-group") view=password_reset::select_group::SelectGroup ssr=SsrMode::Async/>
                <Route path=path!("/admin/roles") view=pages::admin::roles::Roles ssr=SsrMode::Async/>
                <Route path=path!("/admin/support-code") view=support_code::SupportCode ssr=SsrMode::Async/>
                <Route path=path!("/admin/usage-insights") view=usage_insights::Registrations ssr=SsrMode::Async/>
                <Route path=path!("/admin/usage-insights/usage") view=usage_insights::activity::Activity ssr=SsrMode::Async/>
                <Route path=path!("/admin/usage-insights/users") view=usage_insights::people::People ssr=SsrMode::Async/>
                <Route path=path!("/admin/users") view=users::Users ssr=SsrMode::Async/>
                <Route path=path!("/admin/users/new") view=users::new::NewUser ssr=SsrMode::Async/>
                <Route path=path!("/admin/users/:id") view=users::user::User ssr=SsrMode::Async/>
                <Route path=path!("/admin/users/:id/delete") view=users::delete::DeleteUser ssr=SsrMode::Async/>
                <Route path=path!("/admin/users/:id/temporary-pass") view=users::temporary_pass::TemporaryPass ssr=SsrMode::Async/>
                <Route path=path!("/admin/users/:id/verify-caller") view=users::verify_caller::VerifyCaller ssr=SsrMode::Async/>
                <Route path=path!("/authenticator") view=pages::authenticator::Authenticator ssr=SsrMode::Async/>
                <Route path=path!("/authenticator/password") view=pages::authenticator::password::ChooseOnPhone ssr=SsrMode::Async/>
                <Route path=path!("/demo/outbox") view=pages::demo::outbox::Outbox ssr=SsrMode::Async/>
                <Route path=path!("/help") view=pages::help::Help ssr=SsrMode::Async/>
                <Route path=path!("/register") view=pages::register::Register ssr=SsrMode::Async/>
                <Route path=path!("/register/added") view=pages::register::added::AddedPage ssr=SsrMode::Async/>
                <Route path=path!("/register/app") view=|| view! { <AppPage way=Way::Register/> } ssr=SsrMode::Async/>
                <Route path=path!("/register/code") view=|| view! { <CodePage way=Way::Register/> } ssr=SsrMode::Async/>
                <Route path=path!("/register/email") view=|| view! { <EmailPage way=Way::Register/> } ssr=SsrMode::Async/>
                <Route path=path!("/register/method") view=|| view! { <MethodPage way=Way::Register/> } ssr=SsrMode::Async/>
                <Route path=path!("/register/notifications") view=|| view! { <NotificationsPage way=Way::Register/> } ssr=SsrMode::Async/>
                <Route path=path!("/register/passkey") view=|| view! { <PasskeyPage way=Way::Register/> } ssr=SsrMode::Async/>
                <Route path=path!("/register/phone") view=|| view! { <PhonePage way=Way::Register/> } ssr=SsrMode::Async/>
                <Route path=path!("/register/questions") view=|| view! { <QuestionsPage way=Way::Register/> } ssr=SsrMode::Async/>
                <Route path=path!("/register/recovery-codes") view=|| view! { <RecoveryCodesPage way=Way::Register/> } ssr=SsrMode::Async/>
                <Route path=path!("/register/review") view=pages::register::review::ReviewPage ssr=SsrMode::Async/>
                <Route path=path!("/report/done") view=pages::report::Reported ssr=SsrMode::Async/>
                <Route path=path!("/report/:token") view=pages::report::Report ssr=SsrMode::Async/>
                <Route path=path!("/security-info") view=pages::security_info::SecurityInfoPage ssr=SsrMode::Async/>
                <Route path=path!("/security-info/add") view=|| view! { <MethodPage way=Way::Add/> } ssr=SsrMode::Async/>
                <Route path=path!("/security-info/add/app") view=|| view! { <AppPage way=Way::Add/> } ssr=SsrMode::Async/>
                <Route path=path!("/security-info/add/code") view=|| view! { <CodePage way=Way::Add/> } ssr=SsrMode::Async/>
                <Route path=path!("/security-info/add/email") view=|| view! { <EmailPage way=Way::Add/> } ssr=SsrMode::Async/>
                <Route path=path!("/security-info/add/notifications") view=|| view! { <NotificationsPage way=Way::Add/> } ssr=SsrMode::Async/>
                <Route path=path!("/security-info/add/passkey") view=|| view! { <PasskeyPage way=Way::Add/> } ssr=SsrMode::Async/>
                <Route path=path!("/security-info/add/phone") view=|| view! { <PhonePage way=Way::Add/> } ssr=SsrMode::Async/>
                <Route path=path!("/security-info/add/questions") view=|| view! { <QuestionsPage way=Way::Add/> } ssr=SsrMode::Async/>
                <Route path=path!("/security-info/add/recovery-codes") view=|| view! { <RecoveryCodesPage way=Way::Add/> } ssr=SsrMode::Async/>
                <Route path=path!("/security-info/change-password") view=pages::security_info::change_password::ChangePassword ssr=SsrMode::Async/>
                <Route path=path!("/security-info/drill") view=pages::security_info::drill::DrillPage ssr=SsrMode::Async/>
                <Route path=path!("/security-info/hold") view=pages::security_info::hold::HoldPage ssr=SsrMode::Async/>
                <Route path=path!("/security-info/lost") view=pages::security_info::lost::LostPage ssr=SsrMode::Async/>
                <Route path=path!("/security-info/remove") view=pages::security_info::remove::RemovePage ssr=SsrMode::Async/>
                <Route path=path!("/security-info/rename") view=pages::security_info::rename::RenamePage ssr=SsrMode::Async/>
                <Route path=StaticSegment("reset") view=pages::reset::Start ssr=SsrMode::Async/>
                <Route path=reset("continue") view=pages::reset::OnPhone ssr=SsrMode::Async/>
                <Route path=reset("done") view=pages::reset::Done ssr=SsrMode::Async/>
                <Route path=reset("drill") view=pages::reset::Drill ssr=SsrMode::Async/>
                <Route path=reset("drilled") view=pages::reset::Drilled ssr=SsrMode::Async/>
                <Route path=reset("method") view=pages::reset::ChooseMethod ssr=SsrMode::Async/>
                <Route path=reset("passkey") view=pages::reset::Passkey ssr=SsrMode::Async/>
                <Route path=reset("password") view=pages::reset::NewPassword ssr=SsrMode::Async/>
                <Route path=reset("phone") view=pages::reset::Phone ssr=SsrMode::Async/>
                <Route path=reset("questions") view=pages::reset::Questions ssr=SsrMode::Async/>
                <Route path=reset("stopped") view=pages::reset::StoppedPage ssr=SsrMode::Async/>
                <Route path=reset("unlock") view=pages::reset::Unlock ssr=SsrMode::Async/>
                <Route path=reset("unlocked") view=pages::reset::Unlocked ssr=SsrMode::Async/>
                <Route path=reset("verify") view=pages::reset::Verify ssr=SsrMode::Async/>
                <Route path=reset("why") view=pages::reset::Why ssr=SsrMode::Async/>
                <Route path=StaticSegment("signin") view=pages::signin::SignIn ssr=SsrMode::Async/>
                <Route path=path!("/signin/temporary-pass") view=pages::signin::temporary_pass::UsePass ssr=SsrMode::Async/>
                <Route path=path!("/signin/verify") view=pages::signin::verify::Verify ssr=SsrMode::Async/>
                <Route path=StaticSegment("sspr") view=pages::reset::Start ssr=SsrMode::Async/>
                <Route path=path!("/ssprsetup") view=pages::register::Register ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}

/// A step of the reset wizard.
fn reset(step: &'static str) -> (StaticSegment<&'static str>, StaticSegment<&'static str>) {
    (StaticSegment("reset"), StaticSegment(step))
}
