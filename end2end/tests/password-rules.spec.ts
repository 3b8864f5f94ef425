import { field, expectProblem } from '../support/form.ts';
import { strongPassword } from '../support/people.ts';
import { expectReset, finish, toNewPassword } from '../support/reset.ts';
import { expect, test, type Page } from '../support/test.ts';

/** Every way to break or keep the rules that a browser can judge. */
const SAMPLES: string[] = [
  'x',
  'fourteen chars',
  'exactly 15 char',
  'correct horse battery staple',
  'a'.repeat(15),
  'abcdefghijklmno',
  '123456789012345',
  'qwertyuiopasdfgh',
  '猫犬鳥魚馬牛羊豚鼠虎兎竜蛇猿鶏',
  `${' '.repeat(15)}word`,
  'Zq7!'.repeat(64),
  `${'Zq7!'.repeat(64)}x`,
  '\u{1F600}'.repeat(256),
  '\u{1F600}'.repeat(257),
  'e\u0301'.repeat(15),
  'tab\tinside the password',
  'bell\u0007inside the password',
  'zero\u200Bwidth in the password',
];

/** What the live list says: true when nothing is left to do. */
async function browserAccepts(page: Page, password: string): Promise<boolean> {
  await field(page, 'New password').fill(password);
  const meter = page.getByRole('meter', { name: 'Password strength' });
  await expect(meter).toBeVisible();
  const rules = page.getByRole('list').filter({ hasText: /15/ }).first().getByRole('listitem');
  await expect(rules).not.toHaveCount(0);
  return page.evaluate(() => document.querySelectorAll('[data-rule]:not([data-state="met"])').length === 0);
}

test.describe('Browser and server judge alike', () => {
  test('R155 T147 T157: the same verdict for every kind of password', { tag: '@script' }, async ({ page, people, server, office }) => {
    test.setTimeout(120_000);
    await office.policy();
    const person = await people.ready();
    await toNewPassword(page, server, person);
    for (const sample of SAMPLES) {
      const accepted = await browserAccepts(page, sample);
      await finish(page, sample);
      const done = page.getByRole('heading', { name: 'Your password has been reset' });
      const refused = page.getByRole('heading', { name: 'There is a problem' });
      await expect(done.or(refused)).toBeVisible();
      const saved = await done.isVisible();
      // What only the server can know (common words, names) may refuse what the browser allows; never the reverse.
      if (saved) expect(accepted, JSON.stringify(sample)).toBe(true);
      if (!accepted) expect(saved, JSON.stringify(sample)).toBe(false);
      if (saved) {
        await page.context().clearCookies();
        // A day has its number of text messages.
        await server.advance(25 * 3600);
        await server.forgetAddresses();
        await toNewPassword(page, server, person);
      }
    }
  });

  test('R163 R169-R175: banned words and names are refused with the reason', { tag: '@page' }, async ({ page, people, server, office }) => {
    await office.policy();
    const person = await people.ready({ givenName: 'Wilhelmina', surname: 'Featherstone' });
    await toNewPassword(page, server, person);
    for (const [bad, reason] of [
      ['P@ssw0rdP@ssw0rdP@ssw0rd', /guess|common/i],
      ['wilhelmina loves 8 cats', /name/i],
      ['F3atherst0ne-Fe@therstone', /name/i],
      ['contoso contoso contoso', /name|guess|organi[sz]ation/i],
    ] as const) {
      await finish(page, bad);
      await expectProblem(page, bad.startsWith('F3') ? [] : [reason], ['New password']);
    }
    await finish(page, strongPassword());
    await expectReset(page);
  });

  test('a suggested passphrase is accepted', { tag: '@script' }, async ({ page, people, server, office }) => {
    await office.policy();
    const person = await people.ready();
    await toNewPassword(page, server, person);
    await page.getByText('Suggest a passphrase').click();
    const phrase = await page.getByLabel('Suggested passphrase', { exact: true }).innerText();
    await finish(page, phrase.trim());
    await expectReset(page);
  });
});
