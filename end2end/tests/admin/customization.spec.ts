import { asAdmin, CUSTOMIZE, HELPDESK, openTab, save } from '../../support/admin.ts';
import { button, choose, expectProblem, field, press, radio } from '../../support/form.ts';
import { expect, test } from '../../support/test.ts';

const HELP = 'Contact your administrator';

test.describe('Customization', { tag: '@page' }, () => {
  test.beforeEach(async ({ page }) => {
    await asAdmin(page);
    await openTab(page, 'Customization');
    await choose(page, CUSTOMIZE, 'No');
    await save(page);
  });

  test('R199 R200 R202 R203: a URL is saved, and opens in a new tab', async ({ page, visitor }) => {
    await choose(page, CUSTOMIZE, 'Yes');
    await field(page, HELPDESK).fill('https://support.contoso.com/');
    await save(page);
    await openTab(page, 'Customization');
    await expect(field(page, HELPDESK)).toHaveValue('https://support.contoso.com/');

    const lost = await visitor();
    await lost.goto('/reset');
    const link = lost.getByRole('link', { name: HELP });
    await expect(link).toHaveAttribute('href', 'https://support.contoso.com/');
    await expect(link).toHaveAttribute('target', '_blank');
    await expect(link).toHaveAttribute('rel', /noreferrer/);
    await expect(link).toHaveAttribute('rel', /noopener/);
  });

  test('R200 R202: an email address becomes a mailto link', async ({ page, visitor }) => {
    await choose(page, CUSTOMIZE, 'Yes');
    await field(page, HELPDESK).fill('helpdesk@contoso.example');
    await save(page);
    const lost = await visitor();
    await lost.goto('/reset');
    await expect(lost.getByRole('link', { name: HELP })).toHaveAttribute('href', 'mailto:helpdesk@contoso.example');
  });

  test('R201: Yes with anything else is refused and changes nothing', async ({ page }) => {
    for (const value of [
      '',
      '   ',
      'nonsense',
      'javascript:alert(1)',
      ' java\tscript:alert(1)',
      'data:text/html,hello',
      'vbscript:x',
      'https://user@evil.example/',
      'https://',
      '//evil.example',
      'a@b.example, c@d.example',
      'mailto:x@y.example?bcc=z@y.example',
      `https://contoso.example/${'a'.repeat(5000)}`,
    ]) {
      await openTab(page, 'Customization');
      await choose(page, CUSTOMIZE, 'Yes');
      await field(page, HELPDESK).fill(value);
      await press(page, 'Save');
      await expectProblem(page, [], [HELPDESK]);
    }
    await openTab(page, 'Customization');
    await expect(radio(page, CUSTOMIZE, 'No')).toBeChecked();
  });

  test('R24: the field belongs to Yes', { tag: '@script' }, async ({ page }) => {
    await choose(page, CUSTOMIZE, 'No');
    await expect.poll(async () => (await field(page, HELPDESK).isHidden()) || (await field(page, HELPDESK).isDisabled())).toBe(true);
    await choose(page, CUSTOMIZE, 'Yes');
    await expect(field(page, HELPDESK)).toBeEnabled();
  });

  test('Discard', async ({ page }) => {
    await choose(page, CUSTOMIZE, 'Yes');
    await button(page, 'Discard').click();
    await expect(radio(page, CUSTOMIZE, 'No')).toBeChecked();
  });
});
