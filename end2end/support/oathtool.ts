import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { keepSecret } from './invariants.ts';
import type { Server } from './server.ts';
import { AppCode, STEP_SECONDS } from './totp.ts';

/** An authenticator app that this project did not write: the OATH Toolkit's. */
export class OathTool extends AppCode {
  protected override code(step: number): string {
    const at = `@${step * STEP_SECONDS}`;
    return execFileSync('oathtool', ['--totp', '--base32', `--now=${at}`, '-'], { input: this.secret, encoding: 'utf8' }).trim();
  }
}

/** A hardware token: a seed in a file, a code for as long as `period` says, and a clock that nobody sets. */
export class OathToken {
  readonly secret: string;
  readonly #period: number;
  readonly #server: Server;
  readonly #ahead: number;

  /** Its clock is so many seconds ahead of the server's. */
  constructor(secret: string, period: 30 | 60, server: Server, ahead: number) {
    this.#ahead = ahead;
    this.secret = secret;
    this.#period = period;
    this.#server = server;
    keepSecret(server, secret);
  }

  /** What it shows now, or in so many seconds. */
  code(later = 0): string {
    const at = `@${Math.floor(this.#server.now() / 1000) + this.#ahead + later}`;
    const args = ['--totp', '--base32', `--time-step-size=${this.#period}s`, `--now=${at}`, '-'];
    return execFileSync('oathtool', args, { input: this.secret, encoding: 'utf8' }).trim();
  }

  /** Waits for the next code: none works twice. */
  async next(): Promise<string> {
    await this.#server.advance(this.#period);
    return this.code();
  }
}

/** Reads the QR code on the page as a camera would, with a reader that this project did not write. */
export async function scan(page: Page, server: Server): Promise<URL> {
  const picture = page.getByRole('img', { name: /QR/ });
  await expect(picture).toBeVisible();
  const file = join(server.dataDir, `qr-${Date.now()}.png`);
  writeFileSync(file, await picture.screenshot());
  const link = new URL(execFileSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim());
  keepSecret(server, link.searchParams.get('secret') ?? '');
  return link;
}
