import { asAdmin, save } from '../support/admin.ts';
import { expectAccessible } from '../support/axe.ts';
import { button, choose, field, next, press, radio } from '../support/form.ts';
import { GROUP, strongPassword } from '../support/people.ts';
import { Authenticator, BY_PASSKEY, BY_RECOVERY_CODE, PASSKEY, RECOVERY_CODES } from '../support/passkey.ts';
import { chooseMethod, looksGood, onFromAdded } from '../support/register.ts';
import { chooseWay, CODE, expectReset, finish, toMethods } from '../support/reset.ts';
import { firstSignIn, signIn } from '../support/signin.ts';
import { expect, test, type Page } from '../support/test.ts';

const RESET = 'Use for password reset';

/** The codes on the page, as a person would copy them. */
async function readCodes(page: Page): Promise<string[]> {
  const text = (await page.getByLabel('Recovery codes', { exact: true }).textContent()) ?? '';
  return text.trim().split(/\s+/);
}

/** Neither has a check box: an administrator turns them on in the authentication methods policy. */
async function offer(admin: Page, answer: 'Yes' | 'No'): Promise<void> {
  await asAdmin(admin);
  for (const method of ['passkey', 'recovery_code']) {
    await admin.goto(`/admin/authentication-methods-policy/${method}`);
    if (await radio(admin, RESET, answer).isChecked()) continue;
    await choose(admin, RESET, answer);
    await save(admin);
  }
}

test.describe('Passkeys and recovery codes', () => {
  test.beforeEach(async ({ office, visitor }) => {
    await office.policy();
    await offer(await visitor(), 'Yes');
  });

  // Other tests of this worker find the tutorial's world again.
  test.afterEach(async ({ visitor }) => offer(await visitor(), 'No'));

  test('a passkey of the device and a printed code reset a password', { tag: '@script' }, async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    const device = await Authenticator.plugInto(page);
    await firstSignIn(page, person);
    await chooseMethod(page, PASSKEY);
    await expectAccessible(page, 'register: passkey');
    await device.verifies(false);
    await button(page, 'Create a passkey').click();
    await expect(page.getByText('Your browser gave no passkey')).toBeVisible();
    await device.verifies(true);
    await press(page, 'Create a passkey');
    await onFromAdded(page);
    const [passkey] = await device.passkeys();
    expect(passkey).toMatchObject({ isResidentCredential: true, rpId: 'localhost' });

    await chooseMethod(page, RECOVERY_CODES);
    await expectAccessible(page, 'register: recovery codes');
    const codes = await readCodes(page);
    expect(codes).toHaveLength(10);
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    expect((await saved).suggestedFilename()).toBe('contoso-recovery-codes.txt');
    await page.getByRole('checkbox', { name: 'I have saved these codes' }).check();
    await next(page);
    await onFromAdded(page);
    await looksGood(page);
    await page.context().clearCookies();

    await toMethods(page, server, person.upn);
    // The browser asks at once; the button is for another try.
    await device.verifies(false);
    await chooseWay(page, BY_PASSKEY);
    await expect(page.getByText('Your browser gave no passkey')).toBeVisible();
    await expectAccessible(page, 'reset: passkey');
    await device.verifies(true);
    await press(page, 'Use my passkey');
    await expect(page.getByText('Checked with your passkey')).toBeVisible();
    await chooseWay(page, BY_RECOVERY_CODE);
    await expectAccessible(page, 'reset: recovery code');
    await field(page, CODE).fill((codes[4] ?? '').toLowerCase());
    await next(page);
    await finish(page, strongPassword());
    await expectReset(page);
  });

  test('without scripts the codes are saved and used, and a passkey says what it needs', { tag: '@page' }, async ({
    page,
    people,
    server,
    javaScriptEnabled,
  }) => {
    const person = await people.add({ groups: [GROUP], email: true });
    await firstSignIn(page, person);
    await chooseMethod(page, PASSKEY);
    if (!javaScriptEnabled) {
      await expect(page.locator('noscript p').last()).toContainText('A passkey needs JavaScript');
      await press(page, 'Create a passkey');
      await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
    }
    await page.getByRole('link', { name: 'I want to set up a different method' }).click();
    await chooseMethod(page, RECOVERY_CODES);
    const codes = await readCodes(page);
    await next(page);
    await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
    expect(await readCodes(page)).toEqual(codes);
    await page.getByRole('checkbox', { name: 'I have saved these codes' }).check();
    await next(page);
    await onFromAdded(page);
    await looksGood(page);
    await page.goto('/security-info');
    await expect(page.getByText('10 left')).toBeVisible();
    await page.context().clearCookies();

    await toMethods(page, server, person.upn);
    await chooseWay(page, BY_RECOVERY_CODE);
    await field(page, CODE).fill(codes[0] ?? '');
    await next(page);
    await expect(page.getByText('Checked with a recovery code')).toBeVisible();
  });

  test('a passkey is the second factor of an administrator', { tag: '@script' }, async ({ page, people, visitor }) => {
    const admin = await people.add({ groups: [GROUP], roles: ['reports_reader'] });
    const device = await Authenticator.plugInto(page);
    await firstSignIn(page, admin);
    await page.goto('/security-info/add');
    await registerPasskeyHere(page);
    expect(await device.passkeys()).toHaveLength(1);
    await page.context().clearCookies();
    await signIn(page, admin.upn, admin.password);
    await page.goto('/security-info');
    await press(page, 'Use my passkey');
    await expect(page.getByRole('heading', { name: 'Security info' })).toBeVisible();
    await expect(page.getByText('last used on')).toBeVisible();

    // Another device without it: the browser has none to give.
    const other = await visitor();
    await Authenticator.plugInto(other);
    await signIn(other, admin.upn, admin.password);
    await other.goto('/security-info');
    await press(other, 'Use my passkey');
    await expect(other.getByText('Your browser gave no passkey')).toBeVisible();
  });
});

async function registerPasskeyHere(page: Page): Promise<void> {
  await page.getByRole('radio', { name: /^Passkey/ }).check();
  await next(page);
  await press(page, 'Create a passkey');
  await expect(page.getByText('Passkey added')).toBeVisible();
}
