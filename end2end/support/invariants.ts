import { expect } from '@playwright/test';
import { mustRegain } from './cli.ts';
import type { Server } from './server.ts';

const secrets = new Map<Server, Set<string>>();

/** Remembers a password, a seed or an answer that a test used: it must turn up nowhere. */
export function keepSecret(server: Server, secret: string): void {
  const known = secrets.get(server) ?? new Set();
  known.add(secret);
  secrets.set(server, known);
}

/** The chain of audit records is whole. */
export async function auditHolds(server: Server): Promise<void> {
  await mustRegain(server, ['audit', 'verify']);
}

/** R235: no secret stands in the server's own log. */
export function nothingLeaked(server: Server): void {
  const log = server.log;
  for (const secret of secrets.get(server) ?? []) {
    expect(log.includes(secret), 'a secret stands in the log').toBe(false);
  }
}
