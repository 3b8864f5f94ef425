import { button, choices, expectProblem, field, heading, next, press } from '../support/form.ts';
import { signOut } from '../support/admin.ts';
import { codesTo, latestCode, latestMessage, wrongCodeFor } from '../support/outbox.ts';
import { GROUP, type Person } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import {
  ADD, chooseMethod, enterEmail, enterPhone, expectRegistration, KEEP, looksGood, LOSE, METHOD, onFromAdded, readSecretKey,
  registerAppCode, registerEmail, registerPhone, toMethodChoice,
} from '../support/register.ts';
import { CODE, toMethods, verifyByAppCode, verifyByEmail } from '../support/reset.ts';
import { expectSignedIn, firstSignIn, signIn, skipRegistration } from '../support/signin.ts';
import { expect, test, type Page } from '../support/test.ts';
import { expectRecord } from '../support/records.ts';

test.describe('Registration', { tag: '@journey' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('R61 R68 R71 R76 R77: app and email, Looks good, and the person can reset', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await expectRegistration(page, KEEP);
    await registerAppCode(page, server, person);
    await registerEmail(page, server, person.email);
    await looksGood(page);
    await expectSignedIn(page);

    await page.context().clearCookies();
    await toMethods(page, server, person.upn);
    await verifyByAppCode(page, person.app!);
    await verifyByEmail(page, server, person.email);
    await expect(field(page, 'New password')).toBeVisible();
  });

  test('a different method can be set up instead, from its page', async ({ page, people }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await chooseMethod(page, METHOD.email);
    await page.getByRole('link', { name: 'I want to set up a different method' }).click();
    await chooseMethod(page, METHOD.phone);
    await expect(field(page, 'Phone number')).toBeVisible();
    await page.getByRole('link', { name: 'Back' }).click();
    await expect(choices(page, ADD)).toBeVisible();
  });

  test('email and phone, by text message', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await registerEmail(page, server, person.email);
    await registerPhone(page, server, person.mobile);
    await expect(page.getByText(person.email).first()).toBeVisible();
    await looksGood(page);
    await expectSignedIn(page);
  });

  test('R80 R82 R95 R96: data that an administrator entered, in scope', async ({ page, people }) => {
    const person = await people.ready();
    await firstSignIn(page, person);
    // What an administrator entered is enough (R95): nobody is stopped, and the page is there for who opens it.
    await expectSignedIn(page);
    await page.goto('/register');
    await expectRegistration(page, LOSE);
    await expect(page.getByText(person.email).first()).toBeVisible();
  });

  test('R67 R81: the same data, out of scope', async ({ page, people }) => {
    const person = await people.add({ email: true, mobile: true });
    await firstSignIn(page, person);
    await page.goto('/register');
    await expect(page.getByText('Your administrator has not enabled password reset for you').first()).toBeVisible();
    await expect(page.getByText(LOSE)).toHaveCount(0);
    await expect(button(page, 'Contact your administrator')).toBeVisible();
  });
});

/** Who has a phone shows it before the methods are shown (R91). */
async function stepUp(page: Page, server: Server, person: Person): Promise<void> {
  await press(page, /^(Send|Text|Next)/);
  await field(page, CODE).fill(await latestCode(server, person.mobile));
  await next(page);
}

