import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import type { ServerOptions } from './support/test.ts';

// Debian's Chromium, told to stay off the network.
const launchOptions = {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-software-rasterizer',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

// Without scripts on PostgreSQL, with scripts on SQLite: both halves of both.
const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/**
 * Every test runs in `desktop-js`. Tests tagged `@page` (forms and tabs) run without JavaScript too,
 * tests tagged `@journey` (what a person does from start to end) run in all four.
 * `@script` marks what only exists where scripts run.
 */
const config: PlaywrightTestConfig<object, ServerOptions> = {
  testDir: './tests',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // A machine that builds for somebody else at the same time may starve a browser; what passes at the second try is reported as flaky.
  retries: process.env['CI'] ? 1 : 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env['CI'] ? [['line'], ['html', { open: 'never' }]] : [['line']],
  use: {
    launchOptions,
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Nobody waits for a page that fades.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    // Recording every test costs time, and what passes throws it away.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'desktop-js', use: desktop },
    { name: 'desktop-nojs', use: { ...desktop, javaScriptEnabled: false, database: 'postgres' }, grep: /@page|@journey/, grepInvert: /@script/ },
    { name: 'phone-js', use: phone, grep: /@journey/ },
    { name: 'phone-nojs', use: { ...phone, javaScriptEnabled: false, database: 'postgres' }, grep: /@journey/, grepInvert: /@script/ },
  ],
};

export default defineConfig(config);
