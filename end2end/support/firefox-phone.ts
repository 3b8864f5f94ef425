import type { Page } from 'puppeteer-core';
import { pollUntil } from './poll.ts';

/** What the worker put before the person. */
export interface Shown {
  title: string;
  body: string;
  tag: string;
}

/** What the browser agreed with its push service, as a thief of it would have it. */
export interface Subscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

const APP = '/authenticator/';

/** The authenticator in Firefox. Puppeteer's pages wait less by themselves than Playwright's. */
export class FirefoxPhone {
  readonly #page: Page;
  readonly #site: string;
  /** What went wrong in its scripts. */
  readonly errors: string[] = [];

  constructor(page: Page, site: string) {
    this.#page = page;
    this.#site = site;
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }

  /** Opens the app; it is ready when its worker is. */
  async open(): Promise<void> {
    await this.#page.goto(this.#site + APP);
    await this.#page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  }

  /** *Allow notifications*, and *Allow* again when the browser asks whether the site may. */
  async allowNotifications(): Promise<void> {
    await this.sees('Allow notifications');
    await this.#page.browserContext().overridePermissions(new URL(this.#site).origin, ['notifications']);
    await this.press('Allow notifications');
  }

  /** Another page of the same site is in front: the app is closed, its worker is not. */
  async putAway(): Promise<void> {
    await this.#page.goto(`${this.#site}/robots.txt`);
  }

  async sees(text: string): Promise<void> {
    await this.#page.locator(`::-p-text(${text})`).wait();
  }

  async press(name: string): Promise<void> {
    await this.#page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
  }

  async fill(label: string, text: string): Promise<void> {
    await this.#page.locator(`::-p-aria([name="${label}"][role="textbox"])`).fill(text);
  }

  async addAccount(upn: string, code: string): Promise<void> {
    await this.fill('Username', upn);
    await this.fill('Pairing code', code);
    await this.press('Add account');
  }

  async approve(number: string): Promise<void> {
    await this.#page.locator('input[name="number"]').fill(number);
    await this.press('Approve');
    await this.sees('Approved.');
  }

  /** The notifications that the worker shows. */
  async notifications(): Promise<Shown[]> {
    return this.#page.evaluate(async (app) => {
      const worker = await navigator.serviceWorker.getRegistration(app);
      const shown = (await worker?.getNotifications()) ?? [];
      return shown.map(({ title, body, tag }) => ({ title, body, tag }));
    }, APP);
  }

  async close(): Promise<void> {
    await this.#page.browserContext().close();
  }

  /** Waits for the one notification there is. */
  async notification(): Promise<Shown> {
    let shown: Shown[] = [];
    await pollUntil(10_000, async () => (shown = await this.notifications()).length > 0);
    const [first, ...others] = shown;
    if (first === undefined || others.length > 0) throw new Error(`${shown.length} notifications`);
    return first;
  }

  /** Waits until the browser has subscribed. */
  async subscription(): Promise<Subscription & { serverKey: string }> {
    let found: (Subscription & { serverKey: string }) | null = null;
    await pollUntil(10_000, async () => {
      found = await this.#page.evaluate(async (app) => {
        const worker = await navigator.serviceWorker.getRegistration(app);
        const subscription = await worker?.pushManager.getSubscription();
        if (!subscription) return null;
        const key = new Uint8Array(subscription.options.applicationServerKey ?? new ArrayBuffer(0));
        const { endpoint, keys } = subscription.toJSON() as { endpoint: string; keys: { p256dh: string; auth: string } };
        return { endpoint, keys, serverKey: btoa(String.fromCharCode(...key)) };
      }, APP);
      return found !== null;
    });
    return found as unknown as Subscription & { serverKey: string };
  }

  /** The id under which the server knows this phone. */
  async device(): Promise<string> {
    return this.#page.evaluate(
      () =>
        new Promise<string>((resolve, reject) => {
          const opening = indexedDB.open('regain-authenticator', 1);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const all = opening.result.transaction('accounts').objectStore('accounts').getAllKeys();
            all.onsuccess = () => resolve(String(all.result[0]));
          };
        }),
    );
  }
}
