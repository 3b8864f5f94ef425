import { asAdmin, openTab, SCOPE } from '../../support/admin.ts';
import { choose } from '../../support/form.ts';
import { expect, test } from '../../support/test.ts';

test.describe('Unsaved changes', () => {
  test('are named, and asked about before one leaves', { tag: '@script' }, async ({ page }) => {
    await asAdmin(page);
    await openTab(page, 'Notifications');
    await openTab(page, 'Properties');
    await expect(page.getByText('No changes yet')).toBeVisible();
    const now = await page.getByRole('radiogroup', { name: SCOPE }).locator('input:checked').getAttribute('value');
    await choose(page, SCOPE, now === 'all' ? 'None' : 'All');
    await expect(page.getByText('You have changes to save')).toBeVisible();

    const asked = page.waitForEvent('dialog');
    // The click ends when the question is answered.
    const clicked = page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Registration', exact: true }).click();
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await Promise.all([clicked, dialog.dismiss()]);
    await expect(page).toHaveURL(/properties/);
    await expect(page.getByText('You have changes to save')).toBeVisible();
  });
});
