import { expect, type Page } from '@playwright/test';
import { button, choices, field, press } from './form.ts';

export const TO_REGISTER = 'Number of questions required to register';
export const TO_RESET = 'Number of questions required to reset';

/** Sets both numbers; `forged` is sent in the place of the first, past what the page offers. */
export async function setCounts(page: Page, register: number, reset: number, forged?: string): Promise<void> {
  await setCount(page, TO_REGISTER, String(register), forged);
  await setCount(page, TO_RESET, String(reset));
}

async function setCount(page: Page, label: string, value: string, forged?: string): Promise<void> {
  const group = choices(page, label);
  if ((await group.count()) > 0) {
    const radio = group.getByRole('radio', { name: value, exact: true });
    await radio.check();
    if (forged !== undefined) await radio.evaluate((one, text) => one.setAttribute('value', text), forged);
    return;
  }
  const control = field(page, label);
  if ((await control.evaluate((one) => one.tagName)) === 'SELECT') {
    await control.selectOption(value);
    if (forged !== undefined) {
      await control.locator(`option[value="${value}"]`).evaluate((one, text) => one.setAttribute('value', text), forged);
    }
  } else {
    await control.fill(forged ?? value);
  }
}

/** *Select security questions*. */
export async function openQuestions(page: Page): Promise<void> {
  await button(page, /^Select security questions/).click();
  await expect(page.getByRole('heading', { name: 'Select security questions' })).toBeVisible();
}

export async function addPredefined(page: Page, count: number): Promise<void> {
  const boxes = page.getByRole('group', { name: /predefined/i }).getByRole('checkbox');
  for (let index = 0; index < count; index += 1) await boxes.nth(index).check();
  await press(page, /^(Save|Select|Add)/);
}

export async function addCustomQuestion(page: Page, text: string, fits = true): Promise<void> {
  await page.getByRole('textbox', { name: /custom question|your own question/i }).fill(text);
  await press(page, /^Add/);
  if (fits) await expect(page.getByText(text).first()).toBeVisible();
}

/** How many questions the tab says are chosen. */
export async function questionCount(page: Page): Promise<number> {
  const text = await button(page, /security questions/).or(page.getByText(/security questions (configured|chosen)/)).first().innerText();
  return Number(/\d+/.exec(text)?.[0] ?? 0);
}
