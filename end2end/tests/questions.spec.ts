import { choices, expectProblem, field, next } from '../support/form.ts';
import { chooseMethod, looksGood, METHOD, onFromAdded, registerEmail } from '../support/register.ts';
import { BY, chooseWay, toMethods, verifyByEmail } from '../support/reset.ts';
import { answerDrawn, fillQuestions, withQuestionsInPolicy } from '../support/questions.ts';
import { GROUP } from '../support/people.ts';
import { firstSignIn } from '../support/signin.ts';
import { expect, test } from '../support/test.ts';

test.describe('Security questions', { tag: '@page' }, () => {
  test('R44-R50 R52: registered, drawn at random, all right or none', async ({ page, people, server, office, visitor }) => {
    await withQuestionsInPolicy(office);
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await registerEmail(page, server, person.email);
    await chooseMethod(page, METHOD.questions);

    for (const bad of ['ab', 'x'.repeat(41)]) {
      await fillQuestions(page, (index) => (index === 0 ? bad : `answer ${index}`));
      await next(page);
      await expectProblem(page, [/3.*40/]);
    }
    await fillQuestions(page, () => 'the same answer');
    await next(page);
    await expectProblem(page, [/same|different/i]);
    await fillQuestions(page, (index) => `answer ${index}`, true);
    await next(page);
    await expectProblem(page, [/same|different|twice|once/i]);

    const answers = await fillQuestions(page, (index) => `Ünïcode Answer ${index}`);
    await next(page);
    await onFromAdded(page);
    await looksGood(page);

    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    await chooseWay(lost, BY.questions);
    const first = await answerDrawn(lost, () => 'wrong answer');
    expect(first).toHaveLength(3);
    expect(new Set(first).size).toBe(3);
    await next(lost);
    await expectProblem(lost);
    for (const question of first) expect(answers.has(question)).toBe(true);
    // Capitals and blanks at the ends do not matter.
    await answerDrawn(lost, (question) => ` ${(answers.get(question) ?? '').toUpperCase()} `);
    await next(lost);
    await verifyByEmail(lost, server, person.email);
    await expect(field(lost, 'New password')).toBeVisible();
    await expect(choices(lost, 'Answer my security questions')).toHaveCount(0);
    for (const answer of answers.values()) expect(server.log).not.toContain(answer);
  });

  test('R54: an administrator is never offered questions', async ({ page, people, server, office, visitor }) => {
    await withQuestionsInPolicy(office);
    const person = await people.add({ groups: [GROUP], email: true, mobile: true });
    await firstSignIn(page, person);
    await page.goto('/register');
    await people.grant(person, 'User Administrator');
    const lost = await visitor();
    await toMethods(lost, server, person.upn);
    await expect(lost.getByRole('radio', { name: /security questions/ })).toHaveCount(0);
  });
});
