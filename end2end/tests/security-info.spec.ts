import { button, expectNoProblem, expectProblem, field, heading, next, press } from '../support/form.ts';
import { signOut } from '../support/admin.ts';
import { latestCode, latestMessage } from '../support/outbox.ts';
import { GROUP, type Person } from '../support/people.ts';
import { looksGood, readSecretKey, registerAppCode, registerEmail } from '../support/register.ts';
import { CODE, toMethods, methodRadios } from '../support/reset.ts';
import type { Server } from '../support/server.ts';
import { expectSignedIn, firstSignIn, signIn } from '../support/signin.ts';
import { expectRecord } from '../support/records.ts';
import { expect, test, type Page } from '../support/test.ts';

async function registered(page: Page, server: Server, person: Person): Promise<void> {
  await firstSignIn(page, person);
  await registerAppCode(page, server, person);
  await registerEmail(page, server, person.email);
  await looksGood(page);
}

/** Passes the question for the authenticator, where the page asks one. */
async function stepUp(page: Page, person: Person): Promise<void> {
  await field(page, CODE).fill(await person.app!.next());
  await next(page);
}

test.describe('Security info', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('R85: who has an authenticator passes it before seeing addresses', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await registered(page, server, person);
    await signOut(page);
    await signIn(page, person.upn, person.password);
    await expect(heading(page, 'You are signed in')).toBeVisible();
    await expect(page.getByText(person.email)).toHaveCount(0);
    await page.goto('/security-info');
    await expect(page.getByText(person.email)).toHaveCount(0);
    await expect(field(page, CODE)).toBeVisible();
    await field(page, CODE).fill(person.app!.wrong());
    await next(page);
    await expectProblem(page, [], [CODE]);
    await stepUp(page, person);
    await page.goto('/security-info');
    await expect(heading(page, 'Security info')).toBeVisible();
    await expect(page.getByText(/Authenticator/).first()).toBeVisible();
  });

  test('R52 R88 R93: a method is removed after a question, told by mail, and nobody is chased at once', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await registered(page, server, person);
    await page.goto('/security-info');
    await removeMethod(page, person.email);
    await expect(button(page, /Keep it|Cancel/)).toBeVisible();
    await press(page, /^Remove/);
    await expect(page.getByRole('status').filter({ hasText: /removed/i })).toBeVisible();
    await latestMessage(server, person.email, /removed/i);
    await expectRecord(server, person.upn, 'User deleted security info');

    await signOut(page);
    await signIn(page, person.upn, person.password);
    if (await field(page, CODE).isVisible()) await stepUp(page, person);
    await expectSignedIn(page);
  });

  test('keeping it keeps it', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await registered(page, server, person);
    await page.goto('/security-info');
    await removeMethod(page, person.email);
    await press(page, /Keep it|Cancel/);
    await expect(page.getByText(person.email).first()).toBeVisible();
  });

  test('another method can be added', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await registered(page, server, person);
    await page.goto('/security-info');
    await press(page, 'Add a method');
    await page.getByRole('radio', { name: /^Phone/ }).check();
    await next(page);
    await field(page, 'Phone number').fill(person.mobile);
    const radio = page.getByRole('radio', { name: 'Text me a code' });
    if ((await radio.count()) > 0) {
      await radio.check();
      await next(page);
    } else {
      await press(page, 'Text me a code');
    }
    await field(page, CODE).fill(await latestCode(server, person.mobile));
    await next(page);
    await latestMessage(server, person.email, /added/i);
    await page.goto('/security-info');
    await expect(page.getByText(/Phone/).first()).toBeVisible();
  });

  test('a method that is removed is gone from the reset at once (T28 T52)', async ({ page, people, server, visitor }) => {
    const person = await people.add({ groups: [GROUP] });
    await registered(page, server, person);
    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    await expect(methodRadios(lost).and(lost.getByRole('radio', { name: /authenticator app/ })).first()).toBeVisible();
    await page.goto('/security-info');
    await removeMethod(page, 'Authenticator');
    await press(page, /^Remove/);
    await lost.goto('/reset/verify');
    await expect(lost.getByRole('radio', { name: /Enter a code from my authenticator app/ })).toHaveCount(0);
  });

  test('R87: a sixth authenticator is refused', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await registered(page, server, person);
    for (let count = 2; count <= 5; count += 1) {
      await addAuthenticator(page, server, person);
    }
    await page.goto('/security-info');
    await press(page, 'Add a method');
    const app = page.getByRole('radio', { name: /^Authenticator app/ });
    if (await app.isEnabled()) {
      await app.check();
      await next(page);
      await expectProblem(page, [/5|five/]);
    } else {
      await expect(page.getByText(/You have 5 of these, apps and hardware tokens together/).first()).toBeVisible();
    }
    await expect(page.getByLabel('Secret key', { exact: true })).toHaveCount(0);
  });

  test('what the loss of a device would leave is told, and looking changes nothing', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await registered(page, server, person);
    await page.goto('/security-info');
    const row = page.getByRole('listitem').filter({ hasText: 'Authenticator' }).first();
    await row.getByRole('link', { name: /^Lost this device\?/ }).click();
    await expect(heading(page, 'Lost this device?')).toBeVisible();
    await expect(page.getByText('You would have 1 of the 2 ways you need.')).toBeVisible();
    await expect(page.getByText(person.email).first()).toBeVisible();
    await expect(page.getByRole('link', { name: 'Add a method' })).toBeVisible();
    await page.getByRole('link', { name: 'Back' }).click();
    await expect(page.getByText('You can reset your password on your own.')).toBeVisible();
    await expect(button(page, 'Sign out')).toHaveCount(1);
  });

  test('T106: a change asks for proof again when the last one is old', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await registered(page, server, person);
    await page.goto('/security-info');
    await server.advance(6 * 60);
    await page.goto('/security-info');
    await removeMethod(page, person.email);
    if (await button(page, /^Remove/).isVisible() && !(await field(page, CODE).isVisible())) await press(page, /^Remove/);
    await expect(field(page, CODE)).toBeVisible();
  });
});

async function addAuthenticator(page: Page, server: Server, person: Person): Promise<void> {
  await page.goto('/security-info');
  if (await field(page, CODE).isVisible()) await stepUp(page, person);
  await press(page, 'Add a method');
  await page.getByRole('radio', { name: /^Authenticator app/ }).check();
  await next(page);
  const app = await readSecretKey(page, server);
  await field(page, CODE).fill(await app.next());
  await next(page);
  await expectNoProblem(page);
}

/** Presses *Remove* beside the method that shows this text. */
async function removeMethod(page: Page, text: string): Promise<void> {
  const row = page.getByRole('listitem').or(page.getByRole('row')).or(page.getByRole('article')).filter({ hasText: text }).last();
  const control = row.getByRole('link', { name: /^(Remove|Delete)/ }).or(row.getByRole('button', { name: /^(Remove|Delete)/ })).first();
  await control.click();
}
