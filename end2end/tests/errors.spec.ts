import { expect, test } from '../support/test.ts';
import { button, heading } from '../support/form.ts';
import { formIn, RawClient } from '../support/raw.ts';

test.describe('Addresses', () => {
  test('a page that does not exist is 404 and helps', { tag: '@page' }, async ({ page }) => {
    for (const path of ['/nowhere', '/reset/nowhere', '/admin/nowhere', '/signin/', '/security-info/../nowhere', '/%00', '/reset%2fverify']) {
      const reply = await page.goto(path);
      const status = reply?.status() ?? 0;
      if (path === '/signin/' && status === 200) continue;
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(status, path).toBeLessThan(500);
    }
    const reply = await page.goto('/nowhere');
    expect(reply?.status()).toBe(404);
    await expect(heading(page, 'There is no such page')).toBeVisible();
    await expect(button(page, /sign in|home|start/i)).toBeVisible();
  });

  test('the well-known addresses', async ({ server }) => {
    const client = new RawClient(server);
    const change = await client.send('/.well-known/change-password');
    expect([302, 303, 307, 308]).toContain(change.status);
    expect(change.headers.get('location')).toMatch(/\/security-info\/change-password$/);
    for (const path of ['resource-that-should-not-exist-whose-status-code-should-not-be-200', 'security', '']) {
      expect((await client.send(`/.well-known/${path}`)).status).toBe(404);
    }
  });

  test('alive and ready', async ({ server }) => {
    for (const path of ['/livez', '/readyz']) expect((await fetch(server.url + path)).status).toBe(200);
  });

  test('old names lead to the new ones', { tag: '@page' }, async ({ page }) => {
    await page.goto('/sspr');
    await expect(heading(page, 'Get back into your account')).toBeVisible();
    await page.goto('/ssprsetup');
    await expect(page).toHaveURL(/\/signin/);
    await page.goto('/');
    await expect(page).toHaveURL(/\/signin/);
  });
});

const PAGES = ['/signin', '/reset'];

test.describe('Bad input gets a clear page and changes nothing', () => {
  for (const path of PAGES) {
    test(`T22 T46: repeated, nested, broken and huge fields at ${path}`, async ({ server }) => {
      const client = new RawClient(server);
      const form = formIn(await (await client.get(path)).text());
      const plain = new URLSearchParams(form.fields);
      const names = form.fields.map(([name]) => name);
      const bodies: [string, string][] = [
        ['empty', ''],
        ['repeated', `${plain}&${plain}`],
        ['brackets', names.map((name) => `${encodeURIComponent(`${name}[]`)}=a`).join('&')],
        ['nested', names.map((name) => `${encodeURIComponent(`${name}[$ne]`)}=1`).join('&')],
        ['bad utf-8', names.map((name) => `${name}=%ff%fe`).join('&')],
        ['broken escape', names.map((name) => `${name}=%zz`).join('&')],
        ['nul', names.map((name) => `${name}=a%00b`).join('&')],
        ['unknown', 'role=admin&is_admin=true'],
        ['nonsense', '%%%&&&==='],
        ['long', names.map((name) => `${name}=${'a'.repeat(10_000)}`).join('&')],
      ];
      for (const [what, body] of bodies) {
        const reply = await client.post(form.action, body);
        expect(reply.status, what).toBeLessThan(500);
        const page = reply.status < 400 && reply.status >= 300 ? await client.get(reply.headers.get('location') ?? '/') : reply;
        expect(page.headers.get('content-type'), what).toMatch(/text\/html/);
        const text = await page.text();
        expect(text, what).toContain('<h1');
        expect(text, what).not.toMatch(/panicked|sqlx|serde|ServerFnError|deserializ/i);
      }
    });
  }

  test('T134: a body that is far too big is refused quickly', async ({ server }) => {
    const client = new RawClient(server);
    const form = formIn(await (await client.get('/signin')).text());
    const reply = await client.post(form.action, `username=${'a'.repeat(2_000_000)}`).catch(() => undefined);
    if (reply) expect([400, 413]).toContain(reply.status);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  test('another kind of body is refused', async ({ server }) => {
    const client = new RawClient(server);
    const form = formIn(await (await client.get('/signin')).text());
    for (const [type, body] of [
      ['application/json', '{"username":{"$ne":1}}'],
      ['text/plain', 'username=a'],
      ['multipart/form-data; boundary=x', '--x\r\n\r\n--x--'],
      ['application/xml', '<a/>'],
    ] as const) {
      const reply = await client.post(form.action, body, { 'content-type': type });
      expect(reply.status, type).toBeLessThan(500);
      expect(await reply.text(), type).not.toMatch(/panicked|serde|ServerFnError/);
    }
  });

  test('T98: nothing is done by GET', async ({ server }) => {
    const client = new RawClient(server);
    const form = formIn(await (await client.get('/reset')).text());
    for (const path of [form.action, '/signout']) {
      const reply = await client.send(`${path}?${new URLSearchParams(form.fields)}`);
      expect([200, 404, 405], path).toContain(reply.status);
    }
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const reply = await client.send(form.action, { method });
      expect([404, 405], method).toContain(reply.status);
    }
  });

  test('T97: forms from elsewhere are refused', async ({ server }) => {
    const client = new RawClient(server);
    const form = formIn(await (await client.get('/signin')).text());
    const body = new URLSearchParams(form.fields);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://login.contoso.example', 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await client.post(form.action, body, headers)).status).toBe(403);
    }
  });

  test('T86: a refused form never sends anybody off the site', async ({ server }) => {
    const client = new RawClient(server);
    const form = formIn(await (await client.get('/signin')).text());
    const reply = await client.post(form.action, 'x=y', { referer: 'https://evil.example/' });
    const location = reply.headers.get('location');
    if (location !== null) expect(new URL(location, server.url).origin).toBe(server.url);
  });

  test('T32: the test seams say nothing about pages; unknown paths are 404', async ({ server }) => {
    const client = new RawClient(server);
    for (const path of ['/api', '/api/users', '/admin/..;/', '/.git/config', '/.env', '/static/../../etc/passwd', '/pkg/..%2f..%2fetc%2fpasswd']) {
      expect((await client.send(path)).status, path).toBeGreaterThanOrEqual(300);
    }
  });
});
