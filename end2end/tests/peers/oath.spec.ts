import { field, next } from '../../support/form.ts';
import { OathTool, scan } from '../../support/oathtool.ts';
import { GROUP, strongPassword } from '../../support/people.ts';
import { chooseMethod, looksGood, METHOD, onFromAdded, registerEmail } from '../../support/register.ts';
import { CODE, expectReset, finish, toMethods, verifyByAppCode, verifyByEmail } from '../../support/reset.ts';
import { firstSignIn } from '../../support/signin.ts';
import { expect, test } from '../../support/test.ts';

test.describe('An authenticator app of somebody else', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('zbarimg reads the QR code, and the codes of oathtool register and reset (R68 R134)', async ({ page, people, server }) => {
    const person = await people.add({ groups: [GROUP] });
    await firstSignIn(page, person);
    await chooseMethod(page, METHOD.app);
    const link = await scan(page, server);
    expect(link.protocol + link.host).toBe('otpauth:totp');
    expect(decodeURIComponent(link.pathname)).toContain(person.upn);
    expect(Object.fromEntries(link.searchParams)).toMatchObject({ algorithm: 'SHA1', digits: '6', period: '30' });

    const app = new OathTool(link.searchParams.get('secret') ?? '', server);
    if ((await field(page, CODE).count()) === 0) await next(page);
    await field(page, CODE).fill(await app.next());
    await next(page);
    await onFromAdded(page);
    await registerEmail(page, server, person.email);
    await looksGood(page);
    await page.context().clearCookies();

    await toMethods(page, server, person.upn);
    await verifyByAppCode(page, app);
    await verifyByEmail(page, server, person.email);
    await finish(page, strongPassword());
    await expectReset(page);
  });
});
