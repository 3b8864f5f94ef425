import { asAdmin, EXPLAIN, expectSaved, openPicker, openTab, picker, pickGroup, save, SCOPE, searchGroups } from '../../support/admin.ts';
import { button, choose, chosen, expectProblem, forge, press, radio } from '../../support/form.ts';
import { createGroup } from '../../support/portal.ts';
import { GROUP, word } from '../../support/people.ts';
import { expect, test } from '../../support/test.ts';

test.describe('Properties', { tag: '@page' }, () => {
  test.beforeEach(async ({ page }) => {
    await asAdmin(page);
    await openTab(page, 'Properties');
    await choose(page, SCOPE, 'None');
    await choose(page, EXPLAIN, 'Never');
    await save(page);
  });

  test('R1 R4 R8 R9: None, All and back are saved; nothing applies before Save', async ({ page, visitor }) => {
    await choose(page, SCOPE, 'All');
    const other = await visitor();
    await asAdmin(other);
    await openTab(other, 'Properties');
    expect(await chosen(other, SCOPE)).toMatch(/^None/);

    await save(page);
    await openTab(other, 'Properties');
    expect(await chosen(other, SCOPE)).toMatch(/^All/);

    await choose(page, SCOPE, 'None');
    await save(page);
    await openTab(page, 'Properties');
    expect(await chosen(page, SCOPE)).toMatch(/^None/);
  });

  test('Discard puts back what was saved', async ({ page }) => {
    await choose(page, SCOPE, 'All');
    await button(page, 'Discard').click();
    await expect(radio(page, SCOPE, 'None')).toBeChecked();
    await openTab(page, 'Properties');
    await expect(radio(page, SCOPE, 'None')).toBeChecked();
  });

  test('R5 R7 R10: one group is picked by search; another one replaces it', async ({ page }) => {
    const second = `SSPR-Other-${word(5)}`;
    await createGroup(page, second);
    await openTab(page, 'Properties');

    await openPicker(page);
    await searchGroups(page, GROUP);
    const box = picker(page);
    await expect(box.getByRole('checkbox')).toHaveCount(0);
    await expect(box.getByRole('radio', { name: /@contoso\.example/ })).toHaveCount(0);
    await box.getByRole('radio', { name: new RegExp(`^${GROUP}`) }).check();
    await box.getByRole('button', { name: 'Select', exact: true }).click();
    await save(page);
    await openTab(page, 'Properties');
    await expect(page.getByText(GROUP).first()).toBeVisible();

    await pickGroup(page, second);
    await save(page);
    await openTab(page, 'Properties');
    await expect(page.getByText(second).first()).toBeVisible();
    await expect(page.getByRole('main').getByText(GROUP)).toHaveCount(0);
  });

  test('the picker finds by any part of a name and says when there is nothing', async ({ page }) => {
    await openPicker(page);
    const box = picker(page);
    const search = box.getByRole('searchbox');
    await search.fill('nested-gr');
    await search.press('Enter');
    await expect(box.getByRole('radio', { name: /^SSPR-Nested-Group/ })).toBeVisible();
    await expect(box.getByRole('radio', { name: new RegExp(`^${GROUP}`) })).toHaveCount(0);
    await search.fill(`nothing-${word()}`);
    await search.press('Enter');
    await expect(box.getByRole('radio')).toHaveCount(0);
    await expect(box.getByText(/no groups?|0 groups/i).first()).toBeVisible();
  });

  test('R7 R11: Selected without a group is refused and changes nothing', async ({ page }) => {
    // Whatever group the worker chose before is taken away first.
    const groupless = page.locator('input[name*=group]');
    await choose(page, SCOPE, 'Selected');
    for (const input of await groupless.all()) await forge(input, '');
    await press(page, 'Save');
    await expectProblem(page, [/group/i]);
    await openTab(page, 'Properties');
    await expect(radio(page, SCOPE, 'None')).toBeChecked();
  });

  test('a choice the page does not have is refused and changes nothing', async ({ page }) => {
    await choose(page, SCOPE, 'All');
    await forge(radio(page, SCOPE, 'All'), 'everybody');
    await press(page, 'Save');
    await expectProblem(page);
    await openTab(page, 'Properties');
    await expect(radio(page, SCOPE, 'None')).toBeChecked();
  });

  test('R14: says that administrators follow a policy of their own', async ({ page }) => {
    const notice = page.getByRole('main').getByText(/administrators/i).first();
    await expect(notice).toBeVisible();
    await expect(page.getByRole('main')).toContainText(/two methods|2 methods/i);
    await expect(page.getByRole('main').getByRole('link', { name: /administrator policy/i })).toHaveAttribute(
      'href',
      '/admin/password-reset/administrator-policy',
    );
  });

  test('R15: other tabs can be saved while the switch is None', async ({ page }) => {
    await openTab(page, 'Registration');
    await save(page);
    await openTab(page, 'Notifications');
    await save(page);
  });

  test('why a reset is refused: networks are checked and kept', async ({ page }) => {
    await choose(page, EXPLAIN, 'On these networks');
    const networks = page.getByRole('textbox', { name: /network/i });
    await networks.fill('10.0.0.0/8\nnot a network');
    await press(page, 'Save');
    await expectProblem(page, [/network/i]);
    await expect(networks).toHaveValue(/not a network/);

    await networks.fill('');
    await choose(page, EXPLAIN, 'On these networks');
    await press(page, 'Save');
    await expectProblem(page, [/network/i]);

    await networks.fill('10.0.0.0/8\n2001:db8::/32');
    await press(page, 'Save');
    await expectSaved(page);
    await openTab(page, 'Properties');
    await expect(radio(page, EXPLAIN, 'On these networks')).toBeChecked();
    await expect(networks).toHaveValue(/10\.0\.0\.0\/8\s+2001:db8::\/32/);
  });

  test('two administrators at once: the second is told, and nothing is lost', async ({ page, visitor }) => {
    const other = await visitor();
    await asAdmin(other);
    await openTab(other, 'Properties');
    await openTab(page, 'Properties');

    await choose(page, SCOPE, 'All');
    await save(page);

    await choose(other, EXPLAIN, 'Always');
    await press(other, 'Save');
    await expect(other.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
    await expect(other.getByRole('main')).toContainText(/changed|someone else|another administrator/i);

    await openTab(other, 'Properties');
    await expect(radio(other, SCOPE, 'All')).toBeChecked();
    await expect(radio(other, EXPLAIN, 'Never')).toBeChecked();
  });
});

