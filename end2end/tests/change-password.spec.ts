import { expectProblem, field, heading, press } from '../support/form.ts';
import { signOut } from '../support/admin.ts';
import { strongPassword, type Person } from '../support/people.ts';
import { expectSignedIn, fillNewPassword, firstSignIn, signIn } from '../support/signin.ts';
import { expectRecord } from '../support/records.ts';
import { expect, test, type Page } from '../support/test.ts';

async function change(page: Page, current: string, fresh: string): Promise<void> {
  await field(page, 'Current password').fill(current);
  await fillNewPassword(page, fresh);
  await press(page, 'Change password');
}

async function openForm(page: Page, person: Person): Promise<void> {
  await page.goto('/security-info/change-password');
  await expect(heading(page, /Change (your )?password/)).toBeVisible();
  void person;
}

test.describe('Change password', { tag: '@page' }, () => {
  test('R106 R156 R230: with None too; the current password is asked, the same one refused, others signed out', async ({ page, people, office, visitor, server }) => {
    await office.policy({ scope: 'None' });
    const person = await people.add();
    await firstSignIn(page, person);
    const other = await visitor();
    await signIn(other, person.upn, person.password);
    await expectSignedIn(other);

    await openForm(page, person);
    await change(page, strongPassword(), strongPassword());
    await expectProblem(page, [], ['Current password']);
    await change(page, person.password, person.password);
    await expectProblem(page, [], ['New password']);
    await change(page, person.password, 'short');
    await expectProblem(page, [], ['New password']);
    await change(page, '', strongPassword());
    await expectProblem(page, [], ['Current password']);

    const fresh = strongPassword();
    await change(page, person.password, fresh);
    await expect(page.getByRole('status').filter({ hasText: /changed/i })).toBeVisible();
    await expectSignedIn(page);
    await expectRecord(server, person.upn, 'Change password (self-service)');
    await other.goto('/security-info');
    await expect(other).toHaveURL(/\/signin/);

    await signOut(page);
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await expectProblem(page, [/incorrect/i]);
    await page.goto('/signin');
    await signIn(page, person.upn, fresh);
    await expectSignedIn(page);
  });

  test('T153: guesses at the current password are counted like sign-ins', async ({ page, people, office, server }) => {
    await office.policy();
    const person = await people.add();
    await firstSignIn(page, person);
    await openForm(page, person);
    for (let tries = 0; tries < 10; tries += 1) {
      await change(page, strongPassword(), strongPassword());
      await server.forgetAddresses();
    }
    await change(page, person.password, strongPassword());
    await expectProblem(page, [/too many|try again/i]);
  });

  test('an initial password has to be changed before anything else', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add();
    await signIn(page, person.upn, person.password);
    await expect(field(page, 'New password')).toBeVisible();
    for (const path of ['/security-info', '/register', '/admin', '/']) {
      await page.goto(path);
      await expect(field(page, 'New password')).toBeVisible();
    }
  });

  test('the form suits password managers', async ({ page, people, office }) => {
    await office.policy();
    const person = await people.add();
    await firstSignIn(page, person);
    await openForm(page, person);
    await expect(field(page, 'Current password')).toHaveAttribute('autocomplete', 'current-password');
    await expect(field(page, 'New password')).toHaveAttribute('autocomplete', 'new-password');
    await expect(page.locator('input[autocomplete=username]')).toHaveValue(person.upn);
  });
});
