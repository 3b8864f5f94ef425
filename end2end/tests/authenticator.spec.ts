import { asAdmin, save } from '../support/admin.ts';
import {
  addAccount,
  approve,
  BY_NOTIFICATION,
  newPhone,
  NOTIFICATIONS,
  readNumber,
  readPairingLink,
  registerPhone,
  untilGone,
} from '../support/authenticator.ts';
import { expectAccessible } from '../support/axe.ts';
import { choose, field, heading, next } from '../support/form.ts';
import { GROUP } from '../support/people.ts';
import { chooseMethod, registerEmail } from '../support/register.ts';
import { BY, chooseWay, expectReset, finish, toMethods, verifyByEmail } from '../support/reset.ts';
import { firstSignIn } from '../support/signin.ts';
import { expect, test, type Page } from '../support/test.ts';

const METHODS = ['Mobile app notification', 'Mobile app code', 'Email', 'Mobile phone'] as const;
const NEW = 'violet kettle under seven moons';

/** Whose reset ends on the phone that approved. */
async function endsOnPhone(admin: Page, whose: 'Administrators' | 'Everyone'): Promise<void> {
  await asAdmin(admin);
  await admin.goto('/admin/authentication-methods-policy');
  await choose(admin, 'Choose the new password on the device that approved', whose);
  await save(admin);
}

