import { expect, type Page } from '@playwright/test';
import { button, choices, chooseCountry, field, heading, next, press } from './form.ts';
import { latestCode } from './outbox.ts';
import { keepSecret } from './invariants.ts';
import type { Person } from './people.ts';
import { CODE } from './reset.ts';
import type { Server } from './server.ts';
import { AppCode } from './totp.ts';

export const ADD = 'Which method do you want to add?';
export const KEEP = 'Keep your account secure';
export const LOSE = 'Don’t lose access to your account!';

export const METHOD = {
  app: 'Authenticator app',
  email: 'Email',
  phone: 'Phone',
  questions: 'Security questions',
} as const;

/** Goes through the pages that only inform, to the choice of a method. */
export async function toMethodChoice(page: Page): Promise<void> {
  const group = choices(page, ADD);
  for (let steps = 0; steps < 3 && !(await group.isVisible()); steps += 1) {
    await next(page);
  }
  await expect(group).toBeVisible();
}

export async function chooseMethod(page: Page, method: string): Promise<void> {
  await toMethodChoice(page);
  await choices(page, ADD).getByRole('radio', { name: new RegExp(`^${method}`) }).check();
  await next(page);
}

/** The page that says what was added, and on. */
export async function onFromAdded(page: Page): Promise<void> {
  await expect(page.getByText(/added/i).first()).toBeVisible();
  await next(page);
}

export async function enterEmail(page: Page, email: string): Promise<void> {
  await chooseMethod(page, METHOD.email);
  await field(page, 'Email address').fill(email);
  await next(page);
}

export async function registerEmail(page: Page, server: Server, email: string): Promise<void> {
  await enterEmail(page, email);
  await field(page, CODE).fill(await latestCode(server, email));
  await next(page);
  await onFromAdded(page);
}

/** Reads the key under *Can’t scan?*, as somebody whose camera is broken. */
export async function readSecretKey(page: Page, server: Server): Promise<AppCode> {
  const key = page.getByLabel('Secret key', { exact: true });
  if (!(await key.isVisible())) await page.getByText('Can’t scan?').click();
  await expect(key).toBeVisible();
  const value = await key.evaluate((one) => ('value' in one ? String(one.value) : (one.textContent ?? '')));
  const secret = value.replace(/[^A-Z2-7]/gi, '');
  keepSecret(server, secret);
  return new AppCode(secret, server);
}

export async function registerAppCode(page: Page, server: Server, person?: Person): Promise<AppCode> {
  await chooseMethod(page, METHOD.app);
  const app = await readSecretKey(page, server);
  if ((await field(page, CODE).count()) === 0) await next(page);
  await field(page, CODE).fill(await app.next());
  await next(page);
  await onFromAdded(page);
  if (person) person.app = app;
  return app;
}

/** `+371 2…`: the country by name, the rest as people write it at home. */
export async function enterPhone(page: Page, mobile: string, country = 'Latvia'): Promise<void> {
  await chooseMethod(page, METHOD.phone);
  await chooseCountry(page, country);
  await field(page, 'Phone number').fill(mobile.replace(/^\+\d+ /, ''));
  await askForTextMessage(page);
}

async function askForTextMessage(page: Page): Promise<void> {
  const radio = page.getByRole('radio', { name: 'Text me a code' });
  if ((await radio.count()) > 0) {
    await radio.check();
    await next(page);
  } else {
    await press(page, 'Text me a code');
  }
}

export async function registerPhone(page: Page, server: Server, mobile: string): Promise<void> {
  await enterPhone(page, mobile);
  await field(page, CODE).fill(await latestCode(server, mobile));
  await next(page);
  await onFromAdded(page);
}

/** The review and its button. */
export async function looksGood(page: Page): Promise<void> {
  await expect(button(page, 'Looks good')).toBeVisible();
  await press(page, 'Looks good');
}

export async function expectRegistration(page: Page, title: typeof KEEP | typeof LOSE = KEEP): Promise<void> {
  await expect(heading(page, title)).toBeVisible();
}
