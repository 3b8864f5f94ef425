import { expect, type Browser, type Page } from '@playwright/test';
import { chooseMethod } from './register.ts';
import { field } from './form.ts';
import type { Server } from './server.ts';

export const NOTIFICATIONS = 'Authenticator notifications';
export const BY_NOTIFICATION = 'Approve a notification on my authenticator app';

/** A phone, with a browser and keys of its own. */
export async function newPhone(browser: Browser, server: Server): Promise<Page> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    javaScriptEnabled: true,
  });
  // Tests before this one moved the server's clock; a phone without a connection knows no other than its own.
  await context.addInitScript((ahead) => {
    const own = Date.now.bind(Date);
    Date.now = () => own() + ahead;
  }, server.now() - Date.now());
  return context.newPage();
}

/** The code under *Can’t scan?*, as somebody whose camera is broken. */
export async function readPairingCode(page: Page): Promise<string> {
  const code = page.getByLabel('Pairing code', { exact: true });
  if (!(await code.isVisible())) await page.getByText('Can’t scan?').click();
  await expect(code).toBeVisible();
  return (await code.textContent())?.trim() ?? '';
}

/** The address that the QR code holds. */
export async function readPairingLink(page: Page): Promise<string> {
  // It is for phones: a desktop does not show it.
  const link = page.locator('a', { hasText: 'Open the authenticator on this device' });
  return new URL((await link.getAttribute('href')) ?? '').href;
}

export async function readNumber(page: Page): Promise<string> {
  const number = page.getByLabel('Number to enter', { exact: true });
  await expect(number).toBeVisible();
  return (await number.textContent())?.trim() ?? '';
}

/** Adds an account by typing. */
export async function addAccount(phone: Page, upn: string, code: string): Promise<void> {
  await phone.goto('/authenticator/');
  await field(phone, 'Username').fill(upn);
  await field(phone, 'Pairing code').fill(code);
  await phone.getByRole('button', { name: 'Add account' }).click();
}

/** Types the number into the request on the screen. */
export async function approve(phone: Page, number: string): Promise<void> {
  const typed = phone.getByLabel(/^Number from the (reset|other) page$/);
  await expect(typed).toBeVisible();
  await typed.fill(number);
  await phone.getByRole('button', { name: 'Approve' }).click();
}

/** Without scripts a page goes on when it is loaded again. */
export async function untilGone(page: Page, name: string): Promise<void> {
  const waiting = page.getByLabel(name, { exact: true });
  await expect(async () => {
    if (await waiting.isVisible()) await page.goto(page.url());
    await expect(waiting).toBeHidden({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

/** The whole of the set-up: from the choice of the method to the page that says what was added. */
export async function registerPhone(page: Page, phone: Page, upn: string): Promise<void> {
  await chooseMethod(page, NOTIFICATIONS);
  await addAccount(phone, upn, await readPairingCode(page));
  await expect(phone.getByRole('heading', { name: /Are you setting up this phone/ })).toBeVisible();
  await untilGone(page, 'Pairing code');
  await approve(phone, await readNumber(page));
  await expect(phone.getByText('Approved.')).toBeVisible();
  await untilGone(page, 'Number to enter');
  await expect(page.getByRole('heading', { name: /Authenticator notifications added/ })).toBeVisible();
}
