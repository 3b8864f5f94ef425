import { asAdmin } from '../../support/admin.ts';
import { button, expectProblem, field, heading, press } from '../../support/form.ts';
import { addRole, blockUser, createUser, deleteUser, findUser, openUser, removeRole, saveContact } from '../../support/portal.ts';
import { strongPassword, word } from '../../support/people.ts';
import { toNewPassword } from '../../support/reset.ts';
import { changeInitialPassword, expectSignedIn, signIn } from '../../support/signin.ts';
import { expect, test } from '../../support/test.ts';

test.describe('Users', { tag: '@page' }, () => {
  test('a new user signs in with the password the administrator typed, and has to change it', async ({ page, people, visitor, office }) => {
    await office.policy();
    const person = people.invent();
    await asAdmin(page);
    await createUser(page, person);
    const own = await visitor();
    await signIn(own, person.upn, person.password);
    await changeInitialPassword(own, person);
    await expectSignedIn(own);
  });

  test('what is missing, malformed or taken is told at the field', async ({ page, people }) => {
    await asAdmin(page);
    await page.goto('/admin/users');
    await press(page, 'New user');
    await press(page, 'Create');
    await expectProblem(page, [], ['User principal name']);
    for (const upn of ['nobody', 'a b@contoso.example', `${'a'.repeat(65)}@contoso.example`, 'dot.@contoso.example', 'ü@contoso.example', 'admin@contoso.example', 'ADMIN@contoso.example']) {
      await field(page, 'User principal name').fill(upn);
      await field(page, 'Display name').fill('Somebody');
      await field(page, 'Initial password').fill(strongPassword());
      await press(page, 'Create');
      await expectProblem(page, [], ['User principal name']);
      await expect(field(page, 'User principal name')).toHaveValue(upn);
      await expect(field(page, 'Initial password')).toHaveValue('');
    }
    void people;
  });

  test('the list is searched by name and by username', async ({ page, people }) => {
    const person = await people.add();
    await people.add();
    await asAdmin(page);
    for (const text of [person.upn, person.upn.slice(0, 6), person.displayName, person.surname.toUpperCase()]) {
      await findUser(page, text);
      await expect(page.getByRole('main').getByText(person.upn).first()).toBeVisible();
    }
    await findUser(page, `nobody-${word()}`);
    await expect(page.getByRole('main').locator('tbody tr')).toHaveCount(0);
    await expect(page.getByRole('main')).toContainText(/no users/i);
  });

  test('R94 R96 R97: contact data counts at once; malformed data is refused', async ({ page, people, server, visitor, office }) => {
    await office.policy();
    const person = await people.add({ groups: ['SSPR-Test-Group'] });
    await asAdmin(page);
    await openUser(page, person.upn);
    await saveContact(page, { 'Mobile phone': '4255550199' });
    await expectProblem(page, [], ['Mobile phone']);
    await openUser(page, person.upn);
    await saveContact(page, { 'Alternate email': 'nonsense' });
    await expectProblem(page, [], ['Alternate email']);
    await openUser(page, person.upn);
    await saveContact(page, { 'Mobile phone': person.mobile, 'Alternate email': person.email, 'Office phone': '+371 67000000' });
    await openUser(page, person.upn);
    await expect(field(page, 'Mobile phone')).toHaveValue(person.mobile);
    const lost = await visitor();
    await toNewPassword(lost, server, person);
  });

  test('blocked, a person cannot sign in; unblocked, they can', async ({ page, people, visitor, office }) => {
    await office.policy();
    const person = await people.add();
    await asAdmin(page);
    await openUser(page, person.upn);
    await blockUser(page, 'Block sign-in');
    const own = await visitor();
    await signIn(own, person.upn, person.password);
    await expectProblem(own, [/incorrect/i]);
    await openUser(page, person.upn);
    await blockUser(page, 'Unblock sign-in');
    await own.goto('/signin');
    await signIn(own, person.upn, person.password);
    await changeInitialPassword(own, person);
  });

  test('deleting asks first; then the name is free again', async ({ page, people }) => {
    const person = await people.add();
    await asAdmin(page);
    await openUser(page, person.upn);
    await deleteUser(page);
    await findUser(page, person.upn);
    await expect(page.getByRole('main').locator('tbody tr')).toHaveCount(0);
    await createUser(page, person);
  });

  test('roles are given and taken', async ({ page, people, visitor, office }) => {
    await office.policy();
    const person = await people.add();
    await asAdmin(page);
    await openUser(page, person.upn);
    await addRole(page, 'Reports Reader');
    const own = await visitor();
    await signIn(own, person.upn, person.password);
    await changeInitialPassword(own, person);
    expect((await own.goto('/admin/audit-logs'))?.status()).toBe(200);
    await openUser(page, person.upn);
    await removeRole(page, 'Reports Reader');
    // A lost role ends the session; whoever signs in again has nothing of it.
    await own.goto('/admin/audit-logs');
    await expect(own).toHaveURL(/\/signin/);
    await signIn(own, person.upn, person.password);
    expect((await own.goto('/admin/audit-logs'))?.status()).toBe(403);
  });

  test('the last Global Administrator stays', async ({ browser, freshServer }) => {
    const context = await browser.newContext({ baseURL: freshServer.url });
    const page = await context.newPage();
    await asAdmin(page);
    await openUser(page, 'admin@contoso.example');
    await removeRole(page, 'Global Administrator');
    await expectProblem(page, [/last|at least one/i]);
    await openUser(page, 'admin@contoso.example');
    await expect(page.getByRole('main')).toContainText('Global Administrator');
    await context.close();
  });

  test('T119: a name with markup is a name', async ({ page, people }) => {
    const person = { ...people.invent(), displayName: `</script><img src=x onerror=alert(1)> {{7*7}} ${word()}` };
    await asAdmin(page);
    await createUser(page, person);
    await findUser(page, person.upn);
    await expect(page.getByText(person.displayName).first()).toBeVisible();
    await openUser(page, person.upn);
    await expect(heading(page, person.displayName)).toBeVisible();
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
  });

  test('an administrator never sees a person’s methods in full power: no codes, no answers, no keys', async ({ page, people }) => {
    const person = await people.ready();
    await asAdmin(page);
    await openUser(page, person.upn);
    await expect(page.locator('input[type=password]')).not.toHaveValue(/.+/);
    await expect(button(page, 'Secret key')).toHaveCount(0);
  });
});
