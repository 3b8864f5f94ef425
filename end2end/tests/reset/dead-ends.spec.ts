import type { Person } from '../../support/people.ts';
import { GROUP } from '../../support/people.ts';
import { button, expectProblem, field, heading, press } from '../../support/form.ts';
import { latestMessage, messagesTo } from '../../support/outbox.ts';
import { BY, chooseWay, CODE, methodRadios, offered, sayForgot, startReset, supportCode, toMethods } from '../../support/reset.ts';
import { findByCode } from '../../support/audit.ts';
import { expectRecord } from '../../support/records.ts';
import { expect, test, type Page } from '../../support/test.ts';

async function expectReason(page: Page, code: string): Promise<void> {
  await expect(page.getByText(code).first()).toBeVisible();
  await expect(button(page, 'Contact your administrator')).toBeVisible();
  expect(await supportCode(page)).toMatch(/-/);
  await expect(methodRadios(page)).toHaveCount(0);
}

test.describe('Where it does not go on', { tag: '@page' }, () => {
  test('R2 R117 R118: with None /reset says so before the CAPTCHA; administrators may go on', async ({ page, office, people, server }) => {
    await office.policy({ scope: 'None' });
    await page.goto('/reset');
    await expect(page.getByText(/not (been )?turned on|switched off|not enabled|turned off/i).first()).toBeVisible();
    await expect(button(page, 'Contact your administrator')).toBeVisible();
    await expect(page.getByText('Support code').first()).toBeVisible();

    const admin = await people.add({ email: true, mobile: true, roles: ['User Administrator'] });
    const on = button(page, /administrator/i).and(page.locator('a[href*="reset"], button'));
    if (!(await field(page, 'Username').isVisible())) await on.first().click();
    await expect(field(page, 'Username')).toBeVisible();
    void admin;
    void server;
  });

  test('R3 R6 R12 R13 R122: the group decides, nested groups count', async ({ page, office, people, server }) => {
    await office.policy({ explain: 'Always' });
    const outsider = await people.add({ email: true, mobile: true });
    await startReset(page, server, outsider.upn);
    await expectReason(page, 'SSPR_0013');

    const nested = await people.add({ email: true, mobile: true, groups: ['SSPR-Nested-Group'] });
    await toMethods(page, server, nested.upn);
    const member = await people.ready();
    await toMethods(page, server, member.upn);
    await people.leave(GROUP, member);
    await startReset(page, server, member.upn);
    await expectReason(page, 'SSPR_0013');
    await people.join(GROUP, member.upn);
    await toMethods(page, server, member.upn);
  });

  test('R4: with All everybody is served', async ({ page, office, people, server }) => {
    await office.policy({ explain: 'Always', scope: 'All' });
    const person = await people.add({ email: true, mobile: true });
    await toMethods(page, server, person.upn);
    await expect(methodRadios(page)).not.toHaveCount(0);
  });

  test('R37 R123: too few methods', async ({ page, office, people, server }) => {
    await office.policy({ explain: 'Always' });
    const one = await people.add({ email: true, groups: [GROUP] });
    await startReset(page, server, one.upn);
    await expectReason(page, 'SSPR_0014');
    await office.policy({ explain: 'Always', number: 1 });
    await toMethods(page, server, one.upn);
  });

  test('R116: the first failing check names itself', async ({ page, office, people, server }) => {
    await office.policy({ explain: 'Always' });
    const both = await people.add();
    await startReset(page, server, both.upn);
    await expectReason(page, 'SSPR_0013');
  });

  test('explained or not, an unknown name and a blocked one are told the same', async ({ page, office, people, server }) => {
    await office.policy({ explain: 'Always' });
    const texts = new Set<string>();
    for (const person of [people.invent(), await people.ready({ blocked: true })]) {
      await startReset(page, server, person.upn);
      await expect(methodRadios(page)).toHaveCount(0);
      await expect(button(page, 'Contact your administrator')).toBeVisible();
      texts.add((await heading(page, /./).innerText()).trim());
    }
    expect(texts.size).toBe(1);
  });

  test('never explained: the person concerned gets the true reason by mail, once a day', async ({ page, office, people, server }) => {
    await office.policy();
    const outsider = await people.add({ email: true, mobile: true });
    for (let times = 0; times < 2; times += 1) {
      await startReset(page, server, outsider.upn);
      await sayForgot(page);
    }
    await latestMessage(server, outsider.email, /reset/i);
    const count = (await messagesTo(server, outsider.email)).length;
    expect(count).toBe(1);
    await server.advance(24 * 3600 + 60);
    await startReset(page, server, outsider.upn);
    await sayForgot(page);
    await expect.poll(async () => (await messagesTo(server, outsider.email)).length).toBe(2);
  });

  test('R115: the support code leads to the exact reason in the audit log', async ({ page, office, people, server, visitor }) => {
    await office.policy();
    const outsider = await people.add({ email: true, mobile: true });
    await startReset(page, server, outsider.upn);
    await sayForgot(page);
    const code = await supportCode(page);
    const desk = await visitor();
    await findByCode(desk, code);
    await expect(desk.getByText(outsider.upn).first()).toBeVisible();
    await expect(desk.getByText(/group/i).first()).toBeVisible();
  });

  test('R203 R204 R205 R207 R231: Contact your administrator, not customised, mails the right administrators', async ({ page, office, people, server }) => {
    await office.policy();
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    const code = await supportCode(page);
    await press(page, 'Contact your administrator');
    await press(page, /^(Send|Ask|Request)/);
    await expect(heading(page, 'Your request is on its way')).toBeVisible();
    const mail = await latestMessage(server, 'helpdesk@contoso.example', new RegExp(code));
    expect(mail.text).toContain(person.upn);
    await expectRecord(server, person.upn, 'Self-service password reset flow activity progress', 'Success', /contacted/i);
    expect((await messagesTo(server, 'admin@contoso.example')).filter((one) => one.text.includes(code))).toEqual([]);
  });

  test('R206: customised, it is a link and no mail is sent', async ({ page, office, people, server }) => {
    await office.policy({ helpdesk: 'https://support.contoso.com/' });
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await expect(page.getByRole('link', { name: 'Contact your administrator' })).toHaveAttribute('href', 'https://support.contoso.com/');
  });

  test('R113: without cookies it says so', async ({ page, office, people, server }) => {
    await office.policy();
    await startReset(page, server, people.invent().upn);
    await page.context().clearCookies();
    await press(page, 'Next');
    await expect(page.getByText(/cookie|expired|start again/i).first()).toBeVisible();
    await expect(field(page, CODE)).toHaveCount(0);
  });
});

test.describe('Security questions are no way for administrators', { tag: '@page' }, () => {
  test('R54 R209 R210 R211: administrators have two steps, without questions, whatever the policy', async ({ page, office, people, server }) => {
    await office.policy({ number: 1, methods: ['Email'], explain: 'Always' });
    const admin: Person = await people.add({ email: true, mobile: true, roles: ['User Administrator'] });
    await toMethods(page, server, admin.upn);
    const names = await offered(page);
    expect(names.some((name) => name.startsWith(BY.text))).toBe(true);
    expect(names.some((name) => name.startsWith(BY.questions))).toBe(false);
    await chooseWay(page, BY.email);
    await expect(field(page, CODE)).toBeVisible();
    await press(page, 'Next');
    await expectProblem(page, [], [CODE]);
  });
});
