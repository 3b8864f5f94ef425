import { field, next, press } from '../../support/form.ts';
import { codesTo, wrongCodeFor } from '../../support/outbox.ts';
import type { People, Person } from '../../support/people.ts';
import { BY, chooseWay, CODE, enterCode, offered, sayForgot, solveCaptcha, startReset, toMethods } from '../../support/reset.ts';
import type { Server } from '../../support/server.ts';
import { shape } from '../../support/shape.ts';
import { expect, test, type Page } from '../../support/test.ts';

/** Everybody who must look alike on the first pages. */
async function everybody(people: People): Promise<Record<string, Person>> {
  return {
    ready: await people.ready(),
    outside: await people.add({ email: true, mobile: true }),
    unregistered: await people.add({ groups: ['SSPR-Test-Group'] }),
    blocked: await people.ready({ blocked: true }),
    unknown: people.invent(),
  };
}

/** Walks to a real person's wrong code, as an attacker who has no mailbox would. */
async function wrongCode(server: Server, person: Person): Promise<string> {
  const real = (await codesTo(server, person.email))[0];
  return real === undefined ? '00000000' : wrongCodeFor(real);
}

test.describe('Nobody learns who exists', { tag: '@page' }, () => {
  test.beforeEach(({ office }) => office.policy({ methods: ['Email', 'Mobile phone'] }));

  test('T1 T12: the first pages are the same for everybody', async ({ page, people, server }) => {
    const seen: Record<string, string[]> = {};
    for (const [who, person] of Object.entries(await everybody(people))) {
      await page.context().clearCookies();
      await startReset(page, server, person.upn);
      const pages = [await shape(page, person.upn)];
      await sayForgot(page);
      pages.push(new URL(page.url()).pathname);
      seen[who] = pages;
    }
    for (const who of Object.keys(seen)) expect(seen[who], who).toEqual(seen['unknown']);
  });

  test('T1: status, headers and length are the same too', async ({ page, people, server }) => {
    const replies: Record<string, string> = {};
    for (const [who, person] of Object.entries(await everybody(people))) {
      await page.context().clearCookies();
      await page.goto('/reset');
      await field(page, 'Username').fill(person.upn);
      await solveCaptcha(page, server);
      const posted = page.waitForResponse((reply) => reply.request().method() === 'POST');
      await next(page);
      const reply = await posted;
      const { date: _date, 'set-cookie': _cookie, ...headers } = reply.headers();
      const body = await page.content();
      replies[who] = JSON.stringify([reply.status(), Object.keys(headers).sort(), headers['location'], body.replaceAll(person.upn, '').replace(' data-hydrated=""', '').length]);
    }
    for (const who of Object.keys(replies)) expect(replies[who], who).toBe(replies['unknown']);
  });

  test('T4: a decoy has its methods for good, and they are ones that people have', async ({ page, people, server }) => {
    const ghost = people.invent();
    const lists = new Set<string>();
    for (let times = 0; times < 3; times += 1) {
      await page.context().clearCookies();
      await toMethods(page, server, ghost.upn);
      lists.add(JSON.stringify(await offered(page)));
      await server.advance(3600);
    }
    expect(lists.size).toBe(1);
    const names = JSON.parse([...lists][0] ?? '[]') as string[];
    for (const name of names) expect([...Object.values(BY), 'Call my mobile phone', 'Approve a notification'].some((way) => name.startsWith(way)), name).toBe(true);
  });

  test('T5: wrong codes, resends and the lock read the same for a decoy', async ({ page, people, server }) => {
    const walks: string[][] = [];
    for (const person of [await people.ready(), await decoyWithEmail(page, people, server)]) {
      const walk: string[] = [];
      await page.context().clearCookies();
      await server.forgetAddresses();
      await toMethods(page, server, person.upn);
      await chooseWay(page, BY.email);
      walk.push(await shape(page, person.upn));
      for (let tries = 0; tries < 3; tries += 1) {
        await enterCode(page, await wrongCode(server, person));
        walk.push(await shape(page, person.upn));
      }
      await server.advance(601);
      await page.context().clearCookies();
      await toMethods(page, server, person.upn);
      await chooseWay(page, BY.email);
      walk.push(await shape(page, person.upn));
      for (let tries = 0; tries < 2; tries += 1) {
        await enterCode(page, await wrongCode(server, person));
        walk.push(await shape(page, person.upn));
      }
      await server.advance(601);
      await page.context().clearCookies();
      await toMethods(page, server, person.upn);
      await chooseWay(page, BY.email);
      walk.push(await shape(page, person.upn));
      // The account's tries are used up by now, and nothing says so: each reset counts down by itself.
      expect(walk.at(-1)).not.toMatch(/too many tries/i);
      walks.push(walk);
    }
    expect(walks[1]).toEqual(walks[0]);
  });

  test('a decoy sends nothing to anybody', async ({ page, people, server }) => {
    const ghost = await decoyWithEmail(page, people, server);
    await chooseWay(page, BY.email);
    await expect(field(page, CODE)).toBeVisible();
    expect(await codesTo(server, ghost.upn)).toEqual([]);
    expect(await codesTo(server, ghost.email)).toEqual([]);
  });

  test('T10: a decoy’s phone page asks for the number like the real one', async ({ page, people, server }) => {
    const shapes: string[] = [];
    for (const person of [await people.ready(), await decoyWith(page, people, server, BY.text)]) {
      await page.context().clearCookies();
      await toMethods(page, server, person.upn);
      await chooseWay(page, BY.text);
      shapes.push(await shape(page, person.upn));
      const typed = people.invent().mobile;
      await field(page, 'Phone number').fill(typed);
      await press(page, 'Text me the code');
      shapes.push(await shape(page, person.upn, typed));
    }
    expect(shapes.slice(2)).toEqual(shapes.slice(0, 2));
  });

  test('T7: the list does not tell that somebody is an administrator', async ({ page, people, server }) => {
    const admin = await people.add({ email: true, mobile: true, roles: ['User Administrator'] });
    const person = await people.ready();
    const shapes: string[] = [];
    for (const one of [admin, person]) {
      await page.context().clearCookies();
      await toMethods(page, server, one.upn);
      shapes.push(await shape(page, one.upn));
    }
    expect(shapes[0]).toBe(shapes[1]);
  });
});

/** A name that does not exist and whose decoy has the way wanted. */
async function decoyWith(page: Page, people: People, server: Server, way: string): Promise<Person> {
  for (let tries = 0; tries < 30; tries += 1) {
    const ghost = people.invent();
    await page.context().clearCookies();
    await toMethods(page, server, ghost.upn);
    await server.forgetAddresses();
    if ((await offered(page)).some((name) => name.startsWith(way))) return ghost;
  }
  throw new Error(`no decoy offers ${way}`);
}

const decoyWithEmail = (page: Page, people: People, server: Server) =>
  decoyWith(page, people, server, BY.email);

