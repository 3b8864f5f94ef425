import { asAdmin } from '../../support/admin.ts';
import { button, expectProblem, field, press } from '../../support/form.ts';
import { addMember, createGroup, openGroup, removeMember } from '../../support/portal.ts';
import { word } from '../../support/people.ts';
import { methodRadios, startReset, toMethods } from '../../support/reset.ts';
import { expect, test } from '../../support/test.ts';

test.describe('Groups', { tag: '@page' }, () => {
  test('a new group gets members, people and groups, and loses them', async ({ page, people }) => {
    const [one, two] = [await people.add(), await people.add()];
    const inner = `Inner-${word(5)}`;
    const outer = `Outer-${word(5)}`;
    await asAdmin(page);
    await createGroup(page, inner, [one.upn]);
    await createGroup(page, outer, [two.upn, inner]);
    await openGroup(page, outer);
    await expect(page.getByRole('main')).toContainText(two.upn);
    await expect(page.getByRole('main')).toContainText(inner);
    await removeMember(page, two.upn);
    await openGroup(page, outer);
    await expect(page.getByRole('main').getByText(two.upn)).toHaveCount(0);
  });

  test('a name is needed, and is taken once', async ({ page }) => {
    const name = `Once-${word(5)}`;
    await asAdmin(page);
    await createGroup(page, name);
    await page.goto('/admin/groups');
    await press(page, 'New group');
    await press(page, 'Create');
    await expectProblem(page, [], ['Name']);
    await field(page, 'Name').fill(name.toUpperCase());
    await press(page, 'Create');
    await expectProblem(page, [], ['Name']);
    await expect(field(page, 'Name')).toHaveValue(name.toUpperCase());
  });

  test('R6: two groups inside each other do no harm', async ({ page, people, server, office, visitor }) => {
    const person = await people.add({ email: true, mobile: true });
    const [one, two] = [`Ring-A-${word(5)}`, `Ring-B-${word(5)}`];
    await asAdmin(page);
    await createGroup(page, one, [person.upn]);
    await createGroup(page, two, [one]);
    await openGroup(page, one);
    await addMember(page, two);
    await office.policy({ scope: { group: two }, explain: 'Always' });
    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    const outside = await people.add({ email: true, mobile: true });
    await startReset(lost, server, outside.upn);
    await expect(methodRadios(lost)).toHaveCount(0);
    await expect(lost.getByText('SSPR_0013').first()).toBeVisible();
  });

  test('R12: deleting a group asks first and takes its people out of scope', async ({ page, people, server, office, visitor }) => {
    const person = await people.add({ email: true, mobile: true });
    const name = `Gone-${word(5)}`;
    await asAdmin(page);
    await createGroup(page, name, [person.upn]);
    await office.policy({ scope: { group: name }, explain: 'Always' });
    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    await openGroup(page, name);
    await press(page, /^Delete/);
    await expect(button(page, 'Cancel')).toBeVisible();
    await press(page, /^Delete/);
    await startReset(lost, server, person.upn);
    await expect(methodRadios(lost)).toHaveCount(0);
  });
});
