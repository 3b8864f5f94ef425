import { field, heading, press } from '../../support/form.ts';
import { strongPassword } from '../../support/people.ts';
import { CODE, FORGOT, KNOW, sayLocked, startReset, verifyByEmail, verifyByText } from '../../support/reset.ts';
import { expect, test } from '../../support/test.ts';
import { changeInitialPassword, expectSignedIn, signIn } from '../../support/signin.ts';

test.describe('Unlock', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('R126: the choice is offered to every name alike', async ({ page, people, server }) => {
    const person = await people.ready();
    for (const upn of [person.upn, people.invent().upn, (await people.add()).upn]) {
      await startReset(page, server, upn);
      await expect(page.getByRole('radio', { name: new RegExp(`^${FORGOT}`) })).toBeVisible();
      await expect(page.getByRole('radio', { name: new RegExp(`^${KNOW}`) })).toBeVisible();
    }
  });

  test('R128 T29: it opens sign-in, leaves the password, and cannot set one', async ({ page, people, server }) => {
    const person = await people.ready();
    for (let tries = 0; tries < 10; tries += 1) {
      await page.goto('/signin');
      await signIn(page, person.upn, strongPassword());
      await server.forgetAddresses();
    }
    await startReset(page, server, person.upn);
    await sayLocked(page);
    await verifyByEmail(page, server, person.email);
    await page.goto('/reset/password');
    await expect(field(page, 'New password')).toHaveCount(0);
    await page.goto('/reset/verify');
    await verifyByText(page, server, person.mobile);
    await expect(heading(page, 'Your account is unlocked')).toBeVisible();
    await page.goto('/reset/password');
    await expect(field(page, 'New password')).toHaveCount(0);
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await changeInitialPassword(page, person);
    await expectSignedIn(page);
  });

  test('somebody who is not locked may go through it too, and nothing changes', async ({ page, people, server }) => {
    const person = await people.ready();
    await startReset(page, server, person.upn);
    await sayLocked(page);
    await verifyByEmail(page, server, person.email);
    await verifyByText(page, server, person.mobile);
    await expect(heading(page, 'Your account is unlocked')).toBeVisible();
    await expect(field(page, CODE)).toHaveCount(0);
    await press(page, 'Sign in');
    await expect(heading(page, 'Sign in')).toBeVisible();
  });

  test('no choice is told', async ({ page, people, server }) => {
    await startReset(page, server, people.invent().upn);
    await press(page, 'Next');
    await expect(page.getByRole('radio', { name: new RegExp(`^${FORGOT}`) })).toBeVisible();
  });
});
