import { expect, type Page } from '@playwright/test';
import { expectSaved } from './admin.ts';
import { button, field, press } from './form.ts';
import { openMenu } from './menu.ts';
import type { Person } from './people.ts';

/** *Users*, *New user*: what an administrator types for somebody new. */
export async function createUser(page: Page, person: Person): Promise<void> {
  await openMenu(page, 'Users');
  await press(page, 'New user');
  await field(page, 'User principal name').fill(person.upn);
  await field(page, 'Display name').fill(person.displayName);
  await field(page, 'Initial password').fill(person.password);
  await press(page, 'Create');
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toHaveCount(0);
  await expect(page.getByText(person.upn).first()).toBeVisible();
}

export async function findUser(page: Page, text: string): Promise<void> {
  await page.goto('/admin/users');
  const search = page.getByRole('searchbox').first();
  await search.fill(text);
  await search.press('Enter');
  await expect(page).toHaveURL(/[?&]/);
}

export async function openUser(page: Page, upn: string): Promise<void> {
  await findUser(page, upn);
  const row = page.getByRole('main').locator('tbody tr').filter({ hasText: upn });
  await row.getByRole('link').first().click();
  await expect(page.getByRole('main').getByText(upn).first()).toBeVisible();
  await expect(page.getByRole('searchbox')).toHaveCount(0);
}

/** Fills in contact data and saves. */
export async function saveContact(page: Page, values: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await field(page, label).fill(value);
  await press(page, 'Save');
}

export async function blockUser(page: Page, act: 'Block sign-in' | 'Unblock sign-in'): Promise<void> {
  await press(page, act);
  const confirm = button(page, act);
  if (await confirm.isVisible()) await press(page, act);
}

export async function deleteUser(page: Page): Promise<void> {
  await press(page, /^Delete/);
  await expect(button(page, 'Cancel')).toBeVisible();
  await press(page, /^Delete/);
}

export async function addRole(page: Page, role: string): Promise<void> {
  await page.getByRole('checkbox', { name: role, exact: true }).check();
  await press(page, 'Save roles');
  await expectSaved(page);
}

export async function removeRole(page: Page, role: string): Promise<void> {
  await page.getByRole('checkbox', { name: role, exact: true }).uncheck();
  await press(page, 'Save roles');
}

/** *Groups*, *New group*, *Add members*. */
export async function createGroup(page: Page, name: string, members: string[] = []): Promise<void> {
  await openMenu(page, 'Groups');
  await press(page, 'New group');
  await field(page, 'Name').fill(name);
  await press(page, 'Create');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  for (const member of members) await addMember(page, member);
}

export async function openGroup(page: Page, name: string): Promise<void> {
  await page.goto('/admin/groups');
  const search = page.getByRole('searchbox').first();
  await search.fill(name);
  await search.press('Enter');
  await expect(page).toHaveURL(/[?&]/);
  await page.getByRole('main').getByRole('link', { name, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** On a group's page: searches, ticks, adds. */
export async function addMember(page: Page, member: string): Promise<void> {
  await button(page, 'Add members').click();
  const search = page.getByRole('searchbox').first();
  await search.fill(member);
  await search.press('Enter');
  await page.getByRole('checkbox', { name: new RegExp(member.replaceAll('.', '\\.')) }).check();
  await press(page, /^(Add|Select)/);
  await expect(page.getByText(member).first()).toBeVisible();
}

export async function removeMember(page: Page, member: string): Promise<void> {
  const row = page.getByRole('main').locator('tbody tr').filter({ hasText: member });
  await row.getByRole('button', { name: /^Remove/ }).or(row.getByRole('link', { name: /^Remove/ })).first().click();
  const confirm = page.getByRole('button', { name: /^Remove/ }).first();
  if (await page.getByRole('link', { name: 'Cancel' }).isVisible()) await confirm.click();
}
