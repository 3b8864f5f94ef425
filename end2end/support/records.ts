import { expect } from '@playwright/test';
import { mustRegain } from './cli.ts';
import type { Server } from './server.ts';

export interface AuditRecord {
  activity: string;
  result: string;
  reason?: string | null;
  [field: string]: unknown;
}

/** Everything the audit log knows of somebody, as `regain audit export --json` tells it. */
export async function records(server: Server, about: string): Promise<AuditRecord[]> {
  const text = await mustRegain(server, ['audit', 'export', '--json']);
  const all = text.trimStart().startsWith('[')
    ? (JSON.parse(text) as AuditRecord[])
    : text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as AuditRecord);
  return all.filter((row) => JSON.stringify(row).toLowerCase().includes(about.toLowerCase()));
}

/** At least one record of this activity, with this result, is about the person. */
export async function expectRecord(
  server: Server,
  about: string,
  activity: string,
  result: 'Success' | 'Failure' = 'Success',
  reason = /.*/s,
): Promise<void> {
  const rows = await records(server, about);
  const fitting = rows.filter(
    (row) => row.activity === activity && row.result.toLowerCase() === result.toLowerCase() && reason.test(JSON.stringify(row)),
  );
  expect(fitting, `${activity} (${result}) for ${about}; there are: ${rows.map((row) => `${row.activity} ${row.result}`).join(', ')}`).not.toEqual([]);
}
