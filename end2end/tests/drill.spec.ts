import { expectAccessible } from '../support/axe.ts';
import { button, press } from '../support/form.ts';
import { GROUP } from '../support/people.ts';
import { looksGood, registerAppCode, registerEmail } from '../support/register.ts';
import { expectSignedIn, firstSignIn } from '../support/signin.ts';
import { verifyByAppCode, verifyByEmail } from '../support/reset.ts';
import { expect, test } from '../support/test.ts';

test.describe('A drill', { tag: '@page' }, () => {
  test('a person tries out a reset: the same questions, nothing changes, and the day is kept', async ({
    page,
    office,
    people,
    server,
  }) => {
    await office.policy();
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    const app = await registerAppCode(page, server, person);
    await registerEmail(page, server, person.email);
    await looksGood(page);
    await page.goto('/security-info');
    await expect(page.getByText('You have not tried it yet')).toBeVisible();
    await page.getByRole('link', { name: 'Try it out' }).click();
    await expect(page.getByRole('heading', { name: 'Try out a reset' })).toBeVisible();
    await expectAccessible(page, 'drill: start');
    await press(page, 'Start');
    await expect(page.getByText('This is a drill')).toBeVisible();
    await expectAccessible(page, 'drill: methods');
    await verifyByEmail(page, server, person.email);
    await expect(page.getByText('This is a drill')).toBeVisible();
    await verifyByAppCode(page, app);
    await expect(page.getByRole('heading', { name: 'It works' })).toBeVisible();
    await expectAccessible(page, 'drill: done');
    await page.getByRole('main').getByRole('link', { name: 'Security info' }).click();
    await expect(page.getByText('Tried out with success on')).toBeVisible();

    await press(page, 'Sign out');
    await page.goto('/signin');
    await page.getByLabel('Username', { exact: true }).fill(person.upn);
    await press(page, 'Next');
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await button(page, 'Sign in').click();
    await expectSignedIn(page);
  });
});
