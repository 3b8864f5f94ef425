import { asAdmin } from '../support/admin.ts';
import { expectAccessible, expectKeyboard, expectThumbSized } from '../support/axe.ts';
import { expectProblem, field, next, press, problemSummary } from '../support/form.ts';
import { latestCode, wrongCodeFor } from '../support/outbox.ts';
import { GROUP, strongPassword } from '../support/people.ts';
import { chooseMethod, enterEmail, METHOD, onFromAdded, registerPhone } from '../support/register.ts';
import { BY, chooseWay, CODE, enterCode, expectReset, finish, sayForgot, sayLocked, startReset, toMethods, verifyByEmail, verifyByText } from '../support/reset.ts';
import { signIn } from '../support/signin.ts';
import { expect, test } from '../support/test.ts';
import { changeInitialPassword, firstSignIn } from '../support/signin.ts';

test.describe('Accessibility: pages for everybody', () => {
  test.beforeEach(({ office }) => office.policy());
  test.slow();

  test('sign-in and the first password', async ({ page, people }) => {
    const person = await people.add();
    await page.goto('/signin');
    await expectAccessible(page, 'username');
    await expectThumbSized(page);
    await expectKeyboard(page);
    await next(page);
    await expectAccessible(page, 'username missing');
    await field(page, 'Username').fill(person.upn);
    await next(page);
    await expectAccessible(page, 'password');
    await expectThumbSized(page);
    await field(page, 'Password').fill('wrong');
    await press(page, 'Sign in');
    await expectAccessible(page, 'password wrong');
    await field(page, 'Password').fill(person.password);
    await press(page, 'Sign in');
    await expectAccessible(page, 'initial password');
    await expectThumbSized(page);
    await expectKeyboard(page);
    await changeInitialPassword(page, person);
    await expectAccessible(page, 'security info, empty');
  });

  test('registration', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await expectAccessible(page, 'interrupt');
    await expectThumbSized(page);
    await expectKeyboard(page);
    await chooseMethod(page, METHOD.app);
    await expectAccessible(page, 'authenticator');
    await expectThumbSized(page);
    await page.goto('/register');
    await chooseMethod(page, METHOD.phone);
    await expectAccessible(page, 'phone');
    await expectThumbSized(page);
    await page.goto('/register');
    await enterEmail(page, 'nonsense');
    await expectAccessible(page, 'email refused');
    await field(page, 'Email address').fill(person.email);
    await next(page);
    await expectAccessible(page, 'code');
    await expectThumbSized(page);
    await field(page, CODE).fill(wrongCodeFor(await latestCode(server, person.email)));
    await next(page);
    await expectAccessible(page, 'code wrong');
    await field(page, CODE).fill(await latestCode(server, person.email));
    await next(page);
    await expectAccessible(page, 'email added');
    await onFromAdded(page);
    await registerPhone(page, server, person.mobile);
    await expectAccessible(page, 'review');
    await expectThumbSized(page);
    await press(page, 'Looks good');
    await expectAccessible(page, 'security info');
    await expectThumbSized(page);
    await page.goto('/security-info/change-password');
    await expectAccessible(page, 'change password');
  });

  test('reset', async ({ page, people, server }) => {
    const person = await people.ready();
    await page.goto('/reset');
    await expectAccessible(page, 'start');
    await expectThumbSized(page);
    await expectKeyboard(page);
    await next(page);
    await expectAccessible(page, 'start refused');
    await startReset(page, server, person.upn);
    await expectAccessible(page, 'forgot or locked');
    await expectThumbSized(page);
    await sayForgot(page);
    await expectAccessible(page, 'methods');
    await expectThumbSized(page);
    await chooseWay(page, BY.text);
    await expectAccessible(page, 'phone number');
    await expectThumbSized(page);
    await press(page, 'Text me the code');
    await expectAccessible(page, 'phone number refused');
    await field(page, 'Phone number').fill(person.mobile);
    await press(page, 'Text me the code');
    await expectAccessible(page, 'code');
    await expectThumbSized(page);
    await enterCode(page, '');
    await expectAccessible(page, 'code refused');
    await enterCode(page, await latestCode(server, person.mobile));
    await expectAccessible(page, 'second step');
    await verifyByEmail(page, server, person.email);
    await expectAccessible(page, 'new password');
    await expectThumbSized(page);
    await expectKeyboard(page);
    await finish(page, 'short');
    await expectAccessible(page, 'new password refused');
    await finish(page, strongPassword());
    await expectReset(page);
    await expectAccessible(page, 'done');
    await expectThumbSized(page);
  });

  test('unlock and the dead ends', async ({ page, people, server, office }) => {
    const person = await people.ready();
    await startReset(page, server, person.upn);
    await sayLocked(page);
    await verifyByEmail(page, server, person.email);
    await verifyByText(page, server, person.mobile);
    await expectAccessible(page, 'unlocked');
    await page.goto('/nowhere');
    await expectAccessible(page, 'not found');
    await page.context().clearCookies();
    await page.goto('/reset/verify');
    await expectAccessible(page, 'nothing under way');
    await office.policy({ explain: 'Always' });
    await startReset(page, server, (await people.add()).upn);
    await expectAccessible(page, 'refused with the reason');
    await expectThumbSized(page);
    await press(page, 'Contact your administrator');
    await expectAccessible(page, 'contact your administrator');
    await office.policy({ scope: 'None' });
    await page.goto('/reset');
    await expectAccessible(page, 'switched off');
  });

  test('the first heading, the focus and the title after a refusal', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    await enterCode(page, '');
    await expectProblem(page, [], [CODE]);
    const summary = problemSummary(page);
    await expect(summary).toBeFocused();
    const link = summary.getByRole('link').first();
    await link.click();
    await expect(field(page, CODE)).toBeFocused();
    await expect(field(page, CODE)).toHaveAttribute('aria-invalid', 'true');
    await expect(field(page, CODE)).toHaveAttribute('aria-describedby', /.+/);
  });
});

test.describe('Accessibility: the portal', () => {
  test.slow();

  test('every tab', async ({ page }) => {
    await asAdmin(page);
    for (const path of [
      '/admin',
      '/admin/password-reset/properties',
      '/admin/password-reset/authentication-methods',
      '/admin/password-reset/registration',
      '/admin/password-reset/notifications',
      '/admin/password-reset/customization',
      '/admin/password-reset/administrator-policy',
      '/admin/messages',
    ]) {
      await page.goto(path);
      await expectAccessible(page, path);
      await expectThumbSized(page, 24);
    }
    await expectKeyboard(page, 60);
  });

  test('users, groups, the audit log, the outbox', async ({ page, people }) => {
    const person = await people.ready();
    await asAdmin(page);
    for (const path of ['/admin/users', '/admin/groups', '/admin/audit-logs', '/demo/outbox']) {
      await page.goto(path);
      await expectAccessible(page, path);
      await expectThumbSized(page, 24);
    }
    await page.goto('/admin/users');
    await press(page, 'New user');
    await expectAccessible(page, 'new user');
    await page.goto(`/admin/users?search=${person.upn}`);
    await page.getByRole('link', { name: person.displayName }).first().click();
    await expectAccessible(page, 'a user');
    await page.goto('/admin/groups');
    await press(page, 'New group');
    await expectAccessible(page, 'new group');
  });

  test('a reader is told, accessibly, that this is not for them', async ({ page }) => {
    await page.goto('/admin');
    await signIn(page, 'reader@contoso.example', 'nonsense-password');
    await expectAccessible(page, 'refused');
  });
});
