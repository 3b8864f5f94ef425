import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is yes; fails when the time is up. */
export async function pollUntil(limitMs: number, ask: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`Nothing after ${limitMs} ms`);
    await pause(25);
  }
}
