import { button, field, heading, press } from '../support/form.ts';
import { latestMessage, type Message } from '../support/outbox.ts';
import { strongPassword } from '../support/people.ts';
import { expectRecord } from '../support/records.ts';
import { expectReset, resetPassword } from '../support/reset.ts';
import { signIn } from '../support/signin.ts';
import { expectProblem } from '../support/form.ts';
import { expect, test, type Page } from '../support/test.ts';

const QUESTION = 'Was this you?';

/** The link of a mail, which stands on a line of its own, as its path. */
function linkIn(mail: Message): string {
  const line = mail.text.split('\n').find((one) => /^https?:\/\/\S+\/report\/\S+$/.test(one));
  if (!line) throw new Error(`no link in ${mail.text}`);
  expect(mail.html ?? '').toContain(`href="${line}"`);
  expect(mail.html ?? '').toContain('This wasn’t me');
  return new URL(line).pathname;
}

async function expectNarrow(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
}

test.describe('This wasn’t me', { tag: '@journey' }, () => {
  test.beforeEach(({ office }) => office.policy());

  test('T58 T83: the mail of a reset leads to a page whose button takes the reset back, once', async ({ page, people, visitor, server }) => {
    const person = await people.ready();
    await resetPassword(page, server, person, strongPassword());
    const link = linkIn(await latestMessage(server, person.email, /password was reset/i));

    // In another browser, on a narrow screen; a scanner opened it before.
    const owner = await visitor();
    await owner.setViewportSize({ width: 320, height: 640 });
    await owner.goto(link);
    await owner.goto(link);
    await expect(heading(owner, QUESTION)).toBeVisible();
    await expect(owner.getByText(/Your password was reset on/)).toBeVisible();
    await expect(button(owner, 'It was me')).toHaveAttribute('href', '/');
    await expectNarrow(owner);
    await press(owner, 'This wasn’t me');
    await expect(heading(owner, 'You reported it')).toBeVisible();
    await expectNarrow(owner);

    await latestMessage(server, person.email, /you reported a change/i);
    await expectRecord(server, person.upn, 'Suspicious request reported');
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await expectProblem(page, [/incorrect/i]);

    await owner.goto(link);
    await expect(heading(owner, 'This link does not work any more')).toBeVisible();
    await expect(button(owner, 'This wasn’t me')).toHaveCount(0);
    await expect(button(owner, 'Contact your administrator')).toBeVisible();
    await expectNarrow(owner);
  });

  test('It was me leads to the start page and changes nothing', async ({ page, people, server }) => {
    const person = await people.ready();
    await resetPassword(page, server, person, strongPassword());
    const link = linkIn(await latestMessage(server, person.email, /password was reset/i));
    await page.context().clearCookies();
    await page.goto(link);
    await press(page, 'It was me');
    await expect(page).not.toHaveURL(/report/);
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await expect(field(page, 'Password')).toHaveCount(0);
    await page.goto(link);
    await expect(heading(page, QUESTION)).toBeVisible();
  });
});

test.describe('This wasn’t me, without JavaScript', { tag: '@journey' }, () => {
  test.use({ javaScriptEnabled: false });
  test.beforeEach(({ office }) => office.policy());

  test('T58: the page and its button need no script and no cookie', async ({ page, people, server }) => {
    const person = await people.ready();
    await resetPassword(page, server, person, strongPassword());
    await expectReset(page);
    const link = linkIn(await latestMessage(server, person.email, /password was reset/i));
    await page.context().clearCookies();
    await page.goto(link);
    await press(page, 'This wasn’t me');
    await expect(heading(page, 'You reported it')).toBeVisible();
  });
});
