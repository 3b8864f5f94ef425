//! `/admin/messages/:kind`: the texts of one message, in one language.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use regain_core::template::Way;

use super::{PATH, path_of, preview};
use crate::pages::admin::password_reset::{self as tabs, VERSION};
use crate::services::messages::{MessageView, Named};
use crate::services::services;
use crate::text::{Locale, t, t_args, when};
use crate::ui::*;
use crate::visit::visit;

/// The field *Subject*.
pub const SUBJECT: &str = "subject";
/// The field *Text*.
pub const TEXT: &str = "text";
/// What the button *Preview* posts.
pub const PREVIEW: &str = "preview";
/// What the button *Send me a test* posts.
pub const TEST: &str = "test";
/// The name that the buttons post it under.
const ACT: &str = "act";

/// One message.
#[component]
pub fn Message() -> impl IntoView {
    let (visit, services) = (visit(), services());
    let kind = use_params_map().get_untracked().get("kind").unwrap_or_default();
    Suspend::new(async move {
        let named = Named { kind, lang: visit.query_value("lang").unwrap_or_default() };
        match services.messages.message(&visit, &named).await {
            Ok(view) => {
                let done = ["restored", "tested"].into_iter().find(|act| visit.has_flag(act));
                let status = done.map(|act| t(&format!("messages-done-{act}")));
                view! { <Page view status/> }.into_any()
            }
            Err(failure) => tabs::ended(failure),
        }
    })
}

#[component]
fn Page(view: MessageView, status: Option<String>) -> impl IntoView {
    let left = visit().form;
    let unsaved = left.is_refused() || !left.values.is_empty();
    let form = Form::new(left);
    let kind = view.kind.name;
    let crumbs = vec![(t("ui-menu-settings"), None), (t("ui-menu-messages"), Some(PATH.to_owned()))];
    let heading = t(&format!("messages-title-{kind}"));
    let keep = vec![("lang".to_owned(), view.locale.tag().to_owned())];
    let fields = fields(&view, form);
    let test = view.test_to.is_some().then(|| {
        view! { <Button label=t("messages-test") look=Look::Secondary name=ACT value=TEST/> }
    });
    let test_hint = match &view.test_to {
        Some(to) => t_args("messages-test-to", &[("to", to.clone())]),
        None => t(&format!("messages-test-none-{}", view.kind.way.as_str())),
    };
    let preview = view.preview.as_ref().map(|shown| preview::panel(&view, shown));
    let state = state(&view, unsaved);
    let placeholders = placeholders(&view);
    view! {
        <AdminPage heading current=PATH crumbs lead=t(&format!("messages-about-{kind}")) form status>
            {languages(&view)}
            <SettingsForm action=PATH page=format!("{PATH}/{kind}") keep unsaved>
                <input type="hidden" name="kind" value=kind/>
                <input type="hidden" name="lang" value=view.locale.tag()/>
                <input type="hidden" name=VERSION value=view.revision.clone()/>
                {fields}
                <div class="actions">
                    <Button label=t("messages-preview") look=Look::Secondary name=ACT value=PREVIEW/>
                    {test}
                </div>
                <p class="small muted">{test_hint}</p>
            </SettingsForm>
            <div class="admin-form">
                {preview}
                {placeholders}
                {state}
            </div>
        </AdminPage>
    }
}

/// The other languages.
fn languages(view: &MessageView) -> Option<AnyView> {
    if Locale::ALL.len() == 1 {
        return None;
    }
    let tab = |locale: &Locale| LinkTab {
        text: locale.native_name().to_owned(),
        href: path_of(view.kind.name, *locale),
        current: *locale == view.locale,
    };
    let tabs = Locale::ALL.iter().map(tab).collect();
    Some(view! { <LinkTabs label=t("messages-language") tabs/> }.into_any())
}

fn fields(view: &MessageView, form: Form) -> AnyView {
    let way = view.kind.way;
    let subject = (way == Way::Mail).then(|| {
        let field = form.field(SUBJECT).or(view.current.subject.clone());
        view! { <TextField field label=t("messages-subject") hint=t("messages-subject-hint")/> }
    });
    let field = form.field(TEXT).or(view.current.text.clone());
    let (label, hint) =
        (t(&format!("messages-text-{}", way.as_str())), t(&format!("messages-text-{}-hint", way.as_str())));
    let rows = if way == Way::Mail { 14 } else { 4 };
    let guard =
        view.kind.guards_code().then(|| view! { <p class="small muted">{t("messages-code-rule")}</p> });
    view! {
        {subject}
        <TextArea field label hint rows/>
        {guard}
    }
    .into_any()
}

/// What may stand in braces.
fn placeholders(view: &MessageView) -> impl IntoView + use<> {
    let facts = view.kind.placeholders.iter().map(|name| {
        let meaning = t(&format!("messages-placeholder-{name}"));
        Fact::new(format!("{{{name}}}"), meaning)
    });
    view! {
        <Panel heading=t("messages-placeholders")>
            <p>{t("messages-placeholders-lead")}</p>
            <DescriptionList facts=facts.collect()/>
        </Panel>
    }
}

/// Whose text is sent now, and the way back to the product's.
fn state(view: &MessageView, unsaved: bool) -> impl IntoView + use<> {
    let plain = |subject: &str, text: &str| {
        let whole = if subject.is_empty() { text.to_owned() } else { format!("{subject}\n\n{text}") };
        view! { <p class="message-plain" dir="auto">{whole}</p> }
    };
    let now = unsaved.then(|| {
        let text = plain(&view.current.subject, &view.current.text);
        view! { <Details summary=t("messages-current")>{text}</Details> }
    });
    let Some(at) = view.edited_at else {
        return view! { <Panel heading=t("messages-state")><p>{t("messages-state-default")}</p>{now}</Panel> };
    };
    let default = plain(&view.default.subject, &view.default.text);
    let (kind, lang) = (view.kind.name, view.locale.tag());
    view! {
        <Panel heading=t("messages-state")>
            <p>{t_args("messages-state-edited", &[("day", when::day(at))])}</p>
            {Some(now)}
            <Details summary=t("messages-show-default")>{default}</Details>
            <PostForm action=format!("{PATH}/restore")>
                <input type="hidden" name="kind" value=kind/>
                <input type="hidden" name="lang" value=lang/>
                <div class="actions"><Button label=t("messages-restore") look=Look::Secondary/></div>
            </PostForm>
            <p class="small muted">{t("messages-restore-hint")}</p>
        </Panel>
    }
}
