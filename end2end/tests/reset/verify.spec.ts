import { arrive, button, chooseCountry, expectProblem, field, heading, next, press } from '../../support/form.ts';
import { codesTo, latestCode, wrongCodeFor } from '../../support/outbox.ts';
import { GROUP } from '../../support/people.ts';
import { looksGood, registerAppCode, registerEmail } from '../../support/register.ts';
import {
  askForText, BY, chooseWay, CODE, enterCode, methodRadios, offered, toMethods, verifyByAppCode, verifyByEmail, verifyByText,
} from '../../support/reset.ts';
import { firstSignIn } from '../../support/signin.ts';
import { expect, test } from '../../support/test.ts';

test.describe('Verification', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('R134 R135: what the person has and the policy allows, the second time another kind', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    const first = await offered(page);
    expect(first.map((name) => name.split('\n')[0])).toEqual(expect.arrayContaining([expect.stringContaining(BY.email), expect.stringContaining(BY.text)]));
    await verifyByEmail(page, server, person.email);
    const second = await offered(page);
    expect(second.some((name) => name.startsWith(BY.email))).toBe(false);
    expect(second.some((name) => name.startsWith(BY.text))).toBe(true);
  });

  test('R133: one step suffices with one method', async ({ page, people, server, office }) => {
    await office.policy({ number: 1 });
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await verifyByEmail(page, server, person.email);
    await expect(field(page, 'New password')).toBeVisible();
  });

  test('R136: the number is typed whole, in any usual form', async ({ page, people, server }) => {
    const person = await people.ready();
    const national = person.mobile.replace('+371 ', '');
    await toMethods(page, server, person.upn);
    await askForText(page, person.mobile.replace('+', '00').replace(' ', ''));
    await expect(field(page, CODE)).toBeVisible();
    expect(await codesTo(server, person.mobile)).toHaveLength(1);

    const other = await people.ready();
    await toMethods(page, server, other.upn);
    await chooseWay(page, BY.text);
    await chooseCountry(page, 'Latvia');
    await field(page, 'Phone number').fill(other.mobile.replace('+371 ', ''));
    await press(page, 'Text me the code');
    await enterCode(page, await latestCode(server, other.mobile));
    await expect(methodRadios(page).first()).toBeVisible();
    expect(national).toHaveLength(8);
  });

  test('R132 R136: another number sends nothing', async ({ page, people, server }) => {
    const person = await people.ready();
    const stranger = people.invent().mobile;
    await toMethods(page, server, person.upn);
    await askForText(page, stranger);
    expect(await codesTo(server, stranger)).toEqual([]);
    expect(await codesTo(server, person.mobile)).toEqual([]);
  });

  test('a malformed number is told, and nothing is counted or sent', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.text);
    for (const number of ['', 'abc', '+', '12']) {
      await field(page, 'Phone number').fill(number);
      await press(page, 'Text me the code');
      await expectProblem(page, [], ['Phone number']);
    }
    await field(page, 'Phone number').fill(person.mobile);
    await press(page, 'Text me the code');
    await expect(field(page, CODE)).toBeVisible();
  });

  test('T6 R137: no address and no number is hinted at before the first step is passed', async ({ page, people, server }) => {
    const person = await people.ready();
    const digits = person.mobile.slice(-4);
    const hints = [person.email, person.email.slice(1), '@mail.example', digits];
    await toMethods(page, server, person.upn);
    for (const hint of hints) expect(await page.content()).not.toContain(hint);
    await chooseWay(page, BY.email);
    for (const hint of hints) expect(await page.content()).not.toContain(hint);
  });

  test('R138: a code works once, for five minutes, and only the newest', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    const first = await latestCode(server, person.email);

    await server.advance(31);
    // The page counts down by its own clock.
    await page.reload();
    await press(page, /new code|Send again|Resend/i);
    await expect.poll(async () => (await codesTo(server, person.email)).length).toBe(2);
    const second = await latestCode(server, person.email);
    await enterCode(page, first);
    await expectProblem(page, [], [CODE]);

    await server.advance(5 * 60);
    await enterCode(page, second);
    await expectProblem(page, [], [CODE]);
  });

  test('a code that is not yet five minutes old works', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    const code = await latestCode(server, person.email);
    await server.advance(4 * 60 + 50);
    await enterCode(page, code);
    await expect(methodRadios(page).first()).toBeVisible();
  });

  test('a new code has to be waited for: too soon sends nothing', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    await latestCode(server, person.email);
    const again = button(page, /new code|Send again|Resend/i);
    if (await again.isEnabled()) await arrive(page, () => again.click());
    expect(await codesTo(server, person.email)).toHaveLength(1);
  });

  test('T46: what is no code is no code', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    const code = await latestCode(server, person.email);
    await enterCode(page, '');
    await expectProblem(page, [], [CODE]);
    await enterCode(page, 'x'.repeat(5000));
    await expectProblem(page, [], [CODE]);
    // Digits of other scripts are digits.
    await enterCode(page, code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))));
    await expect(methodRadios(page).first()).toBeVisible();
  });

  test('T39: a code that was used is used up', async ({ page, people, server, visitor }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    const code = await latestCode(server, person.email);
    await enterCode(page, code);
    await expect(methodRadios(page).first()).toBeVisible();

    const other = await visitor();
    await toMethods(other, server, person.upn);
    await chooseWay(other, BY.email);
    await enterCode(other, code);
    await expectProblem(other, [], [CODE]);
  });

  test('T19: a code belongs to the flow that asked for it', async ({ page, people, server, visitor }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    const code = await latestCode(server, person.email);
    const other = await visitor();
    await toMethods(other, server, person.upn);
    await chooseWay(other, BY.email);
    await enterCode(other, code);
    await expectProblem(other, [], [CODE]);
  });

  test('try another way: the choice comes back, the steps passed stay', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await verifyByEmail(page, server, person.email);
    await chooseWay(page, BY.text);
    await press(page, /Try another way/i);
    await expect(methodRadios(page).first()).toBeVisible();
    expect((await offered(page)).some((name) => name.startsWith(BY.email))).toBe(false);
    await verifyByText(page, server, person.mobile);
    await expect(field(page, 'New password')).toBeVisible();
  });

  test('T16: switching methods without a code passes nothing', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    await press(page, /Try another way/i);
    await chooseWay(page, BY.text);
    await press(page, /Try another way/i);
    await chooseWay(page, BY.email);
    await enterCode(page, '00000000');
    await page.goto('/reset/password');
    await expect(field(page, 'New password')).toHaveCount(0);
  });

  test('T48-T50: an app code works once, within one step either way', async ({ page, people, server, visitor }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    const app = await registerAppCode(page, server, person);
    await registerEmail(page, server, person.email);
    await looksGood(page);
    await server.advance(120);

    const other = await visitor();
    await toMethods(other, server, person.upn);
    await chooseWay(other, BY.app);
    await enterCode(other, app.at(-2));
    await expectProblem(other, [], [CODE]);
    const code = await app.next();
    await enterCode(other, code);
    await expect(methodRadios(other).first()).toBeVisible();

    await page.context().clearCookies();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.app);
    await enterCode(page, code);
    await expectProblem(page, [], [CODE]);
    await press(page, /Try another way/i);
    await verifyByAppCode(page, app);
    await expect(methodRadios(page).first()).toBeVisible();
  });

  test('R139: a quarter of an hour after the start it is over', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await server.advance(10 * 60);
    await chooseWay(page, BY.email);
    const code = await latestCode(server, person.email);
    await server.advance(5 * 60 - 5);
    await enterCode(page, wrongCodeFor(code));
    await server.advance(10);
    await page.goto('/reset/verify');
    await expect(heading(page, /expired/i)).toBeVisible();
    await press(page, /Start again/i);
    await expect(heading(page, 'Get back into your account')).toBeVisible();
  });

  test('the back button does no harm', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await verifyByEmail(page, server, person.email);
    await page.goBack();
    await page.reload();
    await expect(page.getByRole('main')).toBeVisible();
    await page.goto('/reset/verify');
    await expect(methodRadios(page).first()).toBeVisible();
    await verifyByText(page, server, person.mobile);
    await expect(field(page, 'New password')).toBeVisible();
  });

  test('R34 R35: a method that is unticked is gone at once, ticked again it is back', async ({ page, people, server, office }) => {
    const person = await people.ready();
    await office.policy({ number: 1, methods: ['Mobile phone'] });
    await toMethods(page, server, person.upn);
    expect((await offered(page)).some((name) => name.startsWith(BY.email))).toBe(false);
    await office.policy({ number: 1 });
    await toMethods(page, server, person.upn);
    expect((await offered(page)).some((name) => name.startsWith(BY.email))).toBe(true);
  });

  test('every code page says what to do when no code comes', async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    await expect(page.getByText('No code? Check your username, or you may not be set up for reset').first()).toBeVisible();
    await expect(button(page, 'Contact your administrator')).toBeVisible();
    await next(page);
    await expectProblem(page, [], [CODE]);
  });
});
