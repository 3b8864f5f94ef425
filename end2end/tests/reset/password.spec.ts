import { expectProblem, field, heading, press } from '../../support/form.ts';
import { messagesTo } from '../../support/outbox.ts';
import { strongPassword } from '../../support/people.ts';
import { expectReset, finish, resetPassword, toMethods, toNewPassword, verifyByEmail, verifyByText } from '../../support/reset.ts';
import { expectSignedIn, firstSignIn, signIn, skipRegistration } from '../../support/signin.ts';
import { expect, test } from '../../support/test.ts';

test.describe('The new password', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('R155 R158: what breaks the rules is told, and may be tried again', async ({ page, people, server }) => {
    const person = await people.ready();
    await toNewPassword(page, server, person);
    for (const bad of ['', 'too short 1', 'passwordpassword', `${person.givenName.toLowerCase()} ${person.upn.split('@')[0]} 12345`]) {
      await finish(page, bad);
      await expectProblem(page, [], ['New password']);
      await expect(field(page, 'New password')).toHaveValue('');
    }
    await finish(page, strongPassword());
    await expectReset(page);
  });

  test('R151: the confirmation must match', async ({ browser, people, server }) => {
    const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
    const page = await context.newPage();
    const person = await people.ready();
    await toNewPassword(page, server, person);
    await expect(field(page, 'Confirm new password')).toBeVisible();
    await finish(page, strongPassword(), strongPassword());
    await expectProblem(page, [/match/i]);
    await finish(page, strongPassword(), '');
    await expectProblem(page);
    await finish(page, strongPassword());
    await expectReset(page);
    await context.close();
  });

  test('T147: 15 to 256 characters, any letters, blanks at the ends kept', async ({ page, people, server }) => {
    const person = await people.ready();
    await toNewPassword(page, server, person);
    for (const bad of ['Zq7-Zq9-Zx8-Zy', `${'wé7#'.repeat(64)}!`, 'x\u0007bell-inside-it-9']) {
      await finish(page, bad);
      await expectProblem(page, [], ['New password']);
    }
    const good = ` 猫は${strongPassword()}é `;
    await finish(page, good);
    await expectReset(page);
    await press(page, 'Sign in');
    await signIn(page, person.upn, good.trim());
    await expectProblem(page, [/incorrect/i]);
    await page.goto('/signin');
    await signIn(page, person.upn, good.normalize('NFD'));
    await skipRegistration(page);
    await expectSignedIn(page);
  });

  test('R157: the last password may come back at a reset', async ({ page, people, server }) => {
    const person = await people.ready();
    const same = strongPassword();
    await resetPassword(page, server, person, same);
    await page.context().clearCookies();
    await server.advance(600);
    await resetPassword(page, server, person, same);
  });

  test('R160: where scripts run there is a strength indicator that says its level in words', { tag: '@script' }, async ({ page, people, server }) => {
    const person = await people.ready();
    await toNewPassword(page, server, person);
    const meter = page.getByRole('meter', { name: 'Password strength' });
    await field(page, 'New password').pressSequentially('aaaa');
    const weak = Number(await meter.getAttribute('aria-valuenow'));
    const weakText = await meter.getAttribute('aria-valuetext');
    await field(page, 'New password').fill(strongPassword());
    await expect.poll(async () => Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(weak);
    expect(await meter.getAttribute('aria-valuetext')).not.toBe(weakText);
  });

  test('the password can be looked at', { tag: '@script' }, async ({ page, people, server }) => {
    const person = await people.ready();
    await toNewPassword(page, server, person);
    const secret = field(page, 'New password');
    await secret.fill('look at me');
    await expect(secret).toHaveAttribute('type', 'password');
    await page.getByRole('button', { name: /^Show password/ }).first().click();
    await expect(secret).toHaveAttribute('type', 'text');
    await expect(secret).toHaveValue('look at me');
  });

  test('password managers find their way', async ({ page, people, server }) => {
    const person = await people.ready();
    await toNewPassword(page, server, person);
    await expect(field(page, 'New password')).toHaveAttribute('autocomplete', 'new-password');
    await expect(field(page, 'New password')).toHaveAttribute('passwordrules', /minlength: 15/);
    await expect(page.locator('input[autocomplete=username]')).toHaveValue(person.upn);
    await expect(page.locator('[onpaste]')).toHaveCount(0);
  });

  test('R184 T24: a second submit of the same page changes nothing and says so kindly', async ({ page, people, server }) => {
    const person = await people.ready();
    await toNewPassword(page, server, person);
    const first = strongPassword();
    await finish(page, first);
    await expectReset(page);
    await page.goBack();
    if (await field(page, 'New password').isVisible()) await finish(page, strongPassword());
    await expect(page.getByText(/already|expired|has been reset/i).first()).toBeVisible();
    const mails = (await messagesTo(server, person.email)).filter((one) => /was reset/i.test(one.subject));
    expect(mails).toHaveLength(1);
    await page.goto('/signin');
    await signIn(page, person.upn, first);
    await skipRegistration(page);
    await expectSignedIn(page);
  });

  test('T91: sessions of the account die with the old password', async ({ page, people, server, visitor }) => {
    const person = await people.ready();
    const elsewhere = await visitor();
    await firstSignIn(elsewhere, person);
    await skipRegistration(elsewhere);
    await expectSignedIn(elsewhere);
    await resetPassword(page, server, person, strongPassword());
    await elsewhere.goto('/security-info');
    await expect(elsewhere).toHaveURL(/\/signin/);
  });

  test('T92: nobody is signed in by a reset', async ({ page, people, server }) => {
    const person = await people.ready();
    await resetPassword(page, server, person, strongPassword());
    await page.goto('/security-info');
    await expect(page).toHaveURL(/\/signin/);
  });

  test('T30: of two flows at once the first wins, the other is closed', async ({ page, people, server, visitor }) => {
    const person = await people.ready();
    const other = await visitor();
    await toNewPassword(page, server, person);
    await server.advance(35);
    await toNewPassword(other, server, person);
    const first = strongPassword();
    await finish(page, first);
    await expectReset(page);
    await finish(other, strongPassword());
    await expect(heading(other, 'Your password has been reset')).toHaveCount(0);
    await page.goto('/signin');
    await signIn(page, person.upn, first);
    await skipRegistration(page);
    await expectSignedIn(page);
  });

  test('T26: the policy of now decides, not the one of the start', async ({ page, people, server, office }) => {
    await office.policy({ number: 1 });
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await verifyByEmail(page, server, person.email);
    await expect(field(page, 'New password')).toBeVisible();
    await office.policy({ number: 2 });
    await finish(page, strongPassword());
    await expect(heading(page, 'Your password has been reset')).toHaveCount(0);
    await page.goto('/reset/verify');
    await verifyByText(page, server, person.mobile);
    await expect(field(page, 'New password')).toBeVisible();
  });

  test('T27: a person who is blocked meanwhile is not reset', async ({ page, people, server }) => {
    const person = await people.ready();
    await toNewPassword(page, server, person);
    await people.block(person);
    await finish(page, strongPassword());
    await expect(heading(page, 'Your password has been reset')).toHaveCount(0);
  });

  test('T27: a person who leaves the scope meanwhile is not reset', async ({ page, people, server }) => {
    const person = await people.ready();
    await toNewPassword(page, server, person);
    await people.leave('SSPR-Test-Group', person);
    await finish(page, strongPassword());
    await expect(heading(page, 'Your password has been reset')).toHaveCount(0);
  });
});
