import { asAdmin, save } from '../../support/admin.ts';
import { button, choose, field } from '../../support/form.ts';
import { strongPassword } from '../../support/people.ts';
import { expectReset, finish, giveName, methodRadios, sayForgot, startReset, toMethods, toNewPassword, verifyByEmail } from '../../support/reset.ts';
import { expect, test } from '../../support/test.ts';

const PATH = '/admin/password-reset/administrator-policy';
const ALLOW = 'Allow administrators to use password reset';

test.describe('Administrator policy', { tag: '@page' }, () => {
  test('R208 R212: says what holds: two methods, which, never questions', async ({ page }) => {
    await asAdmin(page);
    await page.goto(PATH);
    const main = page.getByRole('main');
    await expect(main).toContainText('2, of different kinds');
    for (const method of ['Mobile app code', 'Email', 'Mobile phone']) await expect(main).toContainText(method);
    await expect(main).toContainText(/security questions/i);
    await expect(main.getByRole('checkbox')).toHaveCount(0);
    await expect(main.getByRole('radio', { name: '1', exact: true })).toHaveCount(0);
  });

  test('R208 R209 R210 R211: administrators reset with None, out of every group, by two steps', async ({ page, people, server, office }) => {
    await office.policy({ scope: 'None', number: 1, methods: ['Email'] });
    const admin = await people.add({ email: true, mobile: true, roles: ['Authentication Policy Administrator'] });
    await page.goto('/reset');
    if (!(await field(page, 'Username').isVisible())) await button(page, /administrator/i).click();
    await giveName(page, server, admin.upn);
    await sayForgot(page);
    await verifyByEmail(page, server, admin.email);
    await expect(field(page, 'New password')).toHaveCount(0);
    await page.context().clearCookies();
    await server.advance(3600);
    await office.policy({ number: 1, methods: ['Email'] });
    await toNewPassword(page, server, admin);
    await finish(page, strongPassword());
    await expectReset(page);
  });

  test('R213 R214: switched off, no administrator can, even in scope', async ({ page, people, server, office, visitor }) => {
    await office.policy({ scope: 'All', explain: 'Always' });
    const admin = await people.add({ email: true, mobile: true, roles: ['User Administrator'] });
    await asAdmin(page);
    await page.goto(PATH);
    await choose(page, ALLOW, 'No');
    await save(page);
    const lost = await visitor();
    await startReset(lost, server, admin.upn);
    await expect(methodRadios(lost)).toHaveCount(0);
    await page.goto(PATH);
    await choose(page, ALLOW, 'Yes');
    await save(page);
    await lost.context().clearCookies();
    await toMethods(lost, server, admin.upn);
  });

  test('R216: a role given or taken counts from the next attempt', async ({ page, people, server, office }) => {
    await office.policy({ number: 1, methods: ['Email'] });
    const person = await people.ready();
    await people.grant(person, 'User Administrator');
    await toMethods(page, server, person.upn);
    await verifyByEmail(page, server, person.email);
    await expect(methodRadios(page).first()).toBeVisible();
    await expect(field(page, 'New password')).toHaveCount(0);
  });
});
