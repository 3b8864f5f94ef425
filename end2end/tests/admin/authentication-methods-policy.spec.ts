import { asAdmin, AVAILABLE, expectSaved, NUMBER, openTab, save, tick } from '../../support/admin.ts';
import { expectAccessible } from '../../support/axe.ts';
import { button, choices, choose, expectProblem, field, heading, press, radio } from '../../support/form.ts';
import { openMenu } from '../../support/menu.ts';
import { GROUP } from '../../support/people.ts';
import { expect, test, type Page } from '../../support/test.ts';

const POLICY = 'Authentication methods policy';
const RESET = 'Use for password reset';
const SIGN_IN = 'Use at sign-in';
const WHO = 'Who can reset with it';
const STATE = 'Migration state';
const GUIDED = 'Methods for password reset';

async function openPolicy(page: Page): Promise<void> {
  await page.goto('/admin/authentication-methods-policy');
  await expect(heading(page, POLICY)).toBeVisible();
}

async function openMethod(page: Page, name: string): Promise<void> {
  await openPolicy(page);
  await page.getByRole('main').getByRole('link', { name, exact: true }).click();
  await expect(heading(page, name)).toBeVisible();
}

async function goTo(page: Page, state: string, reason = ''): Promise<void> {
  await page.goto('/admin/authentication-methods-policy/migration');
  if (await radio(page, STATE, state).isChecked()) return;
  await choose(page, STATE, state);
  // Only the way back from a complete migration asks for one.
  if (reason !== '' && (await field(page, 'Reason').isVisible())) await field(page, 'Reason').fill(reason);
  await save(page);
}

test.describe(POLICY, { tag: '@page' }, () => {
  test.beforeEach(async ({ page }) => {
    await asAdmin(page);
    await goTo(page, 'Pre-migration', 'tests begin anew');
    await openTab(page, 'Authentication methods');
    await choose(page, NUMBER, '2');
    await tick(page, ['Email', 'Mobile phone']);
    await save(page);
  });

  // Other tests of this worker find the tutorial's world again.
  test.afterEach(({ page }) => goTo(page, 'Pre-migration', 'the test is over'));

  test('R241: the menu leads to every method, and so does the notice on the old tab', async ({ page }) => {
    await openMenu(page, POLICY);
    for (const name of ['Authenticator codes (OATH)', 'SMS', 'Voice call', 'Email one-time code']) {
      await expect(page.getByRole('main').getByRole('link', { name, exact: true })).toBeVisible();
    }
    await expectAccessible(page, 'methods policy: list');
    await openTab(page, 'Authentication methods');
    await page.getByRole('main').getByRole('link', { name: POLICY, exact: true }).click();
    await expect(heading(page, POLICY)).toBeVisible();
  });

  test('a method is on for a group and off for another', async ({ page }) => {
    await openMethod(page, 'SMS');
    await choose(page, RESET, 'Yes');
    await choose(page, WHO, 'Select groups');
    await button(page, /^(Select|Change) groups ?: Groups that can reset with it/).click();
    await expect(heading(page, 'Select groups')).toBeVisible();
    await expectAccessible(page, 'methods policy: picker');
    const search = page.getByRole('searchbox');
    await search.fill(GROUP);
    await search.press('Enter');
    await page.getByRole('checkbox', { name: GROUP, exact: true }).check();
    await press(page, 'Select');
    await expect(heading(page, 'SMS')).toBeVisible();
    await expect(page.getByText(GROUP).first()).toBeVisible();
    await save(page);
    await expectAccessible(page, 'methods policy: method');
    await openPolicy(page);
    await expect(page.getByRole('row', { name: /SMS/ })).toContainText('1 group');
    await openMethod(page, 'SMS');
    await choose(page, RESET, 'No');
    await save(page);
  });

  test('email is never a second factor at sign-in (R53)', async ({ page }) => {
    await openMethod(page, 'Email one-time code');
    await expect(choices(page, RESET)).toBeVisible();
    await expect(choices(page, SIGN_IN)).toHaveCount(0);
  });

  test('the second factor is for nobody, administrators or everyone', async ({ page }) => {
    await openPolicy(page);
    await expect(radio(page, 'Second factor at sign-in', 'Administrators')).toBeChecked();
    await choose(page, 'Second factor at sign-in', 'Nobody');
    await save(page);
    await choose(page, 'Second factor at sign-in', 'Administrators');
    await save(page);
  });

  test('R242 to R248: the guide, the read-only boxes, and the way back with a reason', async ({ page }) => {
    await page.goto('/admin/authentication-methods-policy/migration');
    await expectAccessible(page, 'methods policy: migration');
    await press(page, 'Start the guide');
    for (const name of ['SMS', 'Voice call', 'Email one-time code']) {
      await expect(choices(page, GUIDED).getByRole('checkbox', { name, exact: true })).toBeChecked();
    }
    await choices(page, GUIDED).getByRole('checkbox', { name: 'Voice call', exact: true }).uncheck();
    await expectAccessible(page, 'methods policy: guide');
    await press(page, 'Migrate');
    await expect(heading(page, 'Complete the migration?')).toBeVisible();
    await expectAccessible(page, 'methods policy: confirm');
    await press(page, 'Migrate');
    await expectSaved(page);

    await openTab(page, 'Authentication methods');
    await expect(choices(page, AVAILABLE).getByRole('checkbox', { name: 'Email', exact: true })).toBeDisabled();
    await expect(
      choices(page, AVAILABLE).getByRole('checkbox', { name: 'Security questions', exact: true }),
    ).toBeEnabled();

    await page.goto('/admin/authentication-methods-policy/migration');
    await choose(page, STATE, 'Migration in progress');
    await press(page, 'Save');
    await expectProblem(page, [/Enter why/], ['Reason']);
    await field(page, 'Reason').fill('The help desk was not told');
    await save(page);
  });
});
