import { asAdmin } from '../support/admin.ts';
import { expectAccessible, expectKeyboard, expectThumbSized } from '../support/axe.ts';
import { choose, expectProblem, field, heading, next, press, scripts } from '../support/form.ts';
import { keepSecret } from '../support/invariants.ts';
import { latestCode, latestMessage, wrongCodeFor } from '../support/outbox.ts';
import { GROUP, type Person } from '../support/people.ts';
import { openUser } from '../support/portal.ts';
import { chooseMethod, METHOD, readSecretKey, registerEmail, registerPhone } from '../support/register.ts';
import { firstSignIn } from '../support/signin.ts';
import { expect, test, type Page } from '../support/test.ts';

const ISSUE = 'Issue temporary pass';
const VERIFY = 'Verify caller';
const CODE = 'Code that the caller reads out';

/** The help desk gives a reason instead of a proof. */
async function override(page: Page): Promise<void> {
  await field(page, 'Reason').fill('Stands at the desk, with a badge');
  await press(page, 'Override');
  await expect(page.getByText('You can issue a temporary pass', { exact: true })).toBeVisible();
}

/** The pass on the page, without its spaces. */
async function readPass(page: Page): Promise<string> {
  const pass = page.getByLabel('Temporary pass', { exact: true });
  await expect(pass).toBeVisible();
  return ((await pass.textContent()) ?? '').replace(/\s/g, '');
}

async function usePass(page: Page, person: Person, pass: string): Promise<void> {
  await page.goto('/signin');
  await field(page, 'Username').fill(person.upn);
  await press(page, 'Next');
  await press(page, 'Use a temporary pass');
  await expect(field(page, 'Username')).toHaveValue(person.upn);
  await field(page, 'Temporary pass').fill(pass);
  await press(page, 'Sign in');
}

test.describe('Temporary passes', { tag: '@journey' }, () => {
  test('T112: the help desk verifies a caller and issues a pass, with which the caller registers', async ({ page, people, server, visitor, office }) => {
    test.slow();
    await office.policy();
    const person = await people.add({ groups: [GROUP] });
    const own = await visitor();
    await firstSignIn(own, person);
    await registerEmail(own, server, person.email);
    await registerPhone(own, server, person.mobile);
    await press(own, 'Sign out');

    await asAdmin(page, 'helpdesk');
    await openUser(page, person.upn);
    await press(page, ISSUE);
    await expect(page.getByText('First find out who is calling')).toBeVisible();
    await press(page, VERIFY);
    await expect(page.getByText('Nothing yet')).toBeVisible();
    await choose(page, 'Where to?', /^Text /);
    await press(page, 'Send');
    await field(page, CODE).fill(await latestCode(server, person.mobile));
    await press(page, 'Check');
    // One kind is not what a reset demands.
    await expect(page.getByText('One proof of another kind')).toBeVisible();
    await expect(page.getByText('You can issue a temporary pass', { exact: true })).toHaveCount(0);
    await press(page, 'Send');
    const code = await latestCode(server, person.email);
    const mail = await latestMessage(server, person.email, /help desk/);
    expect(mail.text).toContain('You may read it to the help desk, and to nobody else.');
    expect(mail.text).toContain('only if you called the help desk');
    await field(page, CODE).fill(wrongCodeFor(code));
    await press(page, 'Check');
    await expectProblem(page, [], [CODE]);
    await field(page, CODE).fill(code);
    await press(page, 'Check');
    await expect(page.getByText('You can issue a temporary pass', { exact: true })).toBeVisible();
    await press(page, ISSUE);
    await press(page, ISSUE);
    const pass = await readPass(page);
    expect(pass).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    keepSecret(server, pass);
    await page.reload();
    await expect(page.getByLabel('Temporary pass', { exact: true })).toHaveCount(0);
    await latestMessage(server, person.upn, /temporary pass/).catch(() => latestMessage(server, person.email, /temporary pass/));

    const caller = await visitor();
    await usePass(caller, person, pass.toLowerCase());
    // Nothing is missing: the methods that proved the call are still there.
    await expect(caller).toHaveURL(/\/security-info/);
    const refused = await caller.goto('/admin');
    expect(refused?.status()).toBe(403);
    await caller.goto('/security-info/add');
    await chooseMethod(caller, METHOD.app);
    const app = await readSecretKey(caller, server);
    if ((await field(caller, 'Enter your verification code').count()) === 0) await next(caller);
    await field(caller, 'Enter your verification code').fill(await app.next());
    await next(caller);
    await expect(caller).toHaveURL(/\/security-info/);
    await expect(caller.getByText(/added/i).first()).toBeVisible();
    await press(caller, 'Sign out');
    await usePass(caller, person, pass);
    await expectProblem(caller, ['incorrect'], ['Temporary pass']);

    await openUser(page, person.upn);
    await expect(page.getByText('Last used').first()).toBeVisible();
    await press(page, 'Delete the pass');
    await expect(page.getByRole('status').filter({ hasText: 'deleted' })).toBeVisible();
  });
});

test.describe('Temporary passes, page by page', { tag: '@page' }, () => {
  test('every page is accessible, and tells what is wrong at its field', async ({ page, people }) => {
    test.slow();
    const person = await people.add({ office: true });
    await asAdmin(page);
    await page.goto('/admin/authentication-methods-policy');
    await press(page, 'Temporary Access Pass');
    await expect(heading(page, 'Temporary Access Pass')).toBeVisible();
    await expectAccessible(page, 'settings');
    await field(page, 'Length').fill('7');
    await press(page, 'Save');
    await expectProblem(page, ['8'], ['Length']);
    await expectAccessible(page, 'settings refused');

    await openUser(page, person.upn);
    await press(page, VERIFY);
    await expectAccessible(page, 'verify caller');
    await expectThumbSized(page, 24);
    await expectKeyboard(page, 60);
    await press(page, 'Override');
    await expectProblem(page, [], ['Reason']);
    await press(page, 'Confirm');
    await expectProblem(page, [], ['I called this number and spoke to the person']);
    await expect(page.getByRole('link', { name: 'Look up a support code' })).toBeVisible();
    await expectAccessible(page, 'verify caller refused');
    await override(page);
    await expectAccessible(page, 'verified');
    await press(page, ISSUE);
    await expectAccessible(page, 'issue');
    await field(page, 'Lifetime').fill('5');
    await press(page, ISSUE);
    await expectProblem(page, ['10'], ['Lifetime']);
    await field(page, 'Lifetime').fill('30');
    await press(page, ISSUE);
    await readPass(page);
    await expectAccessible(page, 'the pass');
    if (await scripts(page)) await expect(page.getByRole('button', { name: 'Copy' })).toBeVisible();
    await press(page, 'Back to the user');
    await expectAccessible(page, 'a user with a pass');
    await page.context().clearCookies();
    await page.goto('/signin/temporary-pass');
    await expectAccessible(page, 'use a pass');
    await expectThumbSized(page);
    await press(page, 'Sign in');
    await expectProblem(page, [], ['Username']);
    await expectAccessible(page, 'use a pass, refused');
  });
});
