import type { Page } from '@playwright/test';
import { BY_NOTIFICATION, newPhone, NOTIFICATIONS, readNumber, readPairingCode, untilGone } from '../../support/authenticator.ts';
import { Firefox } from '../../support/firefox.ts';
import type { FirefoxPhone } from '../../support/firefox-phone.ts';
import { button, next, press } from '../../support/form.ts';
import { messagesTo } from '../../support/outbox.ts';
import { GROUP, strongPassword, type People, type Person } from '../../support/people.ts';
import { PushService } from '../../support/push-service.ts';
import { chooseMethod, registerEmail } from '../../support/register.ts';
import { chooseWay, expectReset, finish, toMethods, verifyByEmail } from '../../support/reset.ts';
import type { Server } from '../../support/server.ts';
import { firstSignIn, signIn } from '../../support/signin.ts';
import { answerAsThief } from '../../support/thief.ts';
import { expect, test as base } from '../../support/test.ts';
import { readVapid } from '../../support/vapid.ts';

const METHODS = ['Mobile app notification', 'Mobile app code', 'Email', 'Mobile phone'] as const;

const test = base.extend<{ phone: FirefoxPhone; push: PushService }, { service: PushService; firefox: Firefox; environment: Record<string, string> }>({
  service: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const service = await PushService.start();
      await use(service);
      await service.stop();
    },
    { scope: 'worker' },
  ],
  // The push service is on this machine, where messages go only because the configuration lists it.
  environment: [async ({ service }, use) => use({ REGAIN_PUSH_SERVICES: service.origin }), { scope: 'worker' }],
  firefox: [
    async ({ service }, use) => {
      const firefox = await Firefox.launch(service);
      await use(firefox);
      await firefox.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  push: async ({ service }, use) => {
    service.passed.length = 0;
    service.answer = 201;
    await use(service);
  },
  phone: async ({ firefox, server }, use) => {
    const phone = await firefox.phone(server.url);
    await phone.open();
    await phone.allowNotifications();
    await use(phone);
    expect(phone.errors).toEqual([]);
    await phone.close();
  },
});

/** A person whose phone is a Firefox, in which alerts are on; the other window is signed in. */
async function paired(page: Page, phone: FirefoxPhone, people: People, server: Server): Promise<Person> {
  const person = await people.add({ groups: [GROUP] });
  await firstSignIn(page, person);
  await chooseMethod(page, NOTIFICATIONS);
  await phone.addAccount(person.upn, await readPairingCode(page));
  await phone.sees('Are you setting up this phone');
  await untilGone(page, 'Pairing code');
  await phone.approve(await readNumber(page));
  await untilGone(page, 'Number to enter');
  await next(page);
  await registerEmail(page, server, person.email);
  await phone.subscription();
  return person;
}

/** Somebody at the page that shows the number. */
async function ask(page: Page, server: Server, person: Person): Promise<string> {
  await toMethods(page, server, person.upn);
  await chooseWay(page, BY_NOTIFICATION);
  return readNumber(page);
}

test.describe('Web push, with a browser and a push service that this project did not write', () => {
  test.beforeEach(({ office }) => office.policy({ methods: METHODS }));

  test('a message wakes the phone, tells nobody on the way what it is about, and the number resets', async ({
    page, phone, people, push, server, visitor,
  }) => {
    const person = await paired(page, phone, people, server);
    const { endpoint, serverKey } = await phone.subscription();
    await phone.putAway();
    const lost = await visitor();
    const number = await ask(lost, server, person);

    const shown = await phone.notification();
    expect(shown).toMatchObject({ title: 'Contoso', body: 'A request needs your answer.' });
    expect(push.passed).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: Buffer.of() }] = push.passed;
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', topic: expect.stringMatching(/^[\w-]{22}$/) });
    expect(Number(headers.ttl)).toBeGreaterThan(50);
    expect(Number(headers.ttl)).toBeLessThanOrEqual(60);
    const sender = readVapid(headers.authorization ?? '');
    expect(sender.key.toString('base64')).toBe(serverKey);
    expect(sender.claims.aud).toBe(new URL(endpoint).origin);
    expect(sender.claims.sub).toMatch(/^mailto:/);
    // RFC 8188: salt, record size, the sender's key for this message; then nothing that can be read.
    expect([body.readUInt32BE(16), body[20], body[21]]).toEqual([4096, 65, 4]);
    for (const secret of [person.upn, person.displayName, 'Contoso', 'request', shown.tag, 'notification']) {
      expect(body.includes(secret), secret).toBe(false);
    }

    await phone.open();
    await phone.sees('Are you resetting your Contoso password');
    await phone.approve(number);
    await untilGone(lost, 'Number to enter');
    await verifyByEmail(lost, server, person.email);
    const password = strongPassword();
    await finish(lost, password);
    await expectReset(lost);

    await test.step('at sign-in it is asked the same way', async () => {
      const desk = await visitor();
      await signIn(desk, person.upn, password);
      await desk.goto('/security-info');
      await press(desk, 'Send a notification');
      await phone.sees('Are you signing in to Contoso');
      await phone.approve(await readNumber(desk));
      await untilGone(desk, 'Number to enter');
      await expect(button(desk, 'Sign out')).toBeVisible();
      await expect(desk.getByText('Authenticator notifications').first()).toBeVisible();
      expect(push.passed).toHaveLength(2);
    });
  });

  test('a stolen subscription approves nothing, and the phone it was stolen from still does', async ({
    page, browser, phone, people, push, server, visitor,
  }) => {
    const person = await paired(page, phone, people, server);
    const stolen = await phone.subscription();
    const device = await phone.device();
    const lost = await visitor();
    const number = await ask(lost, server, person);
    const { tag: request } = await phone.notification();
    expect(push.passed).toHaveLength(1);

    const thief = await newPhone(browser, server);
    await thief.goto('/authenticator/');
    const answers = await answerAsThief(thief, { request, number, device, stolen });
    expect(answers).toEqual({
      unsigned: 401,
      'signed by another key': 401,
      'in the name of the phone': 401,
      'with the secret of the subscription': 401,
    });
    await thief.context().close();
    // Nothing of it was counted, and nothing of it ended the request.
    await expect(lost.getByLabel('Number to enter', { exact: true })).toHaveText(number);
    expect(await lost.evaluate(async () => (await fetch('/reset/verify/status')).text())).toBe('waiting');
    await phone.approve(number);
    await untilGone(lost, 'Number to enter');
    await expect(lost.getByText(/with your authenticator app/)).toBeVisible();
  });

  test('a subscription that is over is forgotten, and the app goes on without the push service', async ({
    page, phone, people, push, server, visitor,
  }) => {
    const person = await paired(page, phone, people, server);
    push.answer = 410;
    const lost = await visitor();
    const first = await ask(lost, server, person);
    await phone.approve(first);
    await untilGone(lost, 'Number to enter');
    await expect(lost.getByText(/with your authenticator app/)).toBeVisible();
    await server.runJobs();
    expect(push.passed).toHaveLength(1);
    expect((await messagesTo(server, person.email)).map((mail) => mail.subject)).toContain('Your phone no longer gets notifications from Contoso');

    const again = await visitor();
    const second = await ask(again, server, person);
    await phone.sees('Are you resetting your Contoso password');
    await server.runJobs();
    expect(push.passed, 'nothing is sent to a subscription that is over').toHaveLength(1);
    await phone.approve(second);
    await untilGone(again, 'Number to enter');
    expect(await phone.notifications()).toEqual([]);
  });
});
