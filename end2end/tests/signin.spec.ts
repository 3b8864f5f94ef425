import { button, expectProblem, field, heading, next, press } from '../support/form.ts';
import { signOut } from '../support/admin.ts';
import { strongPassword } from '../support/people.ts';
import { expectRegistration, KEEP } from '../support/register.ts';
import { expectReset, resetPassword } from '../support/reset.ts';
import { changeInitialPassword, expectSignedIn, firstSignIn, signIn, skipRegistration } from '../support/signin.ts';
import { expectRecord } from '../support/records.ts';
import { expect, test, type Page } from '../support/test.ts';

/** The refusal is the same whatever was wrong. */
async function expectRefused(page: Page): Promise<void> {
  await expectProblem(page, [/incorrect/i]);
  await expect(field(page, 'Password')).toHaveValue('');
}

test.describe('Sign-in', { tag: '@journey' }, () => {
  test('R65 R107: username, Next, password, Sign in; the way back in is one link away', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add();
    await page.goto('/');
    await expect(page).toHaveURL(/\/signin/);
    await expect(heading(page, 'Sign in')).toBeVisible();
    await field(page, 'Username').fill(person.upn);
    await next(page);
    await field(page, 'Password').fill(person.password);
    await press(page, 'Sign in');
    await changeInitialPassword(page, person);
    await expectSignedIn(page);
    await expect(heading(page, 'You are signed in')).toBeVisible();

    await signOut(page);
    await page.goto('/security-info');
    await expect(page).toHaveURL(/\/signin/);
    await press(page, 'Can’t access your account?');
    await expect(heading(page, 'Get back into your account')).toBeVisible();
  });

  test('R61 R73 R74 R79: the interrupt comes at each sign-in until it is done, and can be put off', async ({ page, people, office, server }) => {
    await office.policy();
    const person = await people.add({ groups: ['SSPR-Test-Group'] });
    await firstSignIn(page, person);
    await expectRegistration(page, KEEP);
    await skipRegistration(page);
    await expectSignedIn(page);
    await expectRecord(server, person.upn, 'User registered all required security info', 'Failure');
    await signOut(page);
    await signIn(page, person.upn, person.password);
    await expectRegistration(page, KEEP);
  });

  test('whoever was going nowhere learns that they are in and what is set up; a change asks for proof', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add({ email: true, mobile: true });
    await firstSignIn(page, person);
    await skipRegistration(page);
    await page.goto('/');
    await expect(heading(page, 'You are signed in')).toBeVisible();
    await expect(page.getByRole('main')).toContainText(person.upn);
    await expect(page.getByRole('heading', { name: 'Your methods' })).toBeVisible();
    await press(page, 'Security info');
    await expect(page).toHaveURL(/\/security-info/);
  });

  test('R113: a browser that keeps no cookies is told so, and is not asked again and again', async ({ page, people }) => {
    const person = people.invent();
    for (const start of ['/signin', '/register', '/security-info']) {
      await page.goto(start);
      await expect(heading(page, 'Sign in')).toBeVisible();
      await field(page, 'Username').fill(person.upn);
      await page.context().clearCookies();
      await next(page);
      await expect(heading(page, 'Your browser does not keep cookies')).toBeVisible();
      await press(page, 'Go to the start page');
      await expect(heading(page, 'Sign in')).toBeVisible();
    }
    await page.goto('/help');
    await field(page, 'Username').fill(person.upn);
    await page.context().clearCookies();
    await press(page, /^Send/);
    await expect(heading(page, 'Your browser does not keep cookies')).toBeVisible();
  });

  test('R62: nobody outside the scope is interrupted', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add();
    await firstSignIn(page, person);
    await expect(heading(page, 'You are signed in')).toBeVisible();
  });
});

