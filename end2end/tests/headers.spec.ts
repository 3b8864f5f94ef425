import { expect, test } from '../support/test.ts';
import { formIn, RawClient } from '../support/raw.ts';
import type { Server } from '../support/server.ts';

const KINDS: [string, string, number[]][] = [
  ['a page', '/signin', [200]],
  ['the reset page', '/reset', [200]],
  ['a redirect', '/', [302, 303, 307]],
  ['a guarded page', '/admin/users', [302, 303, 401, 403]],
  ['a missing page', '/nowhere', [404]],
  ['a well-known redirect', '/.well-known/change-password', [302, 303, 307]],
  ['health', '/readyz', [200]],
  ['the outbox', '/demo/outbox.json', [200]],
];

async function assets(server: Server): Promise<string[]> {
  const html = await (await fetch(`${server.url}/signin`)).text();
  return [...html.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|wasm|svg|png|ico|webmanifest))"/g)].map(([, path = '']) => path);
}

test.describe('Headers', () => {
  for (const [kind, path, statuses] of KINDS) {
    test(`T101: ${kind}`, async ({ server }) => {
      const reply = await new RawClient(server).send(path);
      expect(statuses).toContain(reply.status);
      expectSafe(reply.headers);
      expect(reply.headers.get('cache-control')).toContain('no-store');
    });
  }

  test('T101: a refused method, a refused form, a body too big', async ({ server }) => {
    const client = new RawClient(server);
    const replies = [
      await client.send('/reset', { method: 'DELETE' }),
      await client.post('/signin', 'a=b', { origin: 'https://evil.example' }),
      await client.post('/signin', '%%%'),
    ];
    for (const reply of replies) expectSafe(reply.headers);
  });

  test('a policy with a nonce of its own for each reply, without loopholes', async ({ server }) => {
    const policies = new Set<string>();
    for (let times = 0; times < 2; times += 1) {
      const reply = await fetch(`${server.url}/signin`);
      const policy = reply.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(nonce.length).toBeGreaterThanOrEqual(22);
      const html = await reply.text();
      for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) {
        if (!/type="(application\/json|importmap)"/.test(tag)) expect(tag).toContain(`nonce="${nonce}"`);
      }
      expect(html).not.toMatch(/<[^>]+\son[a-z]+="/);
      expect(html).not.toMatch(/<[^>]+\sstyle="/);
      policies.add(policy);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("'wasm-unsafe-eval'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).not.toMatch(/strict-dynamic|unsafe-inline|'unsafe-eval'|\*/);
    }
    expect(policies.size).toBe(2);
  });

  test('T89: assets have hashed names, stay for ever and are compressed', async ({ server }) => {
    const paths = (await assets(server)).filter((path) => /\.(css|js|wasm)$/.test(path));
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      const reply = await fetch(server.url + path, { headers: { 'accept-encoding': 'br' } });
      expect(reply.status, path).toBe(200);
      expect(reply.headers.get('cache-control'), path).toMatch(/immutable/);
      expect(reply.headers.get('content-encoding'), path).toBe('br');
      expect(reply.headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(path).toMatch(/[0-9a-f]{8,}/);
    }
  });

  test('T95: cookies', async ({ server, browser, people, office }) => {
    await office.policy();
    const reply = await new RawClient(server).send('/signin');
    const form = formIn(await reply.text());
    const posted = await new RawClient(server).post(form.action, '');
    for (const cookie of [...reply.headers.getSetCookie(), ...posted.headers.getSetCookie()]) expectSafeCookie(cookie);
    expect(posted.headers.getSetCookie().length).toBeGreaterThan(0);
    void browser;
    void people;
  });

  test('T103: no other site may read anything', async ({ server }) => {
    for (const path of ['/signin', '/demo/outbox.json', '/nowhere']) {
      const reply = await fetch(server.url + path, { headers: { origin: 'https://evil.example' } });
      expect(reply.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('T81: no header changes where links lead', async ({ server }) => {
    const client = new RawClient(server);
    for (const headers of [
      { 'x-forwarded-host': 'evil.example' },
      { 'x-host': 'evil.example' },
      { forwarded: 'host=evil.example;proto=https' },
      { 'x-original-url': 'https://evil.example/' },
      { 'x-forwarded-proto': 'ftp' },
    ]) {
      for (const path of ['/', '/signin', '/reset', '/.well-known/change-password']) {
        const reply = await client.send(path, { headers: headers as unknown as Record<string, string> });
        expect(reply.headers.get('location') ?? '').not.toContain('evil.example');
        expect(await reply.text()).not.toContain('evil.example');
      }
    }
  });
});

function expectSafe(headers: Headers): void {
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toMatch(/same-origin|no-referrer/);
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(headers.get('permissions-policy')).toContain('geolocation=()');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('server')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
}

function expectSafeCookie(cookie: string): void {
  expect(cookie).toMatch(/^__Host-/);
  expect(cookie).toMatch(/;\s*secure/i);
  expect(cookie).toMatch(/;\s*httponly/i);
  expect(cookie).toMatch(/;\s*samesite=(lax|strict)/i);
  expect(cookie).toMatch(/;\s*path=\/(;|$)/i);
  expect(cookie).not.toMatch(/;\s*domain=/i);
  expect(cookie.length).toBeLessThan(4096);
}
