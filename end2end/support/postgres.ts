import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

/** A database of its own on the PostgreSQL server that `REGAIN_TEST_POSTGRES_URL` names; none without it. */
export function createDatabase(): { url: string; drop: () => void } | undefined {
  const base = process.env['REGAIN_TEST_POSTGRES_URL'];
  if (!base) return undefined;
  const name = `regain_e2e_${randomBytes(6).toString('hex')}`;
  run(base, `create database ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(base, `drop database if exists ${name} with (force)`) };
}

function run(url: string, sql: string): void {
  execFileSync('psql', ['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', '--command', sql, url], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
