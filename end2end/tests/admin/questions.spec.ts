import { asAdmin, NUMBER, openTab, save, tick } from '../../support/admin.ts';
import { button, choose, expectProblem, field, press } from '../../support/form.ts';
import { addCustomQuestion, addPredefined, openQuestions, questionCount, setCounts, TO_REGISTER, TO_RESET } from '../../support/questions.ts';
import { expect, test, type Page } from '../../support/test.ts';
import { word } from '../../support/people.ts';

async function withQuestions(page: Page): Promise<void> {
  await asAdmin(page);
  await openTab(page, 'Authentication methods');
  await choose(page, NUMBER, '2');
  await tick(page, ['Email', 'Mobile phone', 'Security questions']);
}

/** To the list of questions, from wherever the page is. */
async function toQuestions(page: Page): Promise<void> {
  await openTab(page, 'Authentication methods');
  await tick(page, ['Email', 'Mobile phone', 'Security questions']);
  await openQuestions(page);
}

test.describe('Security questions in the policy', () => {
  test('R24 R38: their controls come with the tick and go with it', { tag: '@script' }, async ({ page }) => {
    await withQuestions(page);
    await expect(choiceOf(page, TO_REGISTER)).toBeVisible();
    await expect(choiceOf(page, TO_RESET)).toBeVisible();
    await expect(button(page, /^Select security questions/)).toBeVisible();
    await page.getByRole('checkbox', { name: 'Security questions', exact: true }).uncheck();
    await expect(choiceOf(page, TO_REGISTER)).toBeHidden();
    await expect(choiceOf(page, TO_RESET)).toBeHidden();
  });

  test('R40: fewer questions than people must register are refused', { tag: '@page' }, async ({ visitor, freshServer }) => {
    const page = await visitor(freshServer);
    await withQuestions(page);
    expect(await questionCount(page)).toBe(0);
    await setCounts(page, 5, 3);
    await press(page, 'Save');
    await expectProblem(page, [/question/i]);
  });

  test('R39: three to five of each, and never more to reset than to register', { tag: '@page' }, async ({ page }) => {
    await withQuestions(page);
    await setCounts(page, 3, 5);
    await press(page, 'Save');
    await expectProblem(page, [/question/i]);
    for (const number of ['2', '6', 'x']) {
      await withQuestions(page);
      await setCounts(page, 5, 3, number);
      await press(page, 'Save');
      await expectProblem(page);
    }
  });

  test('R40 R42: predefined and custom questions are chosen, and saved', { tag: '@page' }, async ({ page }) => {
    await withQuestions(page);
    await openQuestions(page);
    await addPredefined(page, 2);
    const own = [`Wie heißt ${word()}?`, `Ünïcode ${word()} 猫?`, `Third ${word()}?`];
    for (const text of own) await addCustomQuestion(page, text);
    await openTab(page, 'Authentication methods');
    await tick(page, ['Email', 'Mobile phone', 'Security questions']);
    await setCounts(page, 5, 3);
    await save(page);
    expect(await questionCount(page)).toBeGreaterThanOrEqual(5);

    await openQuestions(page);
    for (const text of own) await expect(page.getByText(text).first()).toBeVisible();
  });

  test('R42: a custom question has 3 to 200 characters', { tag: '@page' }, async ({ page }) => {
    await withQuestions(page);
    for (const [text, fits] of [['ab', false], ['猫'.repeat(201), false], ['猫'.repeat(200), true]] as const) {
      await toQuestions(page);
      await addCustomQuestion(page, text, fits);
      if (!fits) await expectProblem(page, [/3.*200/]);
    }
  });

  test('R41: twenty questions, not one more', { tag: '@page' }, async ({ page }) => {
    await withQuestions(page);
    for (let count = await questionCount(page); count < 20; count += 1) {
      await toQuestions(page);
      await addCustomQuestion(page, `Number ${count} ${word()}?`);
    }
    await toQuestions(page);
    await addCustomQuestion(page, `One too many ${word()}?`, false);
    await expectProblem(page, [/20/]);
  });
});

function choiceOf(page: Page, label: string) {
  return field(page, label).or(page.getByRole('group', { name: label })).first();
}
