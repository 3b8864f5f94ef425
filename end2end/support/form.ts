import { expect, type Locator, type Page } from '@playwright/test';

/** A field by its exact label. */
export function field(page: Page | Locator, label: string): Locator {
  return page.getByLabel(label, { exact: true });
}

/** A group of radios or checkboxes by its exact legend. */
export function choices(page: Page | Locator, legend: string): Locator {
  return page
    .getByRole('group', { name: legend, exact: true })
    .or(page.getByRole('radiogroup', { name: legend, exact: true }))
    .first();
}

export function radio(page: Page | Locator, legend: string, label: string | RegExp): Locator {
  return choices(page, legend).getByRole('radio', { name: label, ...(typeof label === 'string' && { exact: true }) });
}

export async function choose(page: Page | Locator, legend: string, label: string | RegExp): Promise<void> {
  await radio(page, legend, label).check();
}

export async function chosen(page: Page | Locator, legend: string): Promise<string | null> {
  const input = choices(page, legend).locator('input[type=radio]:checked');
  if ((await input.count()) === 0) return null;
  return input.evaluate((one: HTMLInputElement) => one.labels?.[0]?.textContent?.trim() ?? null);
}

/** A button, or a link that looks like one. */
export function button(page: Page | Locator, name: string | RegExp): Locator {
  const exact = typeof name === 'string' ? { exact: true } : {};
  return page
    .getByRole('button', { name, ...exact })
    .or(page.getByRole('link', { name, ...exact }))
    .first();
}

/** Presses a button whose answer is a page, and waits for that page. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await arrive(page, () => button(page, name).click());
}

/** Does something that loads a page, and waits until it is there. */
export async function arrive(page: Page, act: () => Promise<unknown>): Promise<void> {
  const arrived = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
  await Promise.all([arrived, act()]);
  await page.waitForLoadState('domcontentloaded');
}

export async function next(page: Page): Promise<void> {
  await press(page, 'Next');
}

/** The country list's entry whose text names the country. */
export async function chooseCountry(page: Page, country: string): Promise<void> {
  const list = field(page, 'Country or region');
  const entry = list.locator('option', { hasText: country }).first();
  await list.selectOption(await entry.getAttribute('value'));
}

/** The summary above a refused form. */
export function problemSummary(page: Page): Locator {
  return page.getByRole('group', { name: 'There is a problem' });
}

/** A refused form: the summary has the focus' place, names each problem, and links to each field. */
export async function expectProblem(page: Page, problems: (string | RegExp)[] = [], fields: string[] = []): Promise<void> {
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await expect(page).toHaveTitle(/^Error:/);
  const summary = problemSummary(page);
  for (const problem of problems) await expect(summary).toContainText(problem);
  for (const label of fields) await expectLinked(page, summary, label);
}

/** One of the summary's links leads to the field (or to the first of its group). */
async function expectLinked(page: Page, summary: Locator, label: string): Promise<void> {
  const targets = await summary.getByRole('link').evaluateAll((links) =>
    links.map((link) => (link as HTMLAnchorElement).hash.slice(1)),
  );
  const ids = await field(page, label)
    .or(choices(page, label))
    .or(choices(page, label).locator('input, a, button'))
    .evaluateAll((found) => found.map((one) => one.id));
  expect(ids.filter((id) => id !== '' && targets.includes(id)), `the summary links to ${label}`).not.toEqual([]);
}

export async function expectNoProblem(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toHaveCount(0);
}

export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { level: 1, name });
}

/** Takes the server-side checks seriously: a value the page itself would never send. */
export async function forge(control: Locator, value: string): Promise<void> {
  await control.evaluate((one: HTMLInputElement, forged) => {
    one.value = forged;
    one.setAttribute('value', forged);
  }, value);
}

/** Whether scripts run in this project; islands are only there if they do. */
export async function scripts(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.dataset['hydrated'] !== undefined).catch(() => false);
}
