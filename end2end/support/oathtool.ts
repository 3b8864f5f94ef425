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
