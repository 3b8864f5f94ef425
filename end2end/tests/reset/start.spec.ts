import { expectNoProblem, expectProblem, field, heading, next, press } from '../../support/form.ts';
import { codesTo } from '../../support/outbox.ts';
import { captchaToken, CHARACTERS, checked, FORGOT, INSTEAD, sayForgot, solveCaptcha, startReset } from '../../support/reset.ts';
import { expect, test } from '../../support/test.ts';

test.describe('Get back into your account', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('R105 R108: open to everybody, at both addresses', async ({ page, javaScriptEnabled }) => {
    for (const path of ['/reset', '/sspr']) {
      await page.goto(path);
      await expect(heading(page, 'Get back into your account')).toBeVisible();
      await expect(field(page, 'Username')).toBeVisible();
      await expect(field(page, CHARACTERS)).toBeVisible({ visible: !javaScriptEnabled });
      await expect(page.getByText('Support code').first()).toBeVisible();
    }
  });

  test('with scripts it runs by itself, and the rest is folded away (WCAG 3.3.8)', { tag: '@script' }, async ({ page, people }) => {
    await page.goto('/reset');
    await expect(field(page, CHARACTERS)).toBeHidden();
    await expect(page.locator('audio')).toBeHidden();
    await field(page, 'Username').fill(people.invent().upn);
    await expect(checked(page)).toBeVisible({ timeout: 30_000 });
    await next(page);
    await expectNoProblem(page);
    await expect(page.getByRole('radio', { name: new RegExp(`^${FORGOT}`) })).toBeVisible();
  });

  test('with scripts a form that is sent at once waits for the check', { tag: '@script' }, async ({ page, people }) => {
    await page.goto('/reset');
    await field(page, 'Username').fill(people.invent().upn);
    await page.waitForFunction(() => document.documentElement.dataset['hydrated'] !== undefined);
    await next(page);
    await expectNoProblem(page);
    await expect(page.getByRole('radio', { name: new RegExp(`^${FORGOT}`) })).toBeVisible();
  });

  test('with scripts the picture can be used, changed and heard instead', { tag: '@script' }, async ({ page }) => {
    await page.goto('/reset');
    await page.getByText(INSTEAD).click();
    await expect(field(page, CHARACTERS)).toBeVisible();
    await expect(page.locator('audio')).toBeVisible();
    await press(page, 'New picture');
    await expectNoProblem(page);
    await expect(field(page, CHARACTERS)).toBeVisible();
  });

  test('with scripts an old error does not stay beside Checked', { tag: '@script' }, async ({ page, people }) => {
    await page.goto('/reset');
    await field(page, 'Username').fill(people.invent().upn);
    await expect(checked(page)).toBeVisible({ timeout: 30_000 });
    await page.locator('input[name=captcha]').evaluate((one) => one.setAttribute('value', 'made-up'));
    await next(page);
    await expect(page).toHaveTitle(/^Error:/);
    await expect(checked(page)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeHidden();
    await expect(page.locator('#characters-error')).toBeHidden();
    await expect(field(page, CHARACTERS)).not.toHaveAttribute('aria-invalid');
    await next(page);
    await expectNoProblem(page);
  });

  test('with scripts only the error of the check goes, not that of a field', { tag: '@script' }, async ({ page }) => {
    await page.goto('/reset');
    await next(page);
    await expect(checked(page)).toBeVisible({ timeout: 30_000 });
    await expectProblem(page, [], ['Username']);
  });

  test('T11: every spelling of a name is one account', async ({ page, server, people }) => {
    const person = await people.ready();
    const name = person.upn;
    for (const spelling of [name.toUpperCase(), ` ${name} `, name.replace('@', '＠')]) {
      await startReset(page, server, spelling);
      await sayForgot(page);
      await page.getByRole('radio', { name: /^Email my alternate email/ }).check();
      await next(page);
    }
    // One account, one counter: the second and third request came too soon for another code.
    expect((await codesTo(server, person.email)).length).toBe(1);
  });

  test('T31: the wizard cannot be carried to another browser', async ({ page, server, people, visitor }) => {
    const person = await people.ready();
    await startReset(page, server, person.upn);
    await sayForgot(page);
    const other = await visitor();
    await other.goto(page.url());
    await expect(other.getByText(person.upn)).toHaveCount(0);
    await expect(other.getByRole('radio', { name: /^Email my/ })).toHaveCount(0);
    await expect(other.getByRole('link', { name: /start again/i }).or(heading(other, 'Get back into your account')).first()).toBeVisible();
  });

  test('T14: later pages without the earlier steps lead to the start', async ({ page }) => {
    for (const path of ['/reset/verify', '/reset/password', '/reset/done', '/reset/choose', '/reset/unlocked', '/reset/why']) {
      const reply = await page.goto(path);
      expect(reply?.status(), path).toBeLessThan(500);
      await expect(field(page, 'New password')).toHaveCount(0);
      await expect(heading(page, 'Your password has been reset')).toHaveCount(0);
    }
  });

  test('R111: the language follows the address', async ({ page }) => {
    await page.goto('/reset?mkt=en-us');
    await expect(page.locator('html')).toHaveAttribute('lang', /^en/);
    await page.goto('/reset?mkt=xx-yy');
    await expect(heading(page, 'Get back into your account')).toBeVisible();
  });
});

