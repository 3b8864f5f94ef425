import { expectProblem, field, heading, press } from '../../support/form.ts';
import { codesTo, latestCode, latestMessage, wrongCodeFor } from '../../support/outbox.ts';
import { strongPassword, type Person } from '../../support/people.ts';
import { mustRegain } from '../../support/cli.ts';
import type { Server } from '../../support/server.ts';
import { BY, chooseWay, CODE, enterCode, expectReset, finish, toMethods, toNewPassword, verifyByEmail } from '../../support/reset.ts';
import { changeInitialPassword, signIn } from '../../support/signin.ts';
import { expectRecord } from '../../support/records.ts';
import { expect, test, type Page } from '../../support/test.ts';

async function oneWrongCode(page: Page, server: Server, person: Person): Promise<void> {
  await toMethods(page, server, person.upn);
  await chooseWay(page, BY.email);
  await enterCode(page, wrongCodeFor(await latestCode(server, person.email)));
}

/** The wizard answers, but nothing that was right before opens it any more. */
async function expectLocked(page: Page): Promise<void> {
  await expect(page.getByText(/too many tries/i).first()).toBeVisible();
  await expect(field(page, 'New password')).toHaveCount(0);
}

/** Others used the account's tries up: the page says nothing of it, and no code leaves. */
async function expectSilence(page: Page, server: Server, person: Person): Promise<void> {
  const before = (await codesTo(server, person.email)).length;
  await toMethods(page, server, person.upn);
  await chooseWay(page, BY.email);
  await expect(field(page, CODE)).toBeVisible();
  expect(await codesTo(server, person.email)).toHaveLength(before);
}

test.describe('Limits', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('T35: the third wrong code kills the code', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    const code = await latestCode(server, person.email);
    for (let tries = 0; tries < 3; tries += 1) await enterCode(page, wrongCodeFor(code));
    if (await field(page, CODE).isVisible()) {
      await enterCode(page, code);
      await expectProblem(page, [/code/i]);
    }
    await page.goto('/reset/phone');
    await expect(field(page, 'Phone number')).toHaveCount(0);
    await page.goto('/reset/method');
    await expect(page.getByRole('radio', { name: new RegExp(`^${BY.email}`) })).toBeVisible();
  });

  test('R145 R149 R150 T36: five wrong codes in a day lock the way back, over all flows and browsers', async ({ page, people, server, visitor }) => {
    const person = await people.ready();
    for (let tries = 0; tries < 5; tries += 1) {
      const browser = await visitor();
      await oneWrongCode(browser, server, person);
      await server.forgetAddresses();
      await server.advance(11 * 60);
    }
    await expectSilence(page, server, person);
    await latestMessage(server, person.email, /locked|blocked|too many/i);
    await expectRecord(server, person.upn, 'Blocked from self-service password reset');

    // The lock closes recovery only: sign-in goes on as ever.
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await changeInitialPassword(page, person);
  });

  test('R145: after a day it opens again; an administrator opens it before', async ({ page, people, server, visitor }) => {
    const person = await people.ready();
    const other = await people.ready();
    for (const one of [person, other]) {
      for (let tries = 0; tries < 5; tries += 1) {
        await oneWrongCode(await visitor(), server, one);
        await server.forgetAddresses();
        await server.advance(11 * 60);
      }
    }
    await mustRegain(server, ['user', 'unlock', other.upn]);
    await toNewPassword(page, server, other);

    await page.context().clearCookies();
    await expectSilence(page, server, person);
    await page.context().clearCookies();
    await server.advance(24 * 3600 + 60);
    await toNewPassword(page, server, person);
  });

  test('R148: a reset clears what was counted', async ({ page, people, server, visitor }) => {
    const person = await people.ready();
    for (let round = 0; round < 2; round += 1) {
      for (let tries = 0; tries < 3; tries += 1) {
        await oneWrongCode(await visitor(), server, person);
        await server.forgetAddresses();
        await server.advance(11 * 60);
      }
      await page.context().clearCookies();
      await toNewPassword(page, server, person);
      await finish(page, strongPassword());
      await expectReset(page);
      await server.advance(11 * 60);
    }
  });

  test('R146 T37: wrong phone numbers count as well', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    // Before the first step is passed a wrong number looks and counts like a message.
    await verifyByEmail(page, server, person.email);
    await chooseWay(page, BY.text);
    for (let tries = 0; tries < 5; tries += 1) {
      await field(page, 'Phone number').fill(people.invent().mobile);
      await press(page, 'Text me the code');
    }
    await expectLocked(page);
    expect(await codesTo(server, person.mobile)).toEqual([]);
    await page.context().clearCookies();
    await server.advance(61);
    await expectSilence(page, server, person);
  });

  test('T140 R147: three code mails in ten minutes, not more', async ({ people, server, visitor }) => {
    const person = await people.ready();
    for (let times = 0; times < 5; times += 1) {
      const browser = await visitor();
      await toMethods(browser, server, person.upn);
      await chooseWay(browser, BY.email);
      await server.forgetAddresses();
      await server.advance(115);
    }
    expect(await codesTo(server, person.email)).toHaveLength(3);
  });

  test('T139: starting over and over locks nobody', async ({ page, people, server }) => {
    const person = await people.ready();
    for (let times = 0; times < 12; times += 1) {
      await toMethods(page, server, person.upn);
      await server.forgetAddresses();
      await page.context().clearCookies();
    }
    await toNewPassword(page, server, person);
  });

  test('one source that starts too often is asked for more work, and not refused', async ({ page, people, server }) => {
    test.slow();
    await server.forgetAddresses();
    // The browser itself keeps the cookie that says so.
    await page.goto('/reset');
    for (let times = 0; times < 40; times += 1) {
      const reply = await page.request.get('/reset');
      const token = /name="captcha"[^>]*value="([^"]+)"/.exec(await reply.text())?.[1] ?? '';
      const { picture } = await server.captchaAnswers(token);
      expect(await postStart(page, token, picture, people.invent().upn)).toBe(303);
    }
    await server.forgetAddresses();
    await page.goto('/reset');
    await expect(heading(page, 'Get back into your account')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'There is a problem' })).toHaveCount(0);
  });

  test('a used-up attempt stays used up after the page is loaded again', async ({ page, people, server }) => {
    const person = await people.ready();
    await oneWrongCode(page, server, person);
    await expectProblem(page, [], [CODE]);
    await page.reload();
    await expect(field(page, CODE)).toBeVisible();
  });
});

/** The first form, sent as the browser would: its fields are found by their labels. */
async function postStart(page: Page, token: string, picture: string, upn: string): Promise<number> {
  const reply = await page.request.post('/reset', { form: { captcha: token, username: upn, characters: picture }, maxRedirects: 0 });
  return reply.status();
}
