import { latestMessage, messages, messagesTo, type Message } from '../support/outbox.ts';
import { strongPassword, type Person } from '../support/people.ts';
import { BY, chooseWay, resetPassword, toMethods } from '../support/reset.ts';
import type { Server } from '../support/server.ts';
import { expect, test, type Page } from '../support/test.ts';

const RESET = /password.*(reset|changed)/i;

async function aboutResets(server: Server, to: string): Promise<Message[]> {
  return (await messagesTo(server, to)).filter((one) => RESET.test(one.subject) && !/code/i.test(one.subject));
}

/** Goes through a reset and lets the mail out. */
async function afterReset(page: Page, server: Server, person: Person): Promise<void> {
  await resetPassword(page, server, person, strongPassword());
  await server.runJobs();
}

test.describe('Notifications', () => {
  test('R189 R191 R196: the person is told at both addresses, and nobody else', { tag: '@page' }, async ({ page, people, server, office }) => {
    await office.policy({ notifyUsers: true, notifyAdmins: true });
    const person = await people.ready();
    await people.setMail(person);
    const before = (await messages(server)).length;
    await afterReset(page, server, person);
    await expect.poll(async () => (await aboutResets(server, person.upn)).length).toBe(1);
    await expect.poll(async () => (await aboutResets(server, person.email)).length).toBe(1);
    const fresh = (await messages(server)).slice(0, (await messages(server)).length - before);
    const addresses = new Set(fresh.filter((one) => one.channel === 'email').flatMap((one) => one.to.map((to) => to.toLowerCase())));
    expect([...addresses].sort()).toEqual([person.email, person.upn].sort());

    const mail = (await aboutResets(server, person.upn))[0]!;
    expect(mail.subject).toContain('Contoso');
    expect(mail.text).toContain('Contoso');
    expect(mail.html ?? '').toContain('Contoso');
    expect(mail.text + (mail.html ?? '')).not.toContain(person.password);
    expect(mail.html ?? '').not.toMatch(/<img[^>]+http|<script/i);
  });

  test('R192: with No the person gets none', async ({ page, people, server, office }) => {
    await office.policy({ notifyUsers: false });
    const person = await people.ready();
    await afterReset(page, server, person);
    expect(await aboutResets(server, person.upn)).toEqual([]);
    expect(await aboutResets(server, person.email)).toEqual([]);
  });

  test('R190 R193 R194: all Global Administrators are told when an administrator resets', async ({ page, people, server, office }) => {
    await office.policy({ notifyAdmins: true });
    const global = await people.add({ email: true, roles: ['Global Administrator'] });
    const admin = await people.add({ email: true, mobile: true, roles: ['User Administrator'] });
    await people.setMail(global);
    await people.setMail(admin);
    await afterReset(page, server, admin);
    for (const to of [global.upn, 'admin@contoso.example']) {
      const mail = await latestMessage(server, to, new RegExp(admin.upn.replace('.', '\\.')));
      expect(mail.channel).toBe('email');
    }
    // Primary addresses only, and only Global Administrators.
    expect(await aboutResets(server, global.email)).toEqual([]);
    expect((await messagesTo(server, 'helpdesk@contoso.example')).filter((one) => one.text.includes(admin.upn))).toEqual([]);
    await expect.poll(async () => (await aboutResets(server, admin.upn)).length).toBeGreaterThan(0);
  });

  test('R194 R195: not for ordinary people, and not with No', async ({ page, people, server, office }) => {
    await office.policy({ notifyAdmins: true });
    const person = await people.ready();
    await afterReset(page, server, person);
    const mailed = async (upn: string) => (await messagesTo(server, 'admin@contoso.example')).filter((one) => one.text.includes(upn));
    expect(await mailed(person.upn)).toEqual([]);

    await office.policy({ notifyAdmins: false });
    const admin = await people.add({ email: true, mobile: true, roles: ['User Administrator'] });
    await page.context().clearCookies();
    await afterReset(page, server, admin);
    expect(await mailed(admin.upn)).toEqual([]);
  });

  test('R198: a code mail says what it is, in text and HTML, without a link', async ({ page, people, server, office }) => {
    await office.policy();
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    const mail = await latestMessage(server, person.email, /Contoso account email verification code/);
    expect(mail.text).toMatch(/(?<!\d)\d{8}(?!\d)/);
    expect(mail.html ?? '').toMatch(/\d{8}/);
    expect(mail.text).not.toMatch(/https?:\/\//);
    expect(mail.html ?? '').not.toMatch(/<a\s[^>]*href="https?:/);
  });

  test('a text message is short, and has no line for phones where there is no https', async ({ page, people, server, office }) => {
    await office.policy();
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.text);
    await page.getByLabel('Phone number', { exact: true }).fill(person.mobile);
    await page.getByRole('button', { name: 'Text me the code', exact: true }).click();
    const sms = await latestMessage(server, person.mobile, /code/i);
    expect(sms.channel).toBe('sms');
    expect(sms.text.length).toBeLessThanOrEqual(160);
    expect(sms.text.match(/\d{6}/g)).toHaveLength(1);
    expect(sms.text).not.toContain('@localhost');
  });

  test('T82: names with markup stay text in mail', async ({ page, people, server, office }) => {
    await office.policy();
    const person = await people.ready({ givenName: '<img src=x>', surname: 'O"Neill' });
    await afterReset(page, server, person);
    const mail = await latestMessage(server, person.email, RESET);
    expect(mail.html ?? '').not.toContain('<img src=x>');
  });
});