// With scripts nobody needs them; what they are worth does not depend on it.
test.describe('The characters of the first page', () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ office }) => office.policy());

  test('R109: wrong characters: an error, a new picture, not a word about the account', async ({ page, people }) => {
    const person = await people.ready();
    for (const upn of [person.upn, people.invent().upn]) {
      await page.goto('/reset');
      const before = await captchaToken(page);
      await field(page, 'Username').fill(upn);
      await field(page, CHARACTERS).fill('wrong!');
      await next(page);
      await expectProblem(page, [], [CHARACTERS]);
      await expect(field(page, 'Username')).toHaveValue(upn);
      await expect(field(page, CHARACTERS)).toHaveValue('');
      expect(await captchaToken(page)).not.toBe(before);
    }
  });

  test('nothing typed is told field by field', async ({ page, server }) => {
    await page.goto('/reset');
    await next(page);
    await expectProblem(page, [], [CHARACTERS]);
    await solveCaptcha(page, server);
    await next(page);
    await expectProblem(page, [], ['Username']);
  });

  test('the characters may be typed small, big, or with blanks', async ({ page, server, people }) => {
    for (const change of [(text: string) => text.toUpperCase(), (text: string) => text.toLowerCase(), (text: string) => ` ${text} `]) {
      await page.goto('/reset');
      await field(page, 'Username').fill(people.invent().upn);
      const { picture } = await server.captchaAnswers(await captchaToken(page));
      await field(page, CHARACTERS).fill(change(picture));
      await next(page);
      await expectNoProblem(page);
      await expect(page.getByRole('radio', { name: new RegExp(`^${FORGOT}`) })).toBeVisible();
    }
  });

  test('R110: the sound is a sound, and has an answer of its own', async ({ page, server, people }) => {
    await page.goto('/reset');
    const source = await page
      .locator('audio[src], audio source[src], a[href*="captcha"]')
      .first()
      .evaluate((one) => (one instanceof HTMLAnchorElement ? one.href : new URL((one as HTMLSourceElement).src, location.href).href));
    const reply = await page.request.get(source);
    expect(reply.status()).toBe(200);
    expect(reply.headers()['content-type']).toMatch(/^audio\//);
    const bytes = await reply.body();
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('RIFF');
    expect(bytes.length).toBeGreaterThan(20_000);

    const { picture, sound } = await server.captchaAnswers(await captchaToken(page));
    expect(sound).not.toBe(picture);
    await field(page, 'Username').fill(people.invent().upn);
    await field(page, CHARACTERS).fill(sound);
    await next(page);
    await expectNoProblem(page);
    await sayForgot(page);
  });

  test('the picture is a picture with a text that leads elsewhere', async ({ page }) => {
    await page.goto('/reset');
    const picture = page.getByRole('img', { name: /characters/i });
    await expect(picture).toBeVisible();
    expect(await picture.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth)).toBeGreaterThan(100);
  });

  test('a solved CAPTCHA is spent: it opens no second flow', async ({ page, server, people, visitor }) => {
    await page.goto('/reset');
    const token = await captchaToken(page);
    const { picture } = await server.captchaAnswers(token);
    await field(page, 'Username').fill(people.invent().upn);
    await field(page, CHARACTERS).fill(picture);
    await next(page);
    await expectNoProblem(page);

    const other = await visitor();
    await other.goto('/reset');
    await other.locator('input[type=hidden][name=captcha]').evaluate((one, text) => one.setAttribute('value', text), token);
    await field(other, 'Username').fill(people.invent().upn);
    await field(other, CHARACTERS).fill(picture);
    await next(other);
    await expectProblem(other, [], [CHARACTERS]);
  });

  test('a CAPTCHA grows old, and a made-up one is none', async ({ page, server, people }) => {
    await page.goto('/reset');
    const { picture } = await server.captchaAnswers(await captchaToken(page));
    await server.advance(3600);
    await field(page, 'Username').fill(people.invent().upn);
    await field(page, CHARACTERS).fill(picture);
    await next(page);
    await expectProblem(page, [], [CHARACTERS]);

    await page.locator('input[type=hidden][name=captcha]').evaluate((one) => one.setAttribute('value', 'made-up'));
    await field(page, CHARACTERS).fill(picture);
    await next(page);
    await expectProblem(page, [], [CHARACTERS]);
  });
});
