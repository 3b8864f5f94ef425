import { join } from 'node:path';
import { mustRegain } from '../support/cli.ts';
import { balance } from '../support/balancer.ts';
import { People, strongPassword } from '../support/people.ts';
import { createDatabase } from '../support/postgres.ts';
import { expectReset, resetPassword } from '../support/reset.ts';
import { freePort, Server } from '../support/server.ts';
import { expectSignedIn, firstSignIn, signIn, skipRegistration } from '../support/signin.ts';
import { Office } from '../support/office.ts';
import { expect, test } from '../support/test.ts';
import { signOut } from '../support/admin.ts';

test('two servers on one PostgreSQL database take turns within one wizard (T91)', async ({ browser }) => {
  const database = createDatabase();
  if (database === undefined) throw new Error('REGAIN_TEST_POSTGRES_URL names no PostgreSQL server');
  const port = await freePort();
  const first = await Server.prepare({ databaseUrl: database.url });
  const second = await Server.prepare({ databaseUrl: database.url });
  for (const node of [first, second]) {
    Object.assign(node.env, {
      REGAIN_PUBLIC_URL: `http://localhost:${port}`,
      REGAIN_KEY_FILE: join(first.dataDir, 'shared.key'),
    });
  }
  // Nodes that share a database share its key, which somebody makes first.
  await mustRegain(first, ['key', 'new']);
  await first.run();
  await second.run();
  const balancer = await balance(port, [first.url, second.url]);
  const context = await browser.newContext({ baseURL: `http://localhost:${port}` });
  try {
    const people = new People(first);
    const office = new Office(first, browser, `http://localhost:${port}`);
    await office.policy();
    await office.close();
    const person = await people.ready();
    const page = await context.newPage();
    await firstSignIn(page, person);
    await skipRegistration(page);
    await expectSignedIn(page);
    await signOut(page);
    await resetPassword(page, first, person, strongPassword());
    await expectReset(page);
    await page.goto('/signin');
    await signIn(page, person.upn, person.password);
    await skipRegistration(page);
    await expectSignedIn(page);
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  } finally {
    await context.close();
    balancer.close();
    balancer.closeAllConnections();
    await second.stop();
    await first.stop();
    database.drop();
  }
});

test('a node with another master key refuses to start', async () => {
  const database = createDatabase();
  if (database === undefined) throw new Error('REGAIN_TEST_POSTGRES_URL names no PostgreSQL server');
  const first = await Server.start({ databaseUrl: database.url });
  await expect(Server.start({ databaseUrl: database.url })).rejects.toThrow(/key/i);
  await first.stop();
  database.drop();
});
