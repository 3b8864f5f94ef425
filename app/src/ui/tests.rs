//! The kit as HTML: what a browser and a screen reader are told.

use leptos::prelude::*;
use regain_core::form::FormState;
use regain_core::network::Source;
use regain_core::password::profile::PasswordProfile;
use regain_core::role::Role;

use super::*;
use crate::text::{Locale, Zone};
use crate::visit::{Session, Visit};

fn visit(role: Role) -> Visit {
    Visit {
        address: Source::Unknown,
        client: String::new(),
        locale: Locale::English,
        zone: Zone::default(),
        path: "/admin".to_owned(),
        query: String::new(),
        support_code: "7KQ2-M9XD".to_owned(),
        nonce: String::new(),
        session: Some(Session {
            id: "1".to_owned(),
            user_id: "1".to_owned(),
            upn: "ana@contoso.example".to_owned(),
            display_name: "Ana".to_owned(),
            roles: vec![role],
            signed_in_at: regain_core::time::Timestamp::default(),
            proved_at: None,
            proved_by: None,
            by_pass: false,
            second_factors: regain_core::method::MethodSet::EMPTY,
            must_change_password: false,
            held_until: None,
            owes_second_factor: false,
        }),
        session_token: None,
        flow_token: None,
        finish_token: None,
        browser: None,
        flow_id: None,
        keeps_cookies: true,
        form: FormState::default(),
        posted: None,
        demo: false,
    }
}

fn html<V: IntoView>(role: Role, view: impl FnOnce() -> V) -> String {
    Owner::new_root(None).with(|| {
        provide_context(visit(role));
        view().into_view().to_html()
    })
}

fn menu(role: Role) -> String {
    html(role, || view! { <admin_menu::AdminMenu current="/admin/password-reset/registration".to_owned()/> })
}

#[test]
fn the_menu_shows_what_the_roles_may_open_and_marks_the_tab() {
    let all = menu(Role::GlobalAdministrator);
    assert_eq!(all.matches("aria-current=\"page\"").count(), 1);
    assert!(all.contains("href=\"/admin/password-reset/registration\" aria-current"));
    assert!(all.contains("/admin/branding"));

    let reader = menu(Role::ReportsReader);
    assert!(reader.contains("/admin/audit-logs"));
    assert!(
        !reader.contains("/admin/branding")
            && !reader.contains("href=\"/admin/password-reset/registration\"")
    );
}

#[test]
fn a_username_field_says_what_browsers_and_readers_need() {
    let field = || view! { <TextField field=Field::new("username") label="Username" hint="As in mail" purpose=Purpose::Username/> };
    let html = html(Role::GlobalReader, field);
    for part in [
        "for=\"username\"",
        "id=\"username\"",
        "autocomplete=\"username\"",
        "autocapitalize=\"none\"",
        "autocorrect=\"off\"",
        "spellcheck=\"false\"",
        "aria-describedby=\"username-hint\"",
    ] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    assert!(!html.contains("aria-invalid"));
}

#[test]
fn a_directory_that_decides_hides_the_strength_indicator() {
    let fields = |profile| {
        html(Role::GlobalReader, move || {
            view! { <NewPasswordFields field=Field::new("new") confirm=Field::new("confirm") profile=profile/> }
        })
    };
    assert!(fields(Some(PasswordProfile::entra())).contains("role=\"meter\""));
    assert!(!fields(None).contains("role=\"meter\""));
}

#[test]
fn a_key_is_shown_in_groups_and_reads_as_one_word() {
    let html = html(
        Role::GlobalReader,
        || view! { <KeyText id="key" name="Secret key" text="JBSWY3DP".to_owned()/> },
    );
    assert!(html.contains("<span>JBSW</span><wbr><span>Y3DP</span>"), "{html}");
}

#[test]
fn t119_what_stands_in_a_list_does_not_get_out_of_it() {
    let list = html(Role::GlobalAdministrator, || {
        let options = [("", "None"), ("a b\"", "</select><script>1</script>"), ("LV", "Latvia")];
        let options = options.map(|(value, text)| (value.to_owned(), text.to_owned())).to_vec();
        view! { <SelectField field=Field::new("one").showing("LV") label="One" options/> }
    });
    let expected = "<option value=\"\">None<option value=\"a b&quot;\">&lt;/select&gt;&lt;script&gt;1&lt;/script&gt;\
                    <option value=LV selected>Latvia</select>";
    assert!(list.contains(expected), "{list}");
}

#[test]
fn t119_what_stands_in_a_text_area_does_not_get_out_of_it() {
    let area = |text: &str| {
        let field = Field::new("text").showing(text);
        html(Role::GlobalAdministrator, move || view! { <TextArea field label="Text"/> })
    };
    let evil = area("</textarea><script>alert(1)</script> & &lt;");
    assert!(!evil.contains("<script>"), "{evil}");
    assert!(
        evil.contains("&lt;/textarea>&lt;script>alert(1)&lt;/script> &amp; &amp;lt;</textarea>"),
        "{evil}"
    );
    // A parser drops the first line end.
    assert!(area("\nb").contains(">\n\nb</textarea>"), "{}", area("\nb"));
}
