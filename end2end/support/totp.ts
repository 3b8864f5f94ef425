import { createHmac } from 'node:crypto';
import type { Server } from './server.ts';

export const STEP_SECONDS = 30;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase32(text: string): Buffer {
  let bits = '';
  for (const letter of text.toUpperCase().replace(/[^A-Z2-7]/g, '')) {
    bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0');
  }
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** RFC 6238 with SHA-1, 6 digits, 30 seconds. */
export function totp(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0x0f;
  const number = hash.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** An authenticator app that somebody has paired. */
export class AppCode {
  #last = 0;
  readonly secret: string;
  readonly #server: Server;

  constructor(secret: string, server: Server) {
    this.secret = secret;
    this.#server = server;
  }

  step(): number {
    return Math.floor(this.#server.now() / 1000 / STEP_SECONDS);
  }

  /** A code that was never used; the clock moves to the next step if it must, for no code works twice. */
  async next(): Promise<string> {
    if (this.step() <= this.#last) {
      await this.#server.advance((this.#last + 1 - this.step()) * STEP_SECONDS);
    }
    this.#last = this.step();
    return this.code(this.#last);
  }

  /** What the app shows in a time step. */
  protected code(step: number): string {
    return totp(this.secret, step);
  }

  /** The code at a distance of so many steps from now. */
  at(distance: number): string {
    return this.code(this.step() + distance);
  }

  /** A code that is wrong now and in the neighbouring steps. */
  wrong(): string {
    const near = new Set([-2, -1, 0, 1, 2, 3].map((distance) => this.at(distance)));
    for (let number = 111_111; ; number += 111) {
      const code = String(number).padStart(6, '0');
      if (!near.has(code)) return code;
    }
  }
}
