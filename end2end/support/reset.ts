import { expect, type Locator, type Page } from '@playwright/test';
import { button, choices, choose, field, heading, next, press } from './form.ts';
import { latestCode } from './outbox.ts';
import type { Person } from './people.ts';
import type { Server } from './server.ts';
import { fillNewPassword } from './signin.ts';
import type { AppCode } from './totp.ts';

export const FORGOT = 'I forgot my password';
export const KNOW = 'I know my password, but still can’t sign in';
export const CODE = 'Enter your verification code';
export const CHARACTERS = 'Characters you see or hear';
export const BY = {
  app: 'Enter a code from my authenticator app',
  email: 'Email my alternate email',
  text: 'Text my mobile phone',
  questions: 'Answer my security questions',
} as const;

export async function captchaToken(page: Page): Promise<string> {
  const token = await page.locator('input[type=hidden][name=captcha]').first().getAttribute('value');
  if (!token) throw new Error('the page has no CAPTCHA');
  return token;
}

export const INSTEAD = 'Use a picture or sound instead';

/** What says *Checked*. */
export function checked(page: Page): Locator {
  return page.getByRole('status').filter({ hasText: 'Checked' });
}

/** Waits for the check that runs by itself; without scripts, reads the picture, as a person would. */
export async function solveCaptcha(page: Page, server: Server): Promise<void> {
  if (await page.evaluate(() => matchMedia('(scripting: enabled)').matches)) {
    await expect(checked(page)).toBeVisible({ timeout: 30_000 });
  } else {
    const { picture } = await server.captchaAnswers(await captchaToken(page));
    await field(page, CHARACTERS).fill(picture);
  }
}

/** Opens the reset portal, gives the account and the characters, and goes on. */
export async function startReset(page: Page, server: Server, upn: string): Promise<void> {
  await page.goto('/reset');
  await giveName(page, server, upn);
}

/** Fills in the first page, wherever it was reached from. */
export async function giveName(page: Page, server: Server, upn: string): Promise<void> {
  await field(page, 'Username').fill(upn);
  await solveCaptcha(page, server);
  await next(page);
}

/** Answers the question what is the matter, and stands before the methods. */
export async function sayForgot(page: Page): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${FORGOT}`) }).check();
  await next(page);
}

export async function sayLocked(page: Page): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${KNOW}`) }).check();
  await next(page);
}

/** From the start to the list of methods. */
export async function toMethods(page: Page, server: Server, upn: string): Promise<void> {
  await startReset(page, server, upn);
  await sayForgot(page);
  await expect(methodRadios(page).first()).toBeVisible();
}

export function methodRadios(page: Page) {
  return page.getByRole('radio', {
    name: /authenticator app|^Email my|^Text my|^Call my|security questions|passkey$|recovery codes$/,
  });
}

/** The labels of the methods on offer. */
export async function offered(page: Page): Promise<string[]> {
  await expect(methodRadios(page).first()).toBeVisible();
  return methodRadios(page).evaluateAll((all) =>
    all.map((one) => {
      const input = one as HTMLInputElement;
      return (input.labels?.[0]?.textContent ?? '').trim();
    }),
  );
}

export async function chooseWay(page: Page, way: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${way}`) }).check();
  await next(page);
}

export async function enterCode(page: Page, code: string): Promise<void> {
  await field(page, CODE).fill(code);
  await next(page);
}

export async function verifyByEmail(page: Page, server: Server, email: string): Promise<void> {
  await chooseWay(page, BY.email);
  await expect(field(page, CODE)).toBeVisible();
  await enterCode(page, await latestCode(server, email));
}

/** Types the number whole and asks for a text message; the code page follows. */
export async function askForText(page: Page, number: string): Promise<void> {
  await chooseWay(page, BY.text);
  await field(page, 'Phone number').fill(number);
  await press(page, 'Text me the code');
}

export async function verifyByText(page: Page, server: Server, mobile: string): Promise<void> {
  await askForText(page, mobile);
  await expect(field(page, CODE)).toBeVisible();
  await enterCode(page, await latestCode(server, mobile));
}

export async function verifyByAppCode(page: Page, app: Pick<AppCode, 'next'>): Promise<void> {
  await chooseWay(page, BY.app);
  await expect(field(page, CODE)).toBeVisible();
  await enterCode(page, await app.next());
}

/** Email and text message: from the start to the page for the new password. */
export async function toNewPassword(page: Page, server: Server, person: Person): Promise<void> {
  await toMethods(page, server, person.upn);
  await verifyByEmail(page, server, person.email);
  await verifyByText(page, server, person.mobile);
  await expect(field(page, 'New password')).toBeVisible();
}

export async function finish(page: Page, password: string, again = password): Promise<void> {
  await fillNewPassword(page, password, again);
  await press(page, 'Finish');
}

export async function expectReset(page: Page): Promise<void> {
  await expect(heading(page, 'Your password has been reset')).toBeVisible();
}

/** The whole of it. */
export async function resetPassword(page: Page, server: Server, person: Person, password: string): Promise<void> {
  await toNewPassword(page, server, person);
  await finish(page, password);
  await expectReset(page);
  person.password = password;
}

export async function supportCode(page: Page): Promise<string> {
  const text = await page.locator('body').innerText();
  const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text)?.[0];
  if (!code) throw new Error('the page shows no support code');
  return code;
}

export { button, choices, choose };
