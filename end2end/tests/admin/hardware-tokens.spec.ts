import { randomInt } from 'node:crypto';
import { asAdmin } from '../../support/admin.ts';
import { expectAccessible } from '../../support/axe.ts';
import { arrive, button, expectProblem, field, heading, press } from '../../support/form.ts';
import { OathToken } from '../../support/oathtool.ts';
import { GROUP, strongPassword } from '../../support/people.ts';
import { CODE, expectReset, finish, toMethods, verifyByAppCode, verifyByEmail } from '../../support/reset.ts';
import type { Server } from '../../support/server.ts';
import { latestMessage } from '../../support/outbox.ts';
import { registerEmail } from '../../support/register.ts';
import { firstSignIn } from '../../support/signin.ts';
import { expect, test, type Page } from '../../support/test.ts';

const PATH = '/admin/hardware-tokens';
const HEAD = 'upn,serial number,secret key,time interval,manufacturer,model';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function newSecret(): string {
  return Array.from({ length: 32 }, () => ALPHABET[randomInt(32)]).join('');
}

async function upload(page: Page, rows: string[]): Promise<void> {
  const buffer = Buffer.from(`\u{feff}${[HEAD, ...rows].join('\r\n')}\r\n`);
  await field(page, 'File').setInputFiles({ name: 'tokens.csv', mimeType: 'text/csv', buffer });
  await press(page, 'Upload');
}

async function activate(page: Page, serial: string, code: string): Promise<void> {
  await page.goto(`${PATH}?q=${serial}`);
  await press(page, `Activate ${serial}`);
  await field(page, CODE).fill(code);
  await press(page, 'Activate');
}

/** The server's clock at the beginning of a minute, so that no step ends while somebody types. */
async function onTheMinute(server: Server): Promise<void> {
  await server.advance(60 - (Math.floor(server.now() / 1000) % 60));
}

test.describe('Hardware tokens', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('a token from a file is activated with a code of oathtool, and its codes reset a password', async ({ page, visitor, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    const serial = `FT${Date.now()}`;
    // Two minutes slow, as tokens from a drawer are.
    const token = new OathToken(newSecret(), 60, server, -120);
    const theirs = await visitor();
    await firstSignIn(theirs, person);
    await registerEmail(theirs, server, person.email);

    await asAdmin(page);
    await page.goto(PATH);
    await expectAccessible(page, 'hardware tokens');
    await upload(page, [`nobody@contoso.example,X${serial},${token.secret},60,Feitian,C200`, `${person.upn},${serial},${token.secret},60,Feitian,C200`]);
    await expect(page.getByRole('status')).toContainText('1 token was uploaded.');
    await expect(page.getByText('Line 2: There is no user nobody@contoso.example')).toBeVisible();
    expect(await page.content()).not.toContain(token.secret);
    await expectAccessible(page, 'hardware tokens after an upload');

    await onTheMinute(server);
    await activate(page, serial, token.code(3_600));
    await expectProblem(page, [/does not match/], [CODE]);
    await expectAccessible(page, 'a refused activation');
    await field(page, CODE).fill(token.code());
    await press(page, 'Activate');
    await expect(page.getByRole('status')).toContainText('The token is activated.');
    const told = await latestMessage(server, person.email, /hardware token/);
    expect(told.text).toContain(serial);

    const looking = await visitor();
    await toMethods(looking, server, person.upn);
    await verifyByAppCode(looking, token);
    await verifyByEmail(looking, server, person.email);
    await finish(looking, strongPassword());
    await expectReset(looking);

    await page.goto(`${PATH}?q=${serial}`);
    await press(page, `Delete ${serial}`);
    await expect(heading(page, `Delete token ${serial}?`)).toBeVisible();
    await expectAccessible(page, 'deleting a token');
    await arrive(page, () => button(page, 'Delete token').click());
    await expect(page.getByRole('status')).toContainText('The token is deleted.');
    await expect(page.getByText(serial)).toHaveCount(0);
  });

  test('what is no file of tokens is refused at its field', async ({ page }) => {
    await asAdmin(page);
    await page.goto(PATH);
    await press(page, 'Upload');
    await expectProblem(page, [/Choose a CSV file/], ['File']);
    const buffer = Buffer.from('a;b;c\n');
    await field(page, 'File').setInputFiles({ name: 'tokens.csv', mimeType: 'text/csv', buffer });
    await press(page, 'Upload');
    await expectProblem(page, [/no file of tokens/], ['File']);
    await expectAccessible(page, 'a refused file of tokens');
  });
});
