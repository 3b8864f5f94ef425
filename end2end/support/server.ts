import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Message } from './outbox.ts';
import { pollUntil } from './poll.ts';

/** The binary under test, built with the feature `test-seams`. */
export const BINARY = resolve(
  process.env['REGAIN_BIN'] ?? join(import.meta.dirname, '../../target/debug/regain'),
);

/** Password of every demo account in the tests. */
export const DEMO_PASSWORD = 'Quartz-Lantern-92-Meadow';

export interface StartOptions {
  /** Seed the demo organisation; without it the database starts empty. */
  demo?: boolean;
  /** More environment, for example `REGAIN_SMTP_URL`. */
  env?: Record<string, string>;
  /** A database other than SQLite in the data folder. */
  databaseUrl?: string | undefined;
}

/** One running `regain serve`, with a data folder of its own. */
export class Server {
  readonly url: string;
  readonly dataDir: string;
  readonly env: Record<string, string>;
  /** Where its mail arrives, if not in the demo outbox. */
  mailbox: (() => Message[]) | undefined;
  #child: ChildProcess | undefined;
  readonly #demo: boolean;
  #ahead = 0;

  private constructor(port: number, options: StartOptions) {
    this.url = `http://localhost:${port}`;
    this.dataDir = mkdtempSync(join(tmpdir(), 'regain-e2e-'));
    this.#demo = options.demo ?? true;
    this.env = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.dataDir,
      NO_PROXY: '*',
      REGAIN_LISTEN: `127.0.0.1:${port}`,
      REGAIN_DATA_DIR: this.dataDir,
      REGAIN_DEMO_PASSWORD: DEMO_PASSWORD,
      ...(options.databaseUrl ? { REGAIN_DATABASE_URL: options.databaseUrl } : {}),
      ...options.env,
    };
  }

  static async start(options: StartOptions = {}): Promise<Server> {
    const server = new Server(await freePort(), options);
    await server.#spawn();
    return server;
  }

  /** A server that shares nothing yet and is not started: for filling its database first. */
  static async prepare(options: StartOptions = {}): Promise<Server> {
    return new Server(await freePort(), options);
  }

  async run(): Promise<void> {
    await this.#spawn();
  }

  get logFile(): string {
    return join(this.dataDir, 'server.log');
  }

  get log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  async #spawn(): Promise<void> {
    const log = openSync(this.logFile, 'a');
    const child = spawn(BINARY, ['serve', ...(this.#demo ? ['--demo'] : [])], {
      cwd: this.dataDir,
      env: this.env,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    child.once('error', () => undefined);
    await pollUntil(30_000, async () => {
      if (child.exitCode !== null || child.pid === undefined) {
        throw new Error(`The server did not start:\n${this.log}`);
      }
      return fetch(`${this.url}/readyz`).then((reply) => reply.ok, () => false);
    });
  }

  /** The server's clock, in milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Moves the server's clock forward; nobody waits. */
  async advance(seconds: number): Promise<void> {
    await this.#post('/test/clock', { advance: String(seconds) });
    this.#ahead += seconds * 1000;
  }

  /** Runs the background jobs once: deliveries, cleaning. */
  async runJobs(): Promise<void> {
    await this.#post('/test/jobs', {});
  }

  /** Clears the limits per source address: in the tests everybody comes from one. */
  async forgetAddresses(): Promise<void> {
    await this.#post('/test/limits', { reset: '1' });
  }

  /** Both answers of a CAPTCHA, by the token in its form. */
  async captchaAnswers(token: string): Promise<{ picture: string; sound: string }> {
    const reply = await fetch(`${this.url}/test/captcha?${new URLSearchParams({ token })}`);
    if (!reply.ok) throw new Error(`/test/captcha answered ${reply.status}`);
    return (await reply.json()) as { picture: string; sound: string };
  }

  async #post(path: string, form: Record<string, string>): Promise<void> {
    const reply = await fetch(this.url + path, { method: 'POST', body: new URLSearchParams(form) });
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${(await reply.text()).slice(0, 200)}`);
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Dies as in a power cut; the data folder stays. */
  async crash(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
    await gone;
    clearTimeout(timer);
  }
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
