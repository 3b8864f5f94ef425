import type { Page } from '@playwright/test';

/**
 * What a person can perceive on a page, with everything masked that is allowed to differ between
 * two people: what they typed, the support code, clock times.
 */
export async function shape(page: Page, ...personal: string[]): Promise<string> {
  // Islands enable and disable buttons when they wake.
  await page.waitForFunction(() => !matchMedia('(scripting: enabled)').matches || 'hydrated' in document.documentElement.dataset);
  let text = `${await page.title()}\n${await page.locator('body').ariaSnapshot()}`;
  for (const secret of personal) text = text.replaceAll(secret, '‹personal›');
  return text
    .replace(/\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/g, '‹support code›')
    .replace(/\b\d{1,2}:\d{2}(:\d{2})?\b/g, '‹time›')
    .replace(/\bin \d+ (s|seconds?)\b/g, '‹wait›');
}
