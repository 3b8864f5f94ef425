import { asAdmin, save } from '../../support/admin.ts';
import { expectAccessible } from '../../support/axe.ts';
import { arrive, button, expectNoProblem, expectProblem, field, press } from '../../support/form.ts';
import { openMenu } from '../../support/menu.ts';
import { messagesTo } from '../../support/outbox.ts';
import { expect, test } from '../../support/test.ts';

const MESSAGE = 'Call was denied';
const ADMIN = 'admin@contoso.example';

test.describe('Messages', { tag: '@page' }, () => {
  test.beforeEach(async ({ page }) => {
    await asAdmin(page);
    await openMenu(page, 'Messages');
    await expect(page.getByRole('heading', { name: 'Messages', level: 1 })).toBeVisible();
    await arrive(page, () => page.getByRole('link', { name: MESSAGE, exact: true }).click());
  });

  test('a text is previewed, saved, and restored with one click', async ({ page }) => {
    const before = await field(page, 'Text').inputValue();
    await field(page, 'Subject').fill('{organization}: you said no');
    await field(page, 'Text').fill('Dear {name},\n\nsomebody called you. <b>Tell</b> {helpdesk}: {support}');
    await press(page, 'Preview');
    await expectNoProblem(page);
    const preview = page.locator('#preview');
    await expect(preview).toContainText('Contoso: you said no');
    await expect(preview).toContainText('Dear Ana Silva,');
    await expect(preview).toContainText('<b>Tell</b> your administrator: ABCD-2345');
    await expect(page.getByText('The default text is sent.')).toBeVisible();

    await save(page);
    await expect(field(page, 'Subject')).toHaveValue('{organization}: you said no');
    await expect(page.getByText('An edited text is sent')).toBeVisible();

    await press(page, 'Restore the default');
    await expect(page.getByRole('status').filter({ hasText: 'The default text is restored' })).toBeVisible();
    await expect(field(page, 'Text')).toHaveValue(before);
  });

  test('T131: a bad text is refused at its field, and kept', async ({ page }) => {
    await field(page, 'Subject').fill('{password}');
    await field(page, 'Text').fill('Dear {{name}}');
    await press(page, 'Save');
    await expectProblem(page, ['There is no placeholder “password”', 'A brace is open'], ['Subject', 'Text']);
    await expect(field(page, 'Subject')).toHaveValue('{password}');
    await expect(field(page, 'Text')).toHaveValue('Dear {{name}}');
    await press(page, 'Discard');
    await expectNoProblem(page);
    await expect(page).toHaveURL(/lang=en/);
    await expect(field(page, 'Subject')).not.toHaveValue('{password}');
  });

  test('a test comes by mail', async ({ page, server }) => {
    const before = (await messagesTo(server, ADMIN)).length;
    await field(page, 'Subject').fill('A test for {name}');
    await press(page, 'Send me a test');
    await expect(page.getByRole('status').filter({ hasText: 'A test is on its way' })).toBeVisible();
    await expect(field(page, 'Subject')).toHaveValue('A test for {name}');
    await expect.poll(async () => (await messagesTo(server, ADMIN)).length).toBe(before + 1);
    expect((await messagesTo(server, ADMIN))[0]?.subject).toBe('A test for Ana Silva');
  });

  test('a text message says what it takes', async ({ page }) => {
    await page.goto('/admin/messages/reset-code-sms');
    await field(page, 'Text').fill('{code} is your code for {organization}.');
    await press(page, 'Preview');
    await expect(page.locator('#preview')).toContainText('482913 is your code for Contoso.');
    await expect(page.locator('#preview')).toContainText(/\d+ of 160 characters, one text message/);
    await field(page, 'Text').fill(`{code} ${'long '.repeat(40)}`);
    await press(page, 'Save');
    await expectProblem(page, ['does not fit into one text message'], ['Text']);
  });

  test('the pages are accessible', async ({ page }) => {
    test.slow();
    await expect(button(page, 'Save')).toBeVisible();
    await expectAccessible(page, 'a message');
    await field(page, 'Text').fill('{');
    await press(page, 'Save');
    await expectAccessible(page, 'a refused message');
    for (const path of ['/admin/messages', '/admin/messages/reset-code', '/admin/messages/reset-code-voice']) {
      await page.goto(path);
      await expectAccessible(page, path);
    }
  });
});
