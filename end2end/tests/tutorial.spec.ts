import { asAdmin, expectSaved, METHODS, pickGroup } from '../support/admin.ts';
import { button, choose, field, heading, next, press } from '../support/form.ts';
import { messagesTo, latestMessage } from '../support/outbox.ts';
import { strongPassword, word } from '../support/people.ts';
import { expectRegistration, KEEP, looksGood, registerAppCode, registerEmail, toMethodChoice } from '../support/register.ts';
import { CODE, expectReset, finish, sayForgot, startReset, verifyByAppCode, verifyByEmail } from '../support/reset.ts';
import { changeInitialPassword, expectSignedIn, signIn } from '../support/signin.ts';
import { openMenu } from '../support/menu.ts';
import { createGroup, createUser } from '../support/portal.ts';
import { expect, test } from '../support/test.ts';

// The tutorial "Enable users to unlock their account or reset passwords", step by step.
test.describe('the tutorial', { tag: '@journey' }, () => {
  test('R1 R3 R7 R9 R16 R25 R27 R55 R56 R61 R64 R65 R76 R105 R108 R130 R131 R183 R187-R189 R199 R200', async ({
    page,
    visitor,
    server,
    people,
  }) => {
    test.setTimeout(120_000);
    const user = { ...people.invent(), displayName: 'Test User' };
    const group = `SSPR-Pilot-${word(5)}`;

    await test.step('Prerequisite: an administrator', async () => {
      await asAdmin(page);
    });

    await test.step('Prerequisite: a non-administrator user with a password you know', async () => {
      await createUser(page, user);
    });

    await test.step('Prerequisite: a group that the user is a member of', async () => {
      await createGroup(page, group, [user.upn]);
    });

    await test.step('Browse to Protection > Password reset', async () => {
      await openMenu(page, 'Password reset');
      await expect(page).toHaveURL(/\/admin\/password-reset\/properties/);
    });

    await test.step('Properties: Selected, choose the group, Save', async () => {
      await choose(page, 'Self service password reset enabled', 'Selected');
      await pickGroup(page, group);
      await press(page, 'Save');
      await expectSaved(page);
    });

    await test.step('Authentication methods: 2 methods, four of them available, Save', async () => {
      await openMenu(page, 'Authentication methods');
      await choose(page, 'Number of methods required to reset', '2');
      for (const method of METHODS) {
        await expect(page.getByRole('checkbox', { name: method, exact: true })).toBeVisible();
      }
      for (const method of ['Mobile app notification', 'Mobile app code', 'Email', 'Mobile phone']) {
        await page.getByRole('checkbox', { name: method, exact: true }).check();
      }
      await press(page, 'Save');
      await expectSaved(page);
    });

    await test.step('Registration: required at sign-in, reconfirm after 180 days, Save', async () => {
      await openMenu(page, 'Registration');
      await choose(page, 'Require users to register when signing in', 'Yes');
      await field(page, 'Number of days before users are asked to reconfirm their authentication information').fill('180');
      await press(page, 'Save');
      await expectSaved(page);
    });

    await test.step('Notifications: Yes and Yes, Save', async () => {
      await openMenu(page, 'Notifications');
      await choose(page, 'Notify users on password resets?', 'Yes');
      await choose(page, 'Notify all admins when other admins reset their password?', 'Yes');
      await press(page, 'Save');
      await expectSaved(page);
    });

    await test.step('Customization: the helpdesk link, Save', async () => {
      await openMenu(page, 'Customization');
      await choose(page, 'Customize helpdesk link', 'Yes');
      await field(page, 'Custom helpdesk email or URL').fill('https://support.contoso.com/');
      await press(page, 'Save');
      await expectSaved(page);
    });

    const email = user.email;
    const app = await test.step('In a fresh browser the user opens the registration portal and registers', async () => {
      const phone = await visitor();
      await phone.goto('/ssprsetup');
      await expect(heading(phone, 'Sign in')).toBeVisible();
      await signIn(phone, user.upn, user.password);
      await changeInitialPassword(phone, user);
      await expectRegistration(phone, KEEP);
      await toMethodChoice(phone);
      const added = await registerAppCode(phone, server);
      await registerEmail(phone, server, email);
      await looksGood(phone);
      await expectSignedIn(phone);
      return added;
    });

    const fresh = strongPassword();
    await test.step('In another fresh browser the user opens the reset portal', async () => {
      const lost = await visitor();
      await startReset(lost, server, user.upn);
      await sayForgot(lost);
      await verifyByAppCode(lost, app);
      await verifyByEmail(lost, server, email);
      await expect(field(lost, CODE)).toHaveCount(0);
      await finish(lost, fresh);
      await expectReset(lost);
      await press(lost, 'Sign in');
      await signIn(lost, user.upn, fresh);
    });

    await test.step('An email tells the user that the password was reset', async () => {
      await latestMessage(server, email, /password.*reset/i);
      expect(await messagesTo(server, user.upn)).not.toEqual([]);
    });

    await test.step('Clean up: Properties back to None, Save', async () => {
      await openMenu(page, 'Password reset');
      await choose(page, 'Self service password reset enabled', 'None');
      await press(page, 'Save');
      await expectSaved(page);
      const lost = await visitor();
      await lost.goto('/reset');
      await expect(button(lost, 'Contact your administrator')).toBeVisible();
    });
  });

  test('the notification method can be ticked, and says that no authenticator is set up (R27)', async ({
    page,
    office,
    people,
    server,
  }) => {
    await office.policy({ methods: ['Mobile app notification', 'Mobile app code', 'Email', 'Mobile phone'] });
    const person = await people.ready();
    await startReset(page, server, person.upn);
    await sayForgot(page);
    await page.getByRole('radio', { name: /^Approve a notification on my authenticator app/ }).check();
    await next(page);
    await expect(page.getByText(/no authenticator/i).first()).toBeVisible();
  });
});
