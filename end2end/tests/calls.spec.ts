import { chooseCountry, field, next, press, radio } from '../support/form.ts';
import { latestCode } from '../support/outbox.ts';
import { GROUP, strongPassword } from '../support/people.ts';
import { chooseMethod, looksGood, METHOD, onFromAdded, registerEmail } from '../support/register.ts';
import { chooseWay, CODE, enterCode, expectReset, finish, toMethods } from '../support/reset.ts';
import { firstSignIn } from '../support/signin.ts';
import { expect, test } from '../support/test.ts';

const BY_OFFICE = 'Call my office phone';
const BY_CALL = 'Call my mobile phone';

test.describe('Calls', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy({ methods: ['Email', 'Mobile phone', 'Office phone'] }));

  test('a mobile phone rings to be registered, an office phone with its extension, and both for a reset', async ({
    page,
    people,
    server,
  }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await chooseMethod(page, METHOD.phone);
    await chooseCountry(page, 'Latvia');
    await field(page, 'Phone number').fill(person.mobile.replace(/^\+\d+ /, ''));
    await radio(page, 'How should the code come?', 'Call me').check();
    await next(page);
    await expect(page.getByText('We are calling')).toBeVisible();
    await field(page, CODE).fill(await latestCode(server, person.mobile));
    await next(page);
    await onFromAdded(page);
    await registerEmail(page, server, person.email);
    await looksGood(page);

    await page.goto('/security-info/add');
    await page.getByRole('radio', { name: /^Office phone/ }).check();
    await next(page);
    await field(page, 'Phone number').fill(person.office);
    await field(page, 'Extension').fill('207');
    await next(page);
    await field(page, CODE).fill(await latestCode(server, person.office));
    await next(page);
    await expect(page.getByText('Office phone added')).toBeVisible();
    await page.context().clearCookies();

    // Two calls in ten minutes are the most, and those of the registration count.
    await server.advance(11 * 60);
    await toMethods(page, server, person.upn);
    for (const [way, number] of [
      [BY_OFFICE, person.office],
      [BY_CALL, person.mobile],
    ] as const) {
      await chooseWay(page, way);
      await field(page, 'Phone number').fill(number);
      await press(page, 'Call me');
      await expect(field(page, CODE)).toBeVisible();
      await enterCode(page, await latestCode(server, number));
    }
    await finish(page, strongPassword());
    await expectReset(page);
  });
});
