import {
  asAdmin, AVAILABLE, CUSTOMIZE, DAYS, EXPLAIN, field, METHODS, NOTIFY_ADMINS, NOTIFY_USERS, NUMBER, openTab, REQUIRE, SCOPE, TABS,
} from '../../support/admin.ts';
import { choices, chosen } from '../../support/form.ts';
import { expect, test } from '../../support/test.ts';

test.describe('the first day', () => {
  test('R1 R28 R57 R60 R195: every tab shows its default', async ({ browser, freshServer }) => {
    const context = await browser.newContext({ baseURL: freshServer.url });
    const page = await context.newPage();
    await asAdmin(page);

    await openTab(page, 'Properties');
    for (const choice of ['None', 'Selected', 'All']) {
      await expect(choices(page, SCOPE).getByRole('radio', { name: choice, exact: true })).toBeVisible();
    }
    expect(await chosen(page, SCOPE)).toMatch(/^None/);
    for (const choice of ['Never', 'On these networks', 'Always']) {
      await expect(choices(page, EXPLAIN).getByRole('radio', { name: choice, exact: true })).toBeVisible();
    }
    expect(await chosen(page, EXPLAIN)).toMatch(/^Never/);

    await openTab(page, 'Authentication methods');
    expect(await chosen(page, NUMBER)).toMatch(/^2/);
    const ticked = [];
    for (const method of METHODS) {
      if (await choices(page, AVAILABLE).getByRole('checkbox', { name: method, exact: true }).isChecked()) ticked.push(method);
    }
    expect(ticked).toEqual(['Email', 'Mobile phone']);

    await openTab(page, 'Registration');
    expect(await chosen(page, REQUIRE)).toMatch(/^Yes/);
    await expect(field(page, DAYS)).toHaveValue('180');

    await openTab(page, 'Notifications');
    expect(await chosen(page, NOTIFY_USERS)).toMatch(/^Yes/);
    expect(await chosen(page, NOTIFY_ADMINS)).toMatch(/^No/);

    await openTab(page, 'Customization');
    expect(await chosen(page, CUSTOMIZE)).toMatch(/^No/);
    await context.close();
  });

  test('the menu has the tutorial’s names in their order', async ({ page }) => {
    await asAdmin(page);
    await openTab(page, 'Properties');
    const menu = page.getByRole('navigation', { name: 'Menu' });
    const names = (await menu.getByRole('link').allInnerTexts()).map((name) => name.trim());
    const wanted = [...Object.keys(TABS), 'On-premises integration', 'Administrator policy', 'Audit logs', 'Usage & insights'];
    const shown = names.filter((name) => wanted.includes(name));
    // What is not built yet has no entry; what is there stands in the tutorial's order.
    expect(shown).toEqual(wanted.filter((name) => shown.includes(name)));
    expect(shown).toEqual(expect.arrayContaining([...Object.keys(TABS), 'Administrator policy', 'Audit logs']));
    await expect(menu).toContainText('Protection');
    await expect(menu.getByRole('link', { name: 'Properties', exact: true })).toHaveAttribute('aria-current', 'page');
  });
});
