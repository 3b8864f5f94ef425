import { mustRegain } from '../support/cli.ts';
import { expectSaved, pickGroup, tick } from '../support/admin.ts';
import { choose, field, heading, next, press } from '../support/form.ts';
import { openMenu } from '../support/menu.ts';
import { createGroup, createUser } from '../support/portal.ts';
import { People, strongPassword, type Person } from '../support/people.ts';
import { looksGood, registerAppCode, registerEmail } from '../support/register.ts';
import { CODE, expectReset, finish, sayForgot, startReset, verifyByAppCode, verifyByEmail } from '../support/reset.ts';
import { Server } from '../support/server.ts';
import { changeInitialPassword, firstSignIn, signIn } from '../support/signin.ts';
import { MailServer } from '../support/smtp.ts';
import { latestMessage } from '../support/outbox.ts';
import { expect, test as base } from '../support/test.ts';
import { Watch } from '../support/watch.ts';

const test = base.extend<{ mail: MailServer; site: Server }>({
  // eslint-disable-next-line no-empty-pattern
  mail: async ({}, use) => {
    const mail = await MailServer.start();
    await use(mail);
    await mail.stop();
  },
  site: async ({ mail }, use) => {
    const site = await Server.prepare({ demo: false });
    Object.assign(site.env, mail.environment(site.dataDir));
    site.mailbox = () => mail.messages();
    await mustRegain(site, ['migrate']);
    await use(site);
    await site.stop();
  },
});

test('the tutorial with mail over authenticated TLS to a real mail server (R189 R191 R198)', async ({ browser, mail, site }) => {
  test.setTimeout(120_000);
  const watch = new Watch();
  const fresh = async () => {
    const context = await browser.newContext({ baseURL: site.url });
    watch.follow(context);
    return context.newPage();
  };
  const people = new People(site);
  const admin: Person = await people.add();
  await mustRegain(site, ['role', 'grant', admin.upn, 'Global Administrator']);
  await site.run();

  const page = await fresh();
  await test.step('the first administrator has to register before the portal opens', async () => {
    await page.goto('/admin');
    await firstSignIn(page, admin);
    await expect(page).toHaveURL(/\/register/);
    await registerAppCode(page, site, admin);
    await registerEmail(page, site, admin.email);
    await looksGood(page);
    await expect(page).toHaveURL(/\/admin/);
  });

  const user = people.invent();
  const group = 'SSPR-Test-Group';
  await test.step('user, group and policy', async () => {
    await createUser(page, user);
    await people.setMail(user);
    await createGroup(page, group, [user.upn]);
    await openMenu(page, 'Authentication methods');
    await choose(page, 'Number of methods required to reset', '2');
    await tick(page, ['Mobile app code', 'Email']);
    await press(page, 'Save');
    await expectSaved(page);
    await openMenu(page, 'Password reset');
    await pickGroup(page, group);
    await press(page, 'Save');
    await expectSaved(page);
  });

  const own = await fresh();
  await test.step('the user registers', async () => {
    await own.goto('/ssprsetup');
    await signIn(own, user.upn, user.password);
    await changeInitialPassword(own, user);
    await registerAppCode(own, site, user);
    await registerEmail(own, site, user.email);
    await looksGood(own);
  });

  const password = strongPassword();
  await test.step('and resets the password', async () => {
    const lost = await fresh();
    await startReset(lost, site, user.upn);
    await sayForgot(lost);
    await verifyByEmail(lost, site, user.email);
    await verifyByAppCode(lost, user.app!);
    await finish(lost, password);
    await expectReset(lost);
  });

  await test.step('the mail came, encrypted and signed in, to both addresses', async () => {
    await latestMessage(site, user.email, /password.*reset/i);
    await latestMessage(site, user.upn, /password.*reset/i);
    for (const one of mail.received) {
      expect(one).toMatchObject({ secure: true, user: 'regain', from: 'no-reply@contoso.example' });
      expect(one.headers.get('auto-submitted')).toBe('auto-generated');
      expect(one.headers.get('message-id')).toMatch(/^<[^@<>]+@[^@<>]+>$/);
      expect(one.text).not.toBe('');
      expect(one.html).not.toBe('');
      expect(one.text + one.html).not.toContain(password);
    }
  });

  await test.step('a second factor is asked at the next sign-in to the portal', async () => {
    const again = await fresh();
    await again.goto('/admin');
    await signIn(again, admin.upn, admin.password);
    await expect(field(again, CODE)).toBeVisible();
    await again.goto('/admin/users');
    await expect(heading(again, 'Users')).toHaveCount(0);
    await again.goto('/admin');
    if (await field(again, CODE).isVisible()) {
      await field(again, CODE).fill(await admin.app!.next());
      await next(again);
    }
    await expect(again).toHaveURL(/\/admin/);
  });

  await test.step('the demo outbox is not there', async () => {
    for (const path of ['/demo/outbox', '/demo/outbox.json']) expect((await fetch(site.url + path)).status).toBe(404);
  });
  watch.verdict();
});
