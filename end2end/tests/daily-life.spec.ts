import { asAdmin } from '../support/admin.ts';
import { approve, newPhone, readNumber, registerPhone } from '../support/authenticator.ts';
import { arrive, button, expectProblem, field, next, press } from '../support/form.ts';
import { latestCode, wrongCodeFor } from '../support/outbox.ts';
import { GROUP } from '../support/people.ts';
import { chooseMethod, METHOD } from '../support/register.ts';
import { BY, chooseWay, CODE, expectReset, toMethods, toNewPassword } from '../support/reset.ts';
import { firstSignIn, signIn } from '../support/signin.ts';
import { expect, test, type Page } from '../support/test.ts';

/** The words that are cut in two, because their line has no room for them. Addresses and keys are no words. */
async function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const broken: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (!parent?.checkVisibility() || parent.closest('bdi, code, pre, .key, .account, .skip, .visually-hidden, option, script, template')) continue;
      for (const word of (text.textContent ?? '').matchAll(/(?<!\S)[\p{L}’]+(?=[\s.,:;?!]|$)/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
    return broken;
  });
}

/** Looks at the page as it is with text of twice the size, on the narrowest phone. */
async function expectWholeWords(page: Page, what: string): Promise<void> {
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  expect(await brokenWords(page), what).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `${what} needs no scrolling sideways`).toBeLessThanOrEqual(0);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
}

test.describe('Day by day', () => {
  test.beforeEach(({ office }) => office.policy());

  test.describe('for eyes that want motion', () => {
    test.use({ contextOptions: { reducedMotion: 'no-preference' } });

    test('no picture lies over a new page and takes the taps', { tag: '@script' }, async ({ page }) => {
      await page.addInitScript(() =>
        addEventListener('pagereveal', (event) => {
          document.documentElement.dataset['covered'] = String(Boolean(event.viewTransition));
        }),
      );
      await page.goto('/signin');
      await arrive(page, () => page.getByRole('link', { name: 'Can’t access your account?' }).click());
      await expect(page.locator('html')).toHaveAttribute('data-covered', 'false');
    });
  });

  test.describe('on the narrowest phone, with text of twice the size', () => {
    test.use({ viewport: { width: 320, height: 640 } });

    test('every word is whole', { tag: '@page' }, async ({ page, people, server }) => {
      test.slow();
      const person = await people.ready();
      for (const path of ['/signin', '/reset', '/help', '/nowhere', '/authenticator/', '/reset/stopped']) {
        await page.goto(path);
        await expectWholeWords(page, path);
      }
      await toMethods(page, server, person.upn);
      await expectWholeWords(page, 'methods');
      await chooseWay(page, BY.email);
      await expectWholeWords(page, 'code');
      await signIn(page, person.upn, person.password);
      for (const path of ['/', '/security-info', '/security-info/add', '/security-info/change-password', '/security-info/drill']) {
        await page.goto(path);
        await expectWholeWords(page, path);
      }
    });

    test('every word of the portal is whole', { tag: '@script' }, async ({ visitor }) => {
      test.slow();
      const admin = await visitor();
      await admin.setViewportSize({ width: 320, height: 640 });
      await asAdmin(admin);
      for (const path of [
        '/admin',
        '/admin/users',
        '/admin/users/new',
        '/admin/groups',
        '/admin/password-reset/properties',
        '/admin/password-reset/authentication-methods',
        '/admin/password-reset/notifications',
        '/admin/authentication-methods-policy',
        '/admin/audit-logs',
        '/admin/channels',
      ]) {
        await admin.goto(path);
        await expectWholeWords(admin, path);
      }
    });
  });

  test('a dead code leads to a new one', { tag: '@page' }, async ({ page, people, server }) => {
    const person = await people.ready();
    await toMethods(page, server, person.upn);
    await chooseWay(page, BY.email);
    const again = button(page, 'Send a new code');
    await expect(again).not.toHaveClass(/button-primary/);
    const wrong = wrongCodeFor(await latestCode(server, person.email));
    for (let tries = 0; tries < 3; tries += 1) {
      await field(page, CODE).fill(wrong);
      await next(page);
    }
    await expectProblem(page, ['This code no longer works'], [CODE]);
    await expect(again).toHaveClass(/button-primary/);
    await expect(button(page, 'Next')).not.toHaveClass(/button-primary/);
  });

  test('a suggested passphrase goes into both fields', { tag: '@page' }, async ({ page, people, server, javaScriptEnabled }) => {
    const person = await people.ready();
    await toNewPassword(page, server, person);
    await page.getByText('Suggest a passphrase').click();
    const use = page.getByRole('button', { name: 'Use this one' });
    if (!javaScriptEnabled) {
      await expect(use).toBeHidden();
      return;
    }
    await use.click();
    const phrase = (await page.getByRole('group', { name: 'Suggested passphrase' }).textContent()) ?? '';
    await expect(field(page, 'New password')).toHaveValue(phrase);
    await expect(field(page, 'Confirm new password')).toHaveValue(phrase);
    await expect(page.getByRole('meter', { name: 'Password strength' })).toHaveAttribute('data-level', /[34]/);
    await press(page, 'Finish');
    await expectReset(page);
    person.password = phrase;
  });

  test('one method is recommended, and it is the one that is chosen', { tag: '@page' }, async ({ page, people }) => {
    await firstSignIn(page, await people.add({ groups: [GROUP] }));
    await page.goto('/register/method');
    await expect(page.getByText('Recommended')).toHaveCount(1);
    await expect(page.locator('.card', { hasText: 'Recommended' }).getByRole('radio')).toBeChecked();
  });

  test('on a phone the app is one tap away, beside the picture and the key', { tag: '@journey' }, async ({ page, people, isMobile }) => {
    await firstSignIn(page, await people.add({ groups: [GROUP] }));
    await chooseMethod(page, METHOD.app);
    const open = page.locator('a[href^="otpauth://totp/"]');
    await expect(open).toHaveText('Open my authenticator app');
    await expect(open).toBeVisible({ visible: isMobile });
    await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  });

  test('a phone is one row, and nothing old is said above a new request', { tag: '@script' }, async ({ page, office, people, server, browser }) => {
    await office.policy({ methods: ['Mobile app notification', 'Mobile app code', 'Email', 'Mobile phone'] });
    const person = await people.add({ groups: [GROUP] });
    const phone = await newPhone(browser, server);
    await firstSignIn(page, person);
    await registerPhone(page, phone, person.upn);
    await expect(phone.getByText('Approved.')).toBeVisible();
    await page.goto('/security-info');
    await expect(page.getByRole('main').locator('strong', { hasText: 'Authenticator notifications and codes' })).toHaveCount(1);
    await expect(page.getByRole('link', { name: /^Remove/ })).toHaveCount(1);

    await page.context().clearCookies();
    await signIn(page, person.upn, person.password);
    await page.goto('/security-info');
    await press(page, 'Send a notification');
    await readNumber(page);
    await expect(page.getByRole('link', { name: 'Open the authenticator' })).toHaveAttribute('href', '/authenticator/');
    await expect(phone.getByRole('heading', { name: /Are you signing in/ })).toBeVisible();
    await expect(phone.getByText('Approved.')).toBeHidden();
    await approve(phone, await readNumber(page));
    await expect(phone.getByText('Approved.')).toBeVisible();
    await phone.context().close();
  });
});
