import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { BINARY, type Server } from './server.ts';

export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs one `regain …` command beside the server, on the same data. */
export async function regain(server: Server, args: string[], stdin = ''): Promise<Outcome> {
  const child = spawn(BINARY, args, { cwd: server.dataDir, env: server.env });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined).end(stdin);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status: status ?? -1, stdout, stderr };
}

/** The same, for commands that have to work. */
export async function mustRegain(server: Server, args: string[], stdin = ''): Promise<string> {
  const outcome = await regain(server, args, stdin);
  if (outcome.status !== 0) {
    throw new Error(`regain ${args.join(' ')} ended with ${outcome.status}\n${outcome.stderr}${outcome.stdout}`);
  }
  return outcome.stdout;
}
