//! Saving settings from the command line: the same gate as the portal's, all or nothing.

use anyhow::bail;
use regain_core::form::{FieldProblem, FormState};
use regain_core::policy::{
    AdministratorPolicy, AuthenticationMethodsPolicy, Change, Question, Tab, common_changes, edit_common,
    field, methods_field, parse_yes_no, typed, typed_common, yes_no,
};
use regain_core::questions::is_predefined;
use regain_store::Tx;

use super::document::Document;
use crate::audit::retention::{self, KeptDays};
use crate::engine::Engine;
use crate::organization::{self, OrganizationSettings};
use crate::password_protection::edit as protection;
use crate::password_protection::{self, PasswordProtection};
use crate::people::{Actor, Refusal, find_group};
use crate::policy::{self, ADMINISTRATORS, Current, edit};
use crate::services::settings::{SettingsPage, tell_of_weaker};
use crate::services::{BRANDING_PAGE, COMMON_PAGE, methods_page};

/// Saves what is wanted; what it changed.
pub(super) async fn save(
    engine: &Engine,
    actor: &Actor<'_>,
    wanted: &Document,
) -> anyhow::Result<Vec<Change>> {
    let mut tx = engine.store.write().await?;
    let locks = [
        edit::LOCK,
        ADMINISTRATORS,
        password_protection::SETTINGS,
        retention::SETTINGS,
        organization::SETTINGS,
    ];
    for lock in locks {
        tx.lock(lock).await?;
    }
    let before = Document::read(&mut *tx).await?;
    let mut saving = Saving { engine, actor, tx: &mut *tx, wanted, changes: Vec::new() };
    saving.questions().await?;
    for tab in Tab::ALL {
        saving.tab(*tab).await?;
    }
    saving.administrators().await?;
    saving.common().await?;
    saving.protection().await?;
    saving.retention().await?;
    saving.time_zone().await?;
    let changes = saving.changes;
    let after = Document::read(&mut *tx).await?;
    wanted.check_effect(&before, &after)?;
    tell_of_weaker(engine, &mut *tx, &changes, actor).await?;
    tx.commit().await?;
    engine.forget_organization();
    Ok(changes)
}

struct Saving<'a> {
    engine: &'a Engine,
    actor: &'a Actor<'a>,
    tx: &'a mut dyn Tx,
    wanted: &'a Document,
    changes: Vec<Change>,
}

