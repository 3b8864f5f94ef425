import { expect, type Page } from '@playwright/test';
import { button, field, next, press } from './form.ts';
import type { Person } from './people.ts';
import { strongPassword } from './people.ts';

/** Types the username and the password; the page may already be the sign-in page. */
export async function signIn(page: Page, upn: string, password: string): Promise<void> {
  if (!new URL(page.url(), 'http://localhost').pathname.startsWith('/signin')) await page.goto('/signin');
  await field(page, 'Username').fill(upn);
  await next(page);
  await field(page, 'Password').fill(password);
  await press(page, 'Sign in');
}

/** Leaves registration for later, if sign-in led there. */
export async function skipRegistration(page: Page): Promise<void> {
  if (!/\/(register|ssprsetup)/.test(page.url())) return;
  await press(page, 'Not now');
}

/** A password that an administrator set has to be changed at the first sign-in. */
export async function changeInitialPassword(page: Page, person: Person): Promise<void> {
  const replacement = strongPassword();
  await expect(field(page, 'New password')).toBeVisible();
  const current = field(page, 'Current password');
  if (await current.isVisible()) await current.fill(person.password);
  await fillNewPassword(page, replacement);
  await press(page, /^(Change password|Finish|Next)$/);
  await expect(field(page, 'New password')).toHaveCount(0);
  person.password = replacement;
}

/** Signs a new person in for the first time: initial password, a password of their own, then on. */
export async function firstSignIn(page: Page, person: Person): Promise<void> {
  await signIn(page, person.upn, person.password);
  await changeInitialPassword(page, person);
}

export async function fillNewPassword(page: Page, password: string, again = password): Promise<void> {
  await field(page, 'New password').fill(password);
  const confirm = field(page, 'Confirm new password');
  // Where scripts run the second field may give way to *Show password*.
  if (await confirm.isVisible()) await confirm.fill(again);
}

export async function expectSignedIn(page: Page): Promise<void> {
  await expect(button(page, 'Sign out')).toBeVisible();
}