test.describe('Registration, in detail', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('R64 R65: the registration addresses ask for sign-in and come back', async ({ page, people }) => {
    const person = await people.add({ groups: [GROUP] });
    for (const path of ['/register', '/ssprsetup']) {
      await page.goto(path);
      await expect(page).toHaveURL(/\/signin/);
    }
    await firstSignIn(page, person);
    await expect(page).toHaveURL(/\/(register|ssprsetup)/);
    await expectRegistration(page, KEEP);
  });

  test('the demo accounts tell the two prefilled cases apart (R80 R81)', async ({ page, people, visitor }) => {
    const inside = people.demo('prefilled');
    await signIn(page, inside.upn, inside.password);
    await page.goto('/register');
    await expect(heading(page, LOSE)).toBeVisible();
    const other = await visitor();
    const outside = people.demo('prefilled-outside');
    await signIn(other, outside.upn, outside.password);
    await other.goto('/register');
    await expect(other.getByText('Your administrator has not enabled password reset for you').first()).toBeVisible();
    await expect(other.getByText(LOSE)).toHaveCount(0);
  });

  test('R34 R68: only what the policy allows is offered', async ({ page, people, office }) => {
    await office.policy({ methods: ['Email', 'Mobile phone'] });
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await toMethodChoice(page);
    const offered = choices(page, ADD).getByRole('radio');
    await expect(offered).toHaveCount(2);
    await expect(choices(page, ADD).getByRole('radio', { name: /^Email/ })).toBeVisible();
    await expect(choices(page, ADD).getByRole('radio', { name: /^Phone/ })).toBeVisible();
  });

  test('R69: the strongest way comes first', async ({ page, people }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await toMethodChoice(page);
    await expect(choices(page, ADD).getByRole('radio').first()).toHaveAccessibleName(/^Authenticator app/);
  });

  test('a wrong code is refused and the right one still works', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await enterEmail(page, person.email);
    const code = await latestCode(server, person.email);
    for (const wrong of [wrongCodeFor(code), '', 'abcdef']) {
      await field(page, CODE).fill(wrong);
      await next(page);
      await expectProblem(page, [], [CODE]);
    }
    await field(page, CODE).fill(` ${code.slice(0, 4)} ${code.slice(4)} `);
    await next(page);
    await onFromAdded(page);
  });

  test('three wrong codes and the right one is dead too', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await enterEmail(page, person.email);
    const code = await latestCode(server, person.email);
    for (let tries = 0; tries < 3; tries += 1) {
      await field(page, CODE).fill(wrongCodeFor(code));
      await next(page);
    }
    if (await field(page, CODE).isVisible()) {
      await field(page, CODE).fill(code);
      await next(page);
    }
    await page.goto('/register');
    await toMethodChoice(page);
    await expect(choices(page, ADD).getByRole('radio', { name: /^Email/ })).toBeVisible();
  });

  test('a code that has grown old is refused', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await enterEmail(page, person.email);
    const code = await latestCode(server, person.email);
    await server.advance(5 * 60 + 1);
    await field(page, CODE).fill(code);
    await next(page);
    await expectProblem(page, [/expired|no longer|new code/i]);
  });

  test('R71: a person who went away goes on where something is missing', async ({ page, people, server, visitor }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await registerEmail(page, server, person.email);

    const later = await visitor();
    await signIn(later, person.upn, person.password);
    await expectRegistration(later, KEEP);
    await toMethodChoice(later);
    await expect(choices(later, ADD).getByRole('radio', { name: /^Email/ })).toHaveCount(0);
    await expect(choices(later, ADD).getByRole('radio', { name: /^Phone/ })).toBeVisible();
  });

  test('R78 R79: one way is not enough, two are; each is told by mail', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await registerEmail(page, server, person.email);
    await expect(button(page, 'Looks good')).toHaveCount(0);
    await registerPhone(page, server, person.mobile);
    await looksGood(page);
    await latestMessage(server, person.email, /added/i);
    await expectRecord(server, person.upn, 'User registered security info');
    await expectRecord(server, person.upn, 'User registered all required security info');
  });

  test('an authenticator: the key is shown once, a wrong code adds nothing', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await chooseMethod(page, METHOD.app);
    await expect(page.getByRole('img', { name: /QR/i })).toBeVisible();
    const app = await readSecretKey(page, server);
    expect(app.secret.length).toBeGreaterThanOrEqual(32);
    await field(page, CODE).fill(app.wrong());
    await next(page);
    await expectProblem(page, [], [CODE]);
    // The same key again: nobody has to scan twice.
    expect((await readSecretKey(page, server)).secret).toBe(app.secret);
    await field(page, CODE).fill(await app.next());
    await next(page);
    await onFromAdded(page);
    await page.goto('/security-info');
    expect(await page.content()).not.toContain(app.secret);
  });

  test('an address of one’s own organisation or a malformed one is refused', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await chooseMethod(page, METHOD.email);
    for (const address of ['', 'nobody', 'a b@mail.example', 'a@b@mail.example', person.upn, `${'a'.repeat(65)}@mail.example`, 'a@mail.example, b@mail.example']) {
      await field(page, 'Email address').fill(address);
      await next(page);
      await expectProblem(page, [], ['Email address']);
    }
    expect(await codesTo(server, person.upn)).toEqual([]);
  });

  test('phone numbers: national form with a country, or whole', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    for (const bad of ['', '12', 'not a number', '9'.repeat(40)]) {
      await enterPhone(page, `+371 ${bad}`);
      await expectProblem(page, [], ['Phone number']);
      await page.goto('/register');
    }
    await enterPhone(page, person.mobile.replace(/(\d{3})(\d{4})$/, '$1-$2'));
    await field(page, CODE).fill(await latestCode(server, person.mobile));
    await next(page);
    await onFromAdded(page);
  });

  test('R83 R99 R101: a value the administrator entered can be changed', async ({ page, people, server }) => {
    const person = await people.ready();
    await firstSignIn(page, person);
    await page.goto('/register');
    await expectRegistration(page, LOSE);
    const mine = people.invent().email;
    await page.goto('/security-info/add/email');
    const address = field(page, 'Email address');
    await address.fill(mine);
    await next(page);
    await field(page, CODE).fill(await latestCode(server, mine));
    await next(page);

    await page.context().clearCookies();
    await toMethods(page, server, person.upn);
    await verifyByEmail(page, server, mine);
    expect(await codesTo(server, person.email)).toEqual([]);
  });

  test('R90 R91 R92: after 180 days the methods are reviewed, Looks good starts the clock again', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await registerEmail(page, server, person.email);
    await registerPhone(page, server, person.mobile);
    await looksGood(page);
    await signOut(page);

    await server.advance(179 * 86_400);
    await signIn(page, person.upn, person.password);
    await expectSignedIn(page);
    await expect(page).not.toHaveURL(/\/register/);
    await signOut(page);

    await server.advance(2 * 86_400);
    await signIn(page, person.upn, person.password);
    await stepUp(page, server, person);
    await expect(page).toHaveURL(/\/register/);
    await looksGood(page);
    await expectSignedIn(page);
    await expectRecord(server, person.upn, 'User reviewed security info');
    await signOut(page);
    await signIn(page, person.upn, person.password);
    await expect(page).not.toHaveURL(/\/register/);
  });

  test('R58: with 0 days nobody is asked', async ({ page, people, server, office }) => {
    await office.policy({ days: 0 });
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await registerEmail(page, server, person.email);
    await registerPhone(page, server, person.mobile);
    await looksGood(page);
    await signOut(page);
    await server.advance(740 * 86_400);
    await signIn(page, person.upn, person.password);
    await expect(page).not.toHaveURL(/\/register/);
  });

  test('R84: the wizard asks for sign-in again after a quarter of an hour', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await chooseMethod(page, METHOD.email);
    await server.advance(15 * 60 + 1);
    await field(page, 'Email address').fill(person.email);
    await next(page);
    await expect(page).toHaveURL(/\/signin/);
    expect(await codesTo(server, person.email)).toEqual([]);
  });

  test('R75: a running session is not interrupted', async ({ page, people, office, visitor }) => {
    await office.policy({ register: false });
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await office.policy({ register: true });
    await page.goto('/security-info');
    await expect(page).toHaveURL(/\/security-info/);
    const other = await visitor();
    await signIn(other, person.upn, person.password);
    await expect(other).toHaveURL(/\/register/);
    await skipRegistration(other);
  });

  test('codes have a field that managers fill in and that takes pasted text', async ({ page, people }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await enterEmail(page, person.email);
    const code = field(page, CODE);
    await expect(code).toHaveAttribute('autocomplete', 'one-time-code');
    await expect(code).toHaveAttribute('inputmode', 'numeric');
    await expect(page.locator('[onpaste]')).toHaveCount(0);
  });
});
