import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Each width and each scheme once: what axe finds depends on one or the other.
const LOOKS = [
  { width: 320, height: 640, scheme: 'dark' },
  { width: 1280, height: 800, scheme: 'light' },
] as const;

/** The page as it is now, in light and dark, on a small phone and a desktop: no violation, no sideways scrolling. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  // axe is a script itself.
  if (!(await page.evaluate(() => matchMedia('(scripting: enabled)').matches))) return;
  for (const { width, height, scheme } of LOOKS) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    const look = `${state}, ${width} px, ${scheme}`;
    const { violations } = await new AxeBuilder({ page })
      .withTags(TAGS)
      .options({ rules: { 'target-size': { enabled: true } } })
      .analyze();
    const told = violations.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.map((node) => node.html).join('\n  ')}`);
    expect(told, look).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${look}: sideways scrolling`).toBeLessThanOrEqual(0);
  }
  await expectShape(page, state);
}

/** One first heading, landmarks, a title, a language. */
async function expectShape(page: Page, state: string): Promise<void> {
  await expect(page.locator('h1'), state).toHaveCount(1);
  await expect(page.getByRole('main'), state).toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('lang', /^[a-z]{2}/);
  await expect(page.locator('html')).toHaveAttribute('dir', /^(ltr|rtl)$/);
  expect(await page.title(), state).not.toBe('');
  await expect(page.locator('meta[name=viewport]')).not.toHaveAttribute('content', /user-scalable=no|maximum-scale/);
}

/** On pages for everybody each control is big enough for a thumb. */
export async function expectThumbSized(page: Page, least = 44): Promise<void> {
  const small = await page.evaluate((size) => {
    const inText = (one: Element) => one.tagName === 'A' && getComputedStyle(one).display === 'inline';
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
      // The skip link is off the screen until it has the focus; what has no tab stop is not for thumbs.
      .filter((one) => one.getClientRects().length > 0 && !inText(one) && !one.matches('.skip:not(:focus), [tabindex="-1"]'))
      .map((one) => {
        const input = one as HTMLInputElement;
        const boxes = [one, ...(input.type === 'radio' || input.type === 'checkbox' ? [...(input.labels ?? [])] : [])];
        const best = Math.max(...boxes.map((box) => Math.min(box.getBoundingClientRect().height, box.getBoundingClientRect().width)));
        return best < size - 0.5 ? `${one.outerHTML.slice(0, 120)} is ${best.toFixed(0)} px` : '';
      })
      .filter((text) => text !== '');
  }, least);
  expect(small).toEqual([]);
}

/** Walks the page by Tab: each stop is visible, ringed, and on the screen. */
export async function expectKeyboard(page: Page, stops = 40): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const seen = new Set<string>();
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      const ringed = Number.parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none';
      return {
        name: `${one.tagName}#${one.id} ${one.textContent?.trim().slice(0, 40) ?? ''}${one.getAttribute('name') ?? ''}${one.getAttribute('value') ?? ''}`,
        ringed: ringed || style.boxShadow !== 'none',
        inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      };
    });
    if (focus === null || seen.has(focus.name)) break;
    seen.add(focus.name);
    expect(focus, focus.name).toMatchObject({ ringed: true, inView: true });
  }
  expect(seen.size).toBeGreaterThan(0);
}
