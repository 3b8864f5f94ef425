import { field, heading, press } from '../../support/form.ts';
import { latestMessage, messagesTo } from '../../support/outbox.ts';
import { GROUP, strongPassword } from '../../support/people.ts';
import { looksGood, registerAppCode, registerEmail } from '../../support/register.ts';
import {
  BY, expectReset, finish, offered, resetPassword, sayLocked, startReset, supportCode, toMethods, verifyByAppCode, verifyByEmail, verifyByText,
} from '../../support/reset.ts';
import { expectSignedIn, firstSignIn, signIn, skipRegistration } from '../../support/signin.ts';
import { expectProblem } from '../../support/form.ts';
import { expectRecord } from '../../support/records.ts';
import { expect, test } from '../../support/test.ts';

test.describe('Back into the account', { tag: '@journey' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('R96 R102 R108 R112 R130 R131 R183-R185 R189: by email and text message', async ({ page, people, server }) => {
    const person = await people.ready();
    const old = person.password;
    await page.goto(`/signin?username=${person.upn}`);
    await press(page, 'Can’t access your account?');
    await resetPassword(page, server, person, strongPassword());
    expect(await supportCode(page)).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await press(page, 'Sign in');

    await signIn(page, person.upn, old);
    await expectProblem(page, [/incorrect/i]);
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await skipRegistration(page);
    await expectSignedIn(page);
    await latestMessage(server, person.email, /password.*reset/i);
    await expectRecord(server, person.upn, 'Reset password (self-service)');
  });

  test('R134 R142: by app code and email', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    const app = await registerAppCode(page, server, person);
    await registerEmail(page, server, person.email);
    await looksGood(page);
    await page.context().clearCookies();

    await toMethods(page, server, person.upn);
    await verifyByAppCode(page, app);
    const left = await offered(page);
    expect(left.some((name) => name.startsWith(BY.app))).toBe(false);
    await verifyByEmail(page, server, person.email);
    await finish(page, strongPassword());
    await expectReset(page);
  });

  test('R225: unlocked, with the password as it was', async ({ page, people, server }) => {
    const person = await people.ready();
    for (let tries = 0; tries < 10; tries += 1) {
      await page.goto('/signin');
      await signIn(page, person.upn, strongPassword());
      await server.forgetAddresses();
    }
    await startReset(page, server, person.upn);
    await sayLocked(page);
    await verifyByEmail(page, server, person.email);
    await verifyByText(page, server, person.mobile);
    await expect(heading(page, 'Your account is unlocked')).toBeVisible();
    await expect(field(page, 'New password')).toHaveCount(0);
    await latestMessage(server, person.email, /unlocked/i);
    await expectRecord(server, person.upn, 'Unlock user account (self-service)');

    await press(page, 'Sign in');
    await signIn(page, person.upn, person.password);
    await expect(field(page, 'New password').or(page.getByRole('button', { name: 'Sign out' })).first()).toBeVisible();
    expect(await messagesTo(server, person.email)).not.toEqual([]);
  });
});