impl Saving<'_> {
    async fn record(&mut self, name: &'static str, changes: Vec<Change>) -> anyhow::Result<()> {
        self.record_on(SettingsPage::of_command_line(name), changes).await
    }

    async fn record_on(&mut self, page: SettingsPage, changes: Vec<Change>) -> anyhow::Result<()> {
        if !changes.is_empty() {
            self.tx.append(&page.saved(self.engine, self.actor, &changes)).await?;
            self.changes.extend(changes);
        }
        Ok(())
    }

    async fn tab(&mut self, tab: Tab) -> anyhow::Result<()> {
        let current = policy::current(self.tx).await?;
        let form = typed(&current.policy, tab);
        if !self.wanted.touches(&form) {
            return Ok(());
        }
        let form = self.with_group(self.wanted.onto(form)).await?;
        let edited = edit::Edited::of_tab(self.engine, self.tx, &current, tab, &form).await?;
        refuse(edited.problems.clone())?;
        edited.write(self.engine, self.tx, &current).await?;
        self.record(tab.as_str(), edited.changes).await
    }

    /// On the command line a group goes by its name.
    async fn with_group(&mut self, mut form: FormState) -> anyhow::Result<FormState> {
        let name = self.wanted.get(field::GROUP).and_then(<[String]>::first).filter(|name| !name.is_empty());
        if let Some(name) = name
            && form.values.contains_key(field::GROUP)
        {
            let group = find_group(self.tx, name).await;
            let Ok(group) = group else { bail!("there is no group {name}") };
            form.values.insert(field::GROUP.to_owned(), vec![group.id.to_string()]);
        }
        Ok(form)
    }

    async fn questions(&mut self) -> anyhow::Result<()> {
        let Some(questions) = self.wanted.get(field::QUESTIONS) else { return Ok(()) };
        let current = policy::current(self.tx).await?;
        let mut policy = current.policy.clone();
        policy.questions.chosen = questions.iter().map(|text| self.question(&current, text)).collect();
        let edited = edit::Edited::of_questions(self.tx, &current, policy).await?;
        refuse(edited.problems.clone())?;
        edited.write(self.engine, self.tx, &current).await?;
        self.record("security-questions", edited.changes).await
    }

    /// A predefined question by its name; any other text is a question of its own, with the id it already has.
    fn question(&self, current: &Current, text: &str) -> Question {
        if is_predefined(text) {
            return Question::Predefined(text.to_owned());
        }
        let chosen = &current.policy.questions.chosen;
        let same = chosen
            .iter()
            .find(|question| matches!(question, Question::Custom { text: own, .. } if own == text));
        same.cloned().unwrap_or_else(|| Question::Custom {
            id: format!("own-{}", self.engine.new_id()),
            text: text.trim().to_owned(),
        })
    }

    async fn administrators(&mut self) -> anyhow::Result<()> {
        let name = field::ADMINISTRATORS_ENABLED;
        let Some(value) = self.wanted.get(name) else { return Ok(()) };
        let value = value.first().map(String::as_str).unwrap_or_default();
        let enabled = parse_yes_no(name, value).map_err(|problem| Refusal::Problems(vec![problem]))?;
        let (old, version): (AdministratorPolicy, i64) = policy::document(self.tx, ADMINISTRATORS).await?;
        if old.enabled == enabled {
            return Ok(());
        }
        let new = AdministratorPolicy { enabled };
        policy::save_document(self.tx, ADMINISTRATORS, &new, version, self.engine.now()).await?;
        let (old, new) = (yes_no(old.enabled).to_owned(), yes_no(enabled).to_owned());
        self.record("administrator-policy", vec![Change { property: name.to_owned(), old, new }]).await
    }

    /// The way out, too, for an organisation that let nobody in.
    async fn common(&mut self) -> anyhow::Result<()> {
        let (old, version): (AuthenticationMethodsPolicy, i64) =
            policy::document(self.tx, policy::METHODS).await?;
        let typed = self.wanted.onto(typed_common(&old));
        let mut new = old.clone();
        refuse(edit_common(&mut new, &typed))?;
        let changes = common_changes(&old, &new);
        if changes.is_empty() {
            return Ok(());
        }
        let (working, deliveries) = (self.engine.working_methods(), self.engine.working_deliveries());
        if old.second_factor != new.second_factor
            && let Some(code) = new.obstacle_at_sign_in(working, deliveries)
        {
            let name = methods_field::SECOND_FACTOR;
            return Err(Refusal::Problems(vec![FieldProblem::new(name, &format!("leaves-{code}"))]).into());
        }
        policy::save_methods(self.tx, &new, version, self.engine.now()).await?;
        self.record_on(methods_page(COMMON_PAGE), changes).await
    }

    async fn retention(&mut self) -> anyhow::Result<()> {
        let name = retention::SETTINGS;
        let Some(value) = self.wanted.get(name) else { return Ok(()) };
        let value = value.first().map(String::as_str).unwrap_or_default();
        let new = KeptDays::parse(value).map_err(|problem| Refusal::Problems(vec![problem]))?;
        let (old, version): (KeptDays, i64) = policy::document(self.tx, name).await?;
        let Some(change) = old.change_to(new) else { return Ok(()) };
        policy::save_document(self.tx, name, &new, version, self.engine.now()).await?;
        self.record("audit-log", vec![change]).await
    }

    async fn time_zone(&mut self) -> anyhow::Result<()> {
        let Some(value) = self.wanted.get(organization::TIME_ZONE) else { return Ok(()) };
        let value = value.first().map(String::as_str).unwrap_or_default();
        let time_zone = organization::time_zone(value).map_err(|problem| Refusal::Problems(vec![problem]))?;
        let (old, version): (OrganizationSettings, i64) =
            policy::document(self.tx, organization::SETTINGS).await?;
        let new = OrganizationSettings { time_zone, ..old.clone() };
        let changes = old.changes_to(&new);
        if !changes.is_empty() {
            policy::save_document(self.tx, organization::SETTINGS, &new, version, self.engine.now()).await?;
        }
        self.record_on(BRANDING_PAGE, changes).await
    }

    async fn protection(&mut self) -> anyhow::Result<()> {
        let name = password_protection::SETTINGS;
        let (old, version): (PasswordProtection, i64) = policy::document(self.tx, name).await?;
        let form = protection::typed(&old);
        if !self.wanted.touches(&form) {
            return Ok(());
        }
        let mut new = old.clone();
        refuse(protection::edit(&mut new, &self.wanted.onto(form)))?;
        let changes = protection::changes(&old, &new);
        if !changes.is_empty() {
            policy::save_document(self.tx, name, &new, version, self.engine.now()).await?;
        }
        self.record("password-protection", changes).await
    }
}

fn refuse(problems: Vec<FieldProblem>) -> anyhow::Result<()> {
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Problems(problems).into()) }
}
