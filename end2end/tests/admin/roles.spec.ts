import { asAdmin, openTab, save, SCOPE, TABS, type Tab } from '../../support/admin.ts';
import { auditRows, openAudit } from '../../support/audit.ts';
import { button, choose, chosen, heading } from '../../support/form.ts';
import { formIn } from '../../support/raw.ts';
import { expectSignedIn, firstSignIn } from '../../support/signin.ts';
import { expect, test } from '../../support/test.ts';

const SETTINGS = [...Object.values(TABS), 'administrator-policy'].map((tab) => `/admin/password-reset/${tab}`);
const FORBIDDEN = 'You cannot open this page';

test.describe('Roles', { tag: '@page' }, () => {
  test('R16: a Global Administrator sees and saves every tab', async ({ page }) => {
    await asAdmin(page);
    for (const tab of Object.keys(TABS)) {
      await openTab(page, tab as Tab);
      await save(page);
    }
  });

  test('R17: so does an Authentication Policy Administrator, who manages no users', async ({ page }) => {
    await asAdmin(page, 'policy');
    for (const tab of Object.keys(TABS)) {
      await openTab(page, tab as Tab);
      await save(page);
    }
    await page.goto('/admin/users');
    await expect(button(page, 'New user')).toHaveCount(0);
    expect((await page.goto('/admin/users/new'))?.status()).toBe(403);
  });

  test('R19 R20: a reader reads the audit log and sees no settings page', async ({ page }) => {
    await asAdmin(page, 'reader');
    for (const path of [...SETTINGS, '/admin/users', '/admin/groups']) {
      const reply = await page.goto(path);
      expect(reply?.status(), path).toBe(403);
      await expect(heading(page, FORBIDDEN)).toBeVisible();
      await expect(button(page, 'Save')).toHaveCount(0);
    }
    await openAudit(page);
    await expect(auditRows(page).first()).toBeVisible();
  });

  test('R19: the helpdesk sees users, and no settings page', async ({ page }) => {
    await asAdmin(page, 'helpdesk');
    for (const path of SETTINGS) {
      const reply = await page.goto(path);
      expect(reply?.status(), path).toBe(403);
      await expect(heading(page, FORBIDDEN)).toBeVisible();
    }
    await page.goto('/admin/users');
    await expect(heading(page, 'Users')).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Properties' })).toHaveCount(0);
  });

  test('R19: a person without a role has no portal', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add();
    await firstSignIn(page, person);
    for (const path of ['/admin', ...SETTINGS, '/admin/users', '/admin/groups', '/admin/audit-logs']) {
      expect((await page.goto(path))?.status(), path).toBe(403);
    }
    await page.goto('/security-info');
    await expectSignedIn(page);
  });

  test('R19 R23: the server refuses the save itself, changes nothing, and writes it down', async ({ page, visitor, server }) => {
    await asAdmin(page);
    await openTab(page, 'Properties');
    const before = await chosen(page, SCOPE);
    await choose(page, SCOPE, before?.startsWith('All') ? 'None' : 'All');
    const form = formIn(await page.content());

    for (const name of ['helpdesk', 'reader']) {
      const other = await visitor();
      await asAdmin(other, name).catch(() => undefined);
      // The mark of their own session: it is the role that is missing.
      const mark = formIn(await other.content()).fields.filter(([field]) => field === 'form_mark');
      const fields = Object.fromEntries([...form.fields, ...mark]);
      const reply = await other.request.post(form.action, {
        form: { ...fields, scope: 'all' },
        headers: { origin: server.url },
        maxRedirects: 0,
      });
      expect(reply.status(), name).toBe(403);
    }
    await openTab(page, 'Properties');
    expect(await chosen(page, SCOPE)).toBe(before);
    await openAudit(page);
    const row = auditRows(page).filter({ hasText: 'Self-service password reset policy changes' }).filter({ hasText: /Failure/i });
    await expect(row.first()).toBeVisible();
  });

  test('nobody opens the portal without signing in', async ({ page }) => {
    for (const path of ['/admin', ...SETTINGS, '/admin/users', '/admin/groups', '/admin/audit-logs']) {
      await page.goto(path);
      await expect(page, path).toHaveURL(/\/signin/);
    }
  });
});
