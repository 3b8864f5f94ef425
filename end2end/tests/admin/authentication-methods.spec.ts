import { asAdmin, AVAILABLE, expectSaved, METHODS, NUMBER, openTab, save, tick, type MethodName } from '../../support/admin.ts';
import { choices, choose, expectProblem, forge, press, radio } from '../../support/form.ts';
import { expect, test, type Page } from '../../support/test.ts';

const box = (page: Page, name: string) => choices(page, AVAILABLE).getByRole('checkbox', { name, exact: true });

/** Saves a combination that must be refused, and sees that the saved one still stands. */
async function refused(page: Page, number: '1' | '2', methods: MethodName[], reason: RegExp): Promise<void> {
  await openTab(page, 'Authentication methods');
  await choose(page, NUMBER, number);
  await tick(page, methods);
  await press(page, 'Save');
  await expectProblem(page, [reason]);
  await openTab(page, 'Authentication methods');
  await expect(radio(page, NUMBER, '2')).toBeChecked();
  await expect(box(page, 'Email')).toBeChecked();
  await expect(box(page, 'Mobile phone')).toBeChecked();
}

test.describe('Authentication methods', { tag: '@page' }, () => {
  test.beforeEach(async ({ page }) => {
    await asAdmin(page);
    await openTab(page, 'Authentication methods');
    await choose(page, NUMBER, '2');
    await tick(page, ['Email', 'Mobile phone']);
    await save(page);
  });

  test('R25 R27: one or two methods, and the six boxes', async ({ page }) => {
    await expect(choices(page, NUMBER).getByRole('radio')).toHaveCount(2);
    for (const method of METHODS) await expect(box(page, method)).toBeVisible();
    await choose(page, NUMBER, '1');
    await tick(page, ['Email']);
    await save(page);
    await openTab(page, 'Authentication methods');
    await expect(radio(page, NUMBER, '1')).toBeChecked();
    await expect(box(page, 'Mobile phone')).not.toBeChecked();
  });

  test('the tutorial’s four methods are saved', async ({ page }) => {
    await tick(page, ['Mobile app notification', 'Mobile app code', 'Email', 'Mobile phone']);
    await save(page);
    await openTab(page, 'Authentication methods');
    for (const method of ['Mobile app notification', 'Mobile app code', 'Email', 'Mobile phone']) {
      await expect(box(page, method)).toBeChecked();
    }
  });

  test('R26: any number but 1 or 2 is refused', async ({ page }) => {
    for (const number of ['0', '3', '-1', 'two', '']) {
      await openTab(page, 'Authentication methods');
      await choose(page, NUMBER, '1');
      await forge(radio(page, NUMBER, '1'), number);
      await press(page, 'Save');
      await expectProblem(page);
      await openTab(page, 'Authentication methods');
      await expect(radio(page, NUMBER, '2')).toBeChecked();
    }
  });

  test('a method that does not exist is refused', async ({ page }) => {
    await forge(box(page, 'Email'), 'carrier_pigeon');
    await press(page, 'Save');
    await expectProblem(page);
    await openTab(page, 'Authentication methods');
    await expect(box(page, 'Email')).toBeChecked();
  });

  test('R29: no method at all is refused', async ({ page }) => {
    await refused(page, '2', [], /method/i);
    await refused(page, '1', [], /method/i);
  });

  test('two methods of one kind cannot make two steps', async ({ page }) => {
    await refused(page, '2', ['Mobile app code'], /two|2/i);
    await refused(page, '2', ['Email'], /two|2/i);
    await refused(page, '2', ['Mobile app notification', 'Mobile app code'], /two|2/i);
  });

  test('R30: one notification alone is never enough', async ({ page }) => {
    await refused(page, '1', ['Mobile app notification'], /method/i);
  });

  test('security questions are never the only way', async ({ page }) => {
    await refused(page, '1', ['Security questions'], /question/i);
  });

  test('Discard puts the boxes back', async ({ page }) => {
    await tick(page, ['Mobile app code']);
    await page.getByRole('button', { name: 'Discard' }).or(page.getByRole('link', { name: 'Discard' })).click();
    await expect(box(page, 'Email')).toBeChecked();
    await expect(box(page, 'Mobile app code')).not.toBeChecked();
  });

  test('a refused save keeps what was ticked, so that nothing has to be done twice', async ({ page }) => {
    await tick(page, ['Mobile app code', 'Mobile app notification']);
    await press(page, 'Save');
    await expectProblem(page);
    await expect(box(page, 'Mobile app code')).toBeChecked();
    await expect(box(page, 'Email')).not.toBeChecked();
    await tick(page, ['Mobile app code', 'Email']);
    await press(page, 'Save');
    await expectSaved(page);
  });
});
