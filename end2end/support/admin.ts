import { expect, type Page } from '@playwright/test';
import { arrive, button, choose, field, press } from './form.ts';
import { DEMO_PASSWORD } from './server.ts';
import { signIn, skipRegistration } from './signin.ts';

export const TABS = {
  Properties: 'properties',
  'Authentication methods': 'authentication-methods',
  Registration: 'registration',
  Notifications: 'notifications',
  Customization: 'customization',
} as const;

export type Tab = keyof typeof TABS;

export const METHODS = [
  'Mobile app notification',
  'Mobile app code',
  'Email',
  'Mobile phone',
  'Office phone',
  'Security questions',
] as const;

export type MethodName = (typeof METHODS)[number];

export const SCOPE = 'Self service password reset enabled';
export const EXPLAIN = 'Explain why a reset is refused';
export const NUMBER = 'Number of methods required to reset';
export const AVAILABLE = 'Methods available to users';
export const REQUIRE = 'Require users to register when signing in';
export const DAYS = 'Number of days before users are asked to reconfirm their authentication information';
export const NOTIFY_USERS = 'Notify users on password resets?';
export const NOTIFY_ADMINS = 'Notify all admins when other admins reset their password?';
export const CUSTOMIZE = 'Customize helpdesk link';
export const HELPDESK = 'Custom helpdesk email or URL';

/** Signs in as a demo administrator and lands in the portal. */
export async function asAdmin(page: Page, name = 'admin'): Promise<void> {
  await page.goto('/admin');
  await signIn(page, `${name}@contoso.example`, DEMO_PASSWORD);
  await skipRegistration(page);
  await expect(page).toHaveURL(/\/admin/);
}

export async function openTab(page: Page, tab: Tab): Promise<void> {
  await page.goto(`/admin/password-reset/${TABS[tab]}`);
  await expect(button(page, 'Save')).toBeVisible();
}

export async function save(page: Page): Promise<void> {
  await press(page, 'Save');
  await expectSaved(page);
}

export async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: 'saved' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toHaveCount(0);
}

/** Opens the picker from *Properties*, searches, takes the group, and is back on the tab. */
export async function pickGroup(page: Page, name: string): Promise<void> {
  await openPicker(page);
  await searchGroups(page, name);
  const dialog = picker(page);
  await dialog.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
  await dialog.getByRole('button', { name: 'Select', exact: true }).click();
  await expect(choicesOfScope(page)).toBeVisible();
  await expect(page.getByText(name).first()).toBeVisible();
}

/** The picker is a dialog where scripts run and a page where they do not. */
export function picker(page: Page) {
  return page.getByRole('dialog').or(page.getByRole('main')).last();
}

function choicesOfScope(page: Page) {
  return page.getByRole('radio', { name: 'Selected', exact: true });
}

export async function openPicker(page: Page): Promise<void> {
  await choose(page, SCOPE, 'Selected');
  await button(page, /^(No groups selected|Change)/).click();
  await expect(page.getByRole('heading', { name: 'Select group' })).toBeVisible();
}

export async function searchGroups(page: Page, text: string): Promise<void> {
  const search = page.getByRole('searchbox');
  await search.fill(text);
  await search.press('Enter');
  await expect(page.getByRole('radio', { name: new RegExp(`^${text}`) }).first()).toBeVisible();
}

export async function tick(page: Page, wanted: readonly MethodName[]): Promise<void> {
  for (const method of METHODS) {
    const box = page.getByRole('checkbox', { name: method, exact: true });
    if ((await box.isChecked()) !== wanted.includes(method)) await box.setChecked(wanted.includes(method));
  }
}

export async function signOut(page: Page): Promise<void> {
  await arrive(page, () => button(page, 'Sign out').click());
}

export { field };
