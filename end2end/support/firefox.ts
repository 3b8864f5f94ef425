import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { FirefoxPhone } from './firefox-phone.ts';
import type { PushService } from './push-service.ts';

const BINARY = process.env['FIREFOX'] ?? '/usr/bin/firefox-esr';

/** A proxy where nobody listens: whatever is not for this machine goes nowhere. */
const OFF_THE_NETWORK = {
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
  'network.trr.mode': 5,
};

/** Mozilla's browser, with a profile of its own: the phones of people who do not use Chromium. */
export class Firefox {
  readonly #browser: Browser;
  readonly #folder: string;

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.#folder = folder;
  }

  static async launch(push: PushService): Promise<Firefox> {
    const folder = mkdtempSync(join(tmpdir(), 'regain-firefox-'));
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: BINARY,
      headless: true,
      userDataDir: join(folder, 'profile'),
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, MOZ_CRASHREPORTER_DISABLE: '1' },
      extraPrefsFirefox: {
        ...OFF_THE_NETWORK,
        // Notifications of its own: the desktop's would need one.
        'alerts.useSystemBackend': false,
        'dom.push.serverURL': push.url,
        'dom.push.connection.enabled': true,
        'dom.push.testing.allowInsecureServerURL': true,
      },
    });
    return new Firefox(browser, folder);
  }

  /** A phone of its own: nothing that another one stored, subscribed to or was allowed is in it. */
  async phone(site: string): Promise<FirefoxPhone> {
    const context = await this.#browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width: 390, height: 844 });
    return new FirefoxPhone(page, site);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
