import { expect, type Page } from '@playwright/test';
import { openTab, save, tick } from './admin.ts';
import { button, choices, field, press } from './form.ts';
import type { Office } from './office.ts';

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

/** The usual policy with five questions to register and three to reset. */
export async function withQuestionsInPolicy(office: Office): Promise<void> {
  await office.policy();
  const page = await office.page();
  await openTab(page, 'Authentication methods');
  if ((await questionCount(page)) < 5) {
    await tick(page, ['Mobile app code', 'Email', 'Mobile phone', 'Security questions']);
    await openQuestions(page);
    await addPredefined(page, 6);
    await openTab(page, 'Authentication methods');
  }
  await tick(page, ['Mobile app code', 'Email', 'Mobile phone', 'Security questions']);
  await setCounts(page, 5, 3);
  await save(page);
  await page.close();
  office.forget();
}

/** Chooses a question for each place and answers it; `twice` takes the same question everywhere. */
export async function fillQuestions(page: Page, answer: (index: number) => string, twice = false): Promise<Map<string, string>> {
  const lists = page.getByRole('combobox', { name: /^Question \d/ });
  const answers = page.getByRole('textbox', { name: /^Answer/ });
  await expect(lists).toHaveCount(5);
  const given = new Map<string, string>();
  for (let index = 0; index < 5; index += 1) {
    await lists.nth(index).selectOption({ index: twice ? 1 : index + 1 });
    await answers.nth(index).fill(answer(index));
    const question = await lists.nth(index).evaluate((one) => (one as HTMLSelectElement).selectedOptions[0]?.textContent ?? '');
    given.set(question.trim(), answer(index));
  }
  return given;
}

/** Answers the questions that were drawn; returns them. */
export async function answerDrawn(page: Page, answer: (question: string) => string): Promise<string[]> {
  const fields = page.getByRole('main').getByRole('textbox');
  await expect(fields.first()).toBeVisible();
  const drawn: string[] = [];
  for (const one of await fields.all()) {
    const question = (await one.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent ?? '')).trim();
    drawn.push(question);
    await one.fill(answer(question));
  }
  return drawn;
}
