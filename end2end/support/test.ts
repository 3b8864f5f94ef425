import { test as base, expect, type Browser, type Page } from '@playwright/test';
import { Office } from './office.ts';
import { People } from './people.ts';
import { createDatabase } from './postgres.ts';
import { Server } from './server.ts';
import { auditHolds, nothingLeaked } from './invariants.ts';
import { Watch } from './watch.ts';

export interface ServerOptions {
  /** Where the servers keep their data; PostgreSQL needs `REGAIN_TEST_POSTGRES_URL`. */
  database: 'sqlite' | 'postgres';
  /** More environment for the servers of a file. */
  environment: Record<string, string>;
  server: Server;
  office: Office;
}

interface Fixtures {
  /** Another person at another machine: a page in a browser of its own, at the worker's server or another. */
  visitor: (at?: Server) => Promise<Page>;
  people: People;
  /** A server nobody has touched, for what only holds on the first day. */
  freshServer: Server;
  steady: void;
}

export const test = base.extend<Fixtures, ServerOptions>({
  database: ['sqlite', { option: true, scope: 'worker' }],
  environment: [{}, { option: true, scope: 'worker' }],

  server: [
    async ({ database, environment }, use) => {
      const own = database === 'postgres' ? createDatabase() : undefined;
      const server = await Server.start({ databaseUrl: own?.url, env: environment });
      await use(server);
      await auditHolds(server);
      nothingLeaked(server);
      await server.stop();
      own?.drop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],

  office: [
    async ({ server, browser }, use) => {
      const office = new Office(server, browser);
      await use(office);
      await office.close();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  people: async ({ server }, use) => use(new People(server)),

  freshServer: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.stop();
  },

  visitor: async ({ browser, context, server }, use) => {
    const watch = new Watch();
    watch.follow(context);
    const contexts: Awaited<ReturnType<Browser['newContext']>>[] = [];
    await use(async (at = server) => {
      const own = await browser.newContext({ baseURL: at.url });
      watch.follow(own);
      contexts.push(own);
      return own.newPage();
    });
    watch.verdict();
    for (const own of contexts) await own.close();
  },

  steady: [
    async ({ server, visitor, office }, use, info) => {
      void visitor; // so that every test is watched
      await server.forgetAddresses();
      await use();
      if (/[\\/]admin[\\/]|tutorial/.test(info.file)) office.forget();
    },
    { auto: true },
  ],
});

export { expect };
export type { Page };
