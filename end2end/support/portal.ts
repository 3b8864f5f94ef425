import { expect, type Page } from '@playwright/test';
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
  await press(page, /^(Create|Save)/);
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toHaveCount(0);
  await expect(page.getByText(person.upn).first()).toBeVisible();
}

/** *Groups*, *New group*, *Add members*. */
export async function createGroup(page: Page, name: string, members: string[] = []): Promise<void> {
  await openMenu(page, 'Groups');
  await press(page, 'New group');
  await field(page, 'Name').fill(name);
  await press(page, /^(Create|Save)/);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  for (const member of members) await addMember(page, member);
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