test.describe('Sign-in, in detail', { tag: '@page' }, () => {
  test('a wrong password, an unknown name and a blocked account read the same', async ({ page, people }) => {
    const person = await people.add();
    const blocked = await people.add({ blocked: true });
    for (const [upn, password] of [
      [person.upn, strongPassword()],
      [people.invent().upn, strongPassword()],
      [blocked.upn, strongPassword()],
      [blocked.upn, blocked.password],
    ] as const) {
      await page.goto('/signin');
      await signIn(page, upn, password);
      await expectRefused(page);
    }
  });

  test('every spelling of a name is the same account', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add();
    await firstSignIn(page, person);
    await signOut(page);
    await signIn(page, `  ${person.upn.toUpperCase()} `, person.password);
    await expectSignedIn(page);
  });

  test('nothing typed is told, and what was typed stays', async ({ page }) => {
    await page.goto('/signin');
    await next(page);
    await expectProblem(page, [], ['Username']);
    await field(page, 'Username').fill('somebody@contoso.example');
    await next(page);
    await press(page, 'Sign in');
    await expectProblem(page, [], ['Password']);
    await expect(page.getByText('somebody@contoso.example').first()).toBeVisible();
  });

  test('R177 R178 R179: ten wrong passwords lock for a minute, the next wrong one locks again', async ({ page, people, server, office }) => {
    await office.policy();
    const person = await people.add();
    for (let tries = 0; tries < 10; tries += 1) {
      await page.goto('/signin');
      await signIn(page, person.upn, strongPassword());
      await server.forgetAddresses();
    }
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await expectProblem(page, [/locked|try again later/i]);

    await server.advance(61);
    await page.goto('/signin');
    await signIn(page, person.upn, strongPassword());
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await expectProblem(page, [/locked|try again later/i]);

    await server.advance(61);
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    // The second lock is longer than the first.
    await expectProblem(page, [/locked|try again later/i]);
    await server.advance(24 * 3600);
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await changeInitialPassword(page, person);
    await expectSignedIn(page);
  });

  test('R180: the same wrong password again does not count', async ({ page, people, server, office }) => {
    await office.policy();
    const person = await people.add();
    const wrong = strongPassword();
    for (let tries = 0; tries < 12; tries += 1) {
      await page.goto('/signin');
      await signIn(page, person.upn, wrong);
      await server.forgetAddresses();
    }
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await changeInitialPassword(page, person);
    await expectSignedIn(page);
  });

  test('R128 R182: a reset unlocks sign-in at once', async ({ page, people, server, office }) => {
    await office.policy();
    const person = await people.ready();
    for (let tries = 0; tries < 10; tries += 1) {
      await page.goto('/signin');
      await signIn(page, person.upn, strongPassword());
      await server.forgetAddresses();
    }
    await resetPassword(page, server, person, strongPassword());
    await expectReset(page);
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await skipRegistration(page);
    await expectSignedIn(page);
  });

  test('people land where they were going', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add();
    await page.goto('/security-info/change-password');
    await expect(page).toHaveURL(/\/signin/);
    await firstSignIn(page, person);
    await expect(page).toHaveURL(/\/security-info\/change-password(\?changed)?$/);
  });

  test('even after the interrupt', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add({ groups: ['SSPR-Test-Group'] });
    await page.goto('/security-info');
    await firstSignIn(page, person);
    await expectRegistration(page, KEEP);
    await skipRegistration(page);
    await expect(page).toHaveURL(/\/security-info$/);
  });

  test('nobody is sent off the site', async ({ page, people, office, server }) => {
    await office.policy();
    const person = await people.add();
    await firstSignIn(page, person);
    await signOut(page);
    for (const away of ['//evil.example', '/\\evil.example', 'https://evil.example/', '%09//evil.example', 'javascript:alert(1)']) {
      for (const name of ['next', 'to', 'return', 'return_to', 'redirect']) {
        await page.goto(`/signin?${name}=${encodeURIComponent(away)}`);
        expect(new URL(page.url()).origin).toBe(server.url);
      }
      await signIn(page, person.upn, person.password);
      expect(new URL(page.url()).origin).toBe(server.url);
      await signOut(page);
    }
  });

  test('R66: with No there is no interrupt, yet registration works', async ({ page, people, office }) => {
    await office.policy({ register: false });
    const person = await people.add({ groups: ['SSPR-Test-Group'] });
    await firstSignIn(page, person);
    await expect(heading(page, 'You are signed in')).toBeVisible();
    await page.goto('/register');
    await expectRegistration(page, KEEP);
  });

  test('R63: administrators are interrupted too', async ({ page, people, office }) => {
    await office.policy({ scope: 'All' });
    const person = await people.add({ roles: ['User Administrator'] });
    await firstSignIn(page, person);
    await expectRegistration(page, KEEP);
  });

  test('after signing out the back button shows nothing', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add();
    await firstSignIn(page, person);
    await page.goto('/security-info');
    await signOut(page);
    await page.goBack();
    await page.reload();
    await expect(page).toHaveURL(/\/signin/);
  });

  test('a session ends after a quarter of an hour of silence', async ({ page, people, office, server }) => {
    await office.policy();
    const person = await people.add();
    await firstSignIn(page, person);
    await page.goto('/security-info');
    await expectSignedIn(page);
    await server.advance(15 * 60 + 1);
    await page.goto('/security-info');
    await expect(page).toHaveURL(/\/signin/);
  });

  test('a person who is blocked loses the session at once', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add();
    await firstSignIn(page, person);
    await page.goto('/security-info');
    await expectSignedIn(page);
    await people.block(person);
    await page.goto('/security-info');
    await expect(page).toHaveURL(/\/signin/);
  });

  test('?username= fills the name in', async ({ page }) => {
    await page.goto('/signin?username=ana%40contoso.example');
    await expect(field(page, 'Username')).toHaveValue('ana@contoso.example');
    await page.goto('/reset?username=ana%40contoso.example');
    await expect(field(page, 'Username')).toHaveValue('ana@contoso.example');
    await expect(button(page, 'Next')).toBeVisible();
  });
});
