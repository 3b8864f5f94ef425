import { readFileSync } from 'node:fs';
import { asAdmin, DAYS, openTab, save } from '../../support/admin.ts';
import { auditRows, findByCode, openAudit } from '../../support/audit.ts';
import { expectProblem, field, press } from '../../support/form.ts';
import { mustRegain, regain } from '../../support/cli.ts';
import { latestCode, wrongCodeFor } from '../../support/outbox.ts';
import { strongPassword } from '../../support/people.ts';
import { BY, chooseWay, enterCode, expectReset, finish, supportCode, toMethods, verifyByEmail, verifyByText } from '../../support/reset.ts';
import { expect, test } from '../../support/test.ts';

test.describe('Audit logs', () => {
  test('R115 R227 R228 R229 R235: one reset is one story under its support code', { tag: '@page' }, async ({ page, people, server, office, visitor }) => {
    await office.policy();
    const person = await people.ready();
    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    const code = await supportCode(lost);
    await chooseWay(lost, BY.email);
    const sent = await latestCode(server, person.email);
    await enterCode(lost, wrongCodeFor(sent));
    await enterCode(lost, sent);
    await verifyByText(lost, server, person.mobile);
    const password = strongPassword();
    await finish(lost, password);
    await expectReset(lost);

    await findByCode(page, code);
    const rows = auditRows(page);
    await expect(rows.filter({ hasText: 'Reset password (self-service)' }).filter({ hasText: 'Success' })).toHaveCount(1);
    await expect(rows.filter({ hasText: 'Self-service password reset flow activity progress' }).filter({ hasText: 'Success' })).not.toHaveCount(0);
    await expect(rows.filter({ hasText: 'Self-service password reset flow activity progress' }).filter({ hasText: 'Failure' })).not.toHaveCount(0);
    for (const row of await rows.all()) await expect(row).toContainText(person.upn);
    const text = await page.content();
    for (const secret of [password, sent]) expect(text).not.toContain(secret);
  });

  test('R23: a saved setting is written down with its old and its new value', { tag: '@page' }, async ({ page }) => {
    await asAdmin(page);
    await openTab(page, 'Registration');
    await field(page, DAYS).fill('611');
    await save(page);
    await field(page, DAYS).fill('612');
    await save(page);
    await openAudit(page);
    const row = auditRows(page).filter({ hasText: 'Self-service password reset policy changes' }).filter({ hasText: 'Success' }).first();
    await expect(row).toContainText('admin@contoso.example');
    const details = row.getByRole('link').first();
    if ((await details.count()) > 0) await details.click();
    await expect(page.getByRole('main')).toContainText('611');
    await expect(page.getByRole('main')).toContainText('612');
  });

  test('R232: filtered by activity and result', { tag: '@page' }, async ({ page }) => {
    await asAdmin(page);
    await openTab(page, 'Registration');
    await field(page, DAYS).fill('731');
    await press(page, 'Save');
    await expectProblem(page);
    await openAudit(page);
    await field(page, 'Result').selectOption({ label: 'Failure' });
    await press(page, 'Apply');
    await expect(auditRows(page).first()).toBeVisible();
    await expect(auditRows(page).filter({ hasText: 'Success' })).toHaveCount(0);
  });

  test('R233: exported as CSV and JSON, without formulas and without secrets', async ({ page, people, server, office, visitor }) => {
    await office.policy();
    const person = await people.ready({ givenName: '=HYPERLINK("http://evil")', surname: '+cmd' });
    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    await verifyByEmail(lost, server, person.email);
    await asAdmin(page);
    await openAudit(page);
    for (const kind of ['CSV', 'JSON']) {
      const started = page.waitForEvent('download');
      await page.getByRole('link', { name: new RegExp(kind) }).or(page.getByRole('button', { name: new RegExp(kind) })).first().click();
      const text = readFileSync(await (await started).path(), 'utf8');
      expect(text).toContain(person.upn);
      if (kind === 'JSON') expect(Array.isArray(JSON.parse(text))).toBe(true);
      else expect(text).not.toMatch(/(^|,)"?[=+@-]HYPERLINK/m);
    }
  });

  test('R233: the command exports the same, and the chain holds', async ({ server }) => {
    const rows = JSON.parse(await mustRegain(server, ['audit', 'export', '--json'])) as Record<string, unknown>[];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toEqual(expect.objectContaining({ time: expect.anything(), activity: expect.any(String), result: expect.any(String) }));
    expect((await regain(server, ['audit', 'verify'])).status).toBe(0);
  });
});
