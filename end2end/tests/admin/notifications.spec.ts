import { asAdmin, NOTIFY_ADMINS, NOTIFY_USERS, openTab, save } from '../../support/admin.ts';
import { button, choose, expectProblem, forge, press, radio } from '../../support/form.ts';
import { expect, test } from '../../support/test.ts';

test.describe('Notifications', { tag: '@page' }, () => {
  test.beforeEach(async ({ page }) => {
    await asAdmin(page);
    await openTab(page, 'Notifications');
    await choose(page, NOTIFY_USERS, 'Yes');
    await choose(page, NOTIFY_ADMINS, 'No');
    await save(page);
  });

  test('R187 R188: every combination is saved', async ({ page }) => {
    for (const [users, admins] of [['No', 'No'], ['No', 'Yes'], ['Yes', 'Yes'], ['Yes', 'No']] as const) {
      await choose(page, NOTIFY_USERS, users);
      await choose(page, NOTIFY_ADMINS, admins);
      await save(page);
      await openTab(page, 'Notifications');
      await expect(radio(page, NOTIFY_USERS, users)).toBeChecked();
      await expect(radio(page, NOTIFY_ADMINS, admins)).toBeChecked();
    }
  });

  test('Discard', async ({ page }) => {
    await choose(page, NOTIFY_USERS, 'No');
    await button(page, 'Discard').click();
    await expect(radio(page, NOTIFY_USERS, 'Yes')).toBeChecked();
  });

  test('an answer that is neither is refused', async ({ page }) => {
    await choose(page, NOTIFY_ADMINS, 'Yes');
    await forge(radio(page, NOTIFY_ADMINS, 'Yes'), 'maybe');
    await press(page, 'Save');
    await expectProblem(page);
    await openTab(page, 'Notifications');
    await expect(radio(page, NOTIFY_ADMINS, 'No')).toBeChecked();
  });
});