test.describe('The authenticator', { tag: '@page' }, () => {
  test('a browser that keeps nothing for the site says so, before a pairing code is spent', async ({ browser, server }) => {
    const phone = await newPhone(browser, server);
    await phone.addInitScript(() => {
      const refuse = (): never => {
        throw new DOMException('storage is blocked', 'SecurityError');
      };
      Object.defineProperty(globalThis, 'indexedDB', { get: refuse });
    });
    await phone.goto('/authenticator/');
    await expect(phone.getByText(/keeps nothing for this site/).first()).toBeVisible();
  });

  test('a phone beside the screen: paired, tested, and a reset approved by its number', async ({
    page,
    browser,
    office,
    people,
    server,
    visitor,
  }) => {
    await office.policy({ methods: METHODS });
    const person = await people.add({ groups: [GROUP] });
    const phone = await newPhone(browser, server);
    await firstSignIn(page, person);
    await registerPhone(page, phone, person.upn);
    await next(page);
    await registerEmail(page, server, person.email);

    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    await chooseWay(lost, BY_NOTIFICATION);
    const number = await readNumber(lost);
    await expect(phone.getByRole('heading', { name: /Are you resetting your Contoso password/ })).toBeVisible();
    await expect(phone.getByText('127.0.0.1')).toBeVisible();
    await expect(phone.getByText(number, { exact: true })).toHaveCount(0);

    // Somebody with the address that wakes the phone has no key: the call proves nothing.
    const thief = await newPhone(browser, server);
    await thief.goto('/authenticator/');
    await expect(thief.getByText('Are you resetting')).toHaveCount(0);
    const refused = await thief.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ request: crypto.randomUUID(), decision: 'approve', number: '42' });
      return (await fetch('/authenticator/api/answer', { method: 'POST', headers, body })).status;
    });
    expect(refused).toBe(401);

    await approve(phone, number);
    await untilGone(lost, 'Number to enter');
    await verifyByEmail(lost, server, person.email);
    await finish(lost, NEW);
    await expectReset(lost);
    await phone.context().close();
    await thief.context().close();
  });

  test('where a reset ends on the phone, the new password is chosen there', async ({
    page,
    browser,
    office,
    people,
    server,
    visitor,
  }) => {
    await office.policy({ methods: METHODS });
    const person = await people.add({ groups: [GROUP] });
    const phone = await newPhone(browser, server);
    await firstSignIn(page, person);
    await registerPhone(page, phone, person.upn);
    await next(page);
    await registerEmail(page, server, person.email);
    const admin = await visitor();
    await endsOnPhone(admin, 'Everyone');

    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    await chooseWay(lost, BY_NOTIFICATION);
    await expect(lost.getByText('will ever ask you for this number')).toBeVisible();
    await approve(phone, await readNumber(lost));
    await untilGone(lost, 'Number to enter');
    await verifyByEmail(lost, server, person.email);
    await expect(heading(lost, 'Continue on your phone')).toBeVisible();
    await expectAccessible(lost, 'reset: continue on your phone');
    await phone.getByRole('button', { name: 'Choose the new password' }).click();
    await expect(heading(phone, 'Choose a new password')).toBeVisible();
    await expectAccessible(phone, 'the new password on the phone');
    await finish(phone, NEW);
    await expectReset(phone);
    await lost.goto('/reset/continue');
    await expectReset(lost);
    await endsOnPhone(admin, 'Administrators');
    await phone.context().close();
  });

  test('the address in the QR code fills in both fields', async ({ page, browser, office, people, server }) => {
    await office.policy({ methods: METHODS });
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await chooseMethod(page, NOTIFICATIONS);
    const phone = await newPhone(browser, server);
    await phone.goto(await readPairingLink(page));
    await expect(field(phone, 'Username')).toHaveValue(person.upn);
    await expect(field(phone, 'Pairing code')).not.toHaveValue('');
    expect(new URL(phone.url()).hash).toBe('');
    await expectAccessible(phone, 'the authenticator');
    await phone.getByRole('button', { name: 'Add account' }).click();
    await expect(phone.getByText('Account added.')).toBeVisible();
    await expectAccessible(phone, 'the authenticator');
    await phone.context().close();
  });

  test('a wrong number denies, and “It wasn’t me” ends it for good', async ({
    page,
    browser,
    office,
    people,
    server,
    visitor,
  }) => {
    await office.policy({ methods: METHODS });
    const person = await people.add({ groups: [GROUP] });
    const phone = await newPhone(browser, server);
    await firstSignIn(page, person);
    await registerPhone(page, phone, person.upn);
    await next(page);
    await registerEmail(page, server, person.email);

    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    await chooseWay(lost, BY_NOTIFICATION);
    const number = await readNumber(lost);
    await approve(phone, number === '42' ? '43' : '42');
    await expect(phone.getByRole('heading', { name: 'Denied. Was it you?' })).toBeVisible();
    await untilGone(lost, 'Number to enter');
    await expect(lost.getByText('The request was denied')).toBeVisible();
    await phone.getByRole('button', { name: 'It wasn’t me' }).click();
    await expect(phone.getByText(/^Reported\./)).toBeVisible();
    await lost.goto('/reset/verify');
    await expect(lost.getByText(/too many/i).first()).toBeVisible();
    await phone.context().close();
  });

  test('codes without a connection, the same as the server counts', { tag: '@script' }, async ({
    page,
    browser,
    office,
    people,
    server,
    visitor,
  }) => {
    await office.policy({ methods: METHODS });
    // Two kinds make a reset possible.
    const person = await people.add({ groups: [GROUP], email: true });
    const phone = await newPhone(browser, server);
    await firstSignIn(page, person);
    await registerPhone(page, phone, person.upn);
    await phone.reload();
    await phone.waitForFunction(async () => (await caches.match('/authenticator/')) !== undefined);
    await phone.context().setOffline(true);
    await phone.reload();
    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    await chooseWay(lost, BY.app);
    // Read when everything else is done: a code works for a minute, and a busy machine is slow.
    const shown = phone.locator('[data-slot="code"]');
    await expect(shown).toHaveText(/^\d{3} \d{3}$/);
    const code = ((await shown.textContent()) ?? '').replace(' ', '');
    await field(lost, 'Enter your verification code').fill(code);
    await next(lost);
    await expect(lost.getByText(/with your authenticator app/)).toBeVisible();
    await phone.context().close();
  });

  test('a code that is none is refused in words', { tag: '@script' }, async ({ browser, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    const phone = await newPhone(browser, server);
    await addAccount(phone, person.upn, 'ZZZZ-ZZZZ');
    await expect(phone.getByRole('alert').filter({ hasText: 'No such code' })).toBeVisible();
    await phone.context().close();
  });
});
