import { asAdmin, DAYS, openTab, REQUIRE, save } from '../../support/admin.ts';
import { choose, expectProblem, field, press, radio } from '../../support/form.ts';
import { expect, test } from '../../support/test.ts';

test.describe('Registration', { tag: '@page' }, () => {
  test.beforeEach(async ({ page }) => {
    await asAdmin(page);
    await openTab(page, 'Registration');
    await choose(page, REQUIRE, 'Yes');
    await field(page, DAYS).fill('180');
    await save(page);
  });

  test('R55 R56: Yes and 180 days are saved', async ({ page }) => {
    await openTab(page, 'Registration');
    await expect(radio(page, REQUIRE, 'Yes')).toBeChecked();
    await expect(field(page, DAYS)).toHaveValue('180');
  });

  test('R57 R58: 0 to 730 whole days, nothing else', async ({ page }) => {
    for (const days of ['0', '730', '1']) {
      await field(page, DAYS).fill(days);
      await save(page);
      await openTab(page, 'Registration');
      await expect(field(page, DAYS)).toHaveValue(days);
    }
    for (const days of ['-1', '731', '1.5', 'many', '', '99999999999999999999', '1e2', '٣٠']) {
      await openTab(page, 'Registration');
      await field(page, DAYS).evaluate((one, text) => {
        (one as HTMLInputElement).type = 'text';
        (one as HTMLInputElement).value = text;
      }, days);
      await press(page, 'Save');
      await expectProblem(page, [/0 (to|and|–) 730|between 0 and 730/], [DAYS]);
      await openTab(page, 'Registration');
      await expect(field(page, DAYS)).toHaveValue('1');
    }
  });

  test('R59: the days are asked only while registration is required', async ({ page }) => {
    await choose(page, REQUIRE, 'No');
    await save(page);
    await openTab(page, 'Registration');
    await expect(radio(page, REQUIRE, 'No')).toBeChecked();
    await expect(field(page, DAYS)).toHaveValue('180');
  });

  test('R24 R59: and follow the choice at once', { tag: '@script' }, async ({ page }) => {
    await choose(page, REQUIRE, 'No');
    await expect.poll(async () => (await field(page, DAYS).isHidden()) || (await field(page, DAYS).isDisabled())).toBe(true);
    await choose(page, REQUIRE, 'Yes');
    await expect(field(page, DAYS)).toBeEnabled();
  });

  test('a page left open for long cannot overwrite a newer save', async ({ page, visitor }) => {
    const other = await visitor();
    await asAdmin(other);
    await openTab(other, 'Registration');
    await openTab(page, 'Registration');
    await field(page, DAYS).fill('90');
    await save(page);
    await field(other, DAYS).fill('30');
    await press(other, 'Save');
    await expect(other.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
    await openTab(other, 'Registration');
    await expect(field(other, DAYS)).toHaveValue('90');
  });
});
