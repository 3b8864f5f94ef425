import type { CDPSession, Page } from '@playwright/test';

export const PASSKEY = 'Passkey';
export const RECOVERY_CODES = 'Recovery codes';
export const BY_PASSKEY = 'Use my passkey';
export const BY_RECOVERY_CODE = 'Enter one of my recovery codes';

/** Chromium's own authenticator: it keeps passkeys and gives the owner's finger. */
export class Authenticator {
  readonly #session: CDPSession;
  readonly #id: string;

  private constructor(session: CDPSession, id: string) {
    this.#session = session;
    this.#id = id;
  }

  static async plugInto(page: Page): Promise<Authenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Authenticator(session, authenticatorId);
  }

  /** Whether the person gives the right finger from now on. */
  async verifies(isUserVerified: boolean): Promise<void> {
    await this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#id, isUserVerified });
  }

  async passkeys(): Promise<{ credentialId: string; isResidentCredential: boolean; rpId?: string }[]> {
    const { credentials } = await this.#session.send('WebAuthn.getCredentials', { authenticatorId: this.#id });
    return credentials;
  }
}
