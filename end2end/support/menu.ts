import { expect, type Page } from '@playwright/test';
import { arrive } from './form.ts';

/** Goes to a page of the portal through its menu, which a phone keeps folded. */
export async function openMenu(page: Page, name: string): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name, exact: true }).first();
  const toggle = page.getByRole('button', { name: 'Menu', exact: true });
  if (await toggle.isVisible()) await toggle.click();
  await expect(link).toBeVisible();
  await arrive(page, () => link.click());
}
