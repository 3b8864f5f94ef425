import { expect } from '@playwright/test';
import type { Server } from './server.ts';

export interface Message {
  id: string;
  channel: 'email' | 'sms' | 'voice' | 'push';
  to: string[];
  subject: string;
  text: string;
  html: string | null;
  at: string;
}

/** What left the server, newest first: from the demo outbox, or from a real mail server's boxes. */
export async function messages(server: Server): Promise<Message[]> {
  await server.runJobs();
  if (server.mailbox) return server.mailbox();
  const reply = await fetch(`${server.url}/demo/outbox.json`);
  if (!reply.ok) throw new Error(`/demo/outbox.json answered ${reply.status}`);
  return (await reply.json()) as Message[];
}

/** Numbers are compared by their digits, addresses without case. */
function sameAddress(one: string, other: string): boolean {
  if (one.includes('@') || other.includes('@')) return one.toLowerCase() === other.toLowerCase();
  return one.replace(/\D/g, '') === other.replace(/\D/g, '');
}

export async function messagesTo(server: Server, to: string): Promise<Message[]> {
  return (await messages(server)).filter((message) => message.to.some((one) => sameAddress(one, to)));
}

/** The code in a message is its text's only unbroken run of 6 to 8 digits. */
export function codeIn(message: Message): string | undefined {
  const codes = [...message.text.matchAll(/(?<!\d)\d{6,8}(?!\d)/g)].map((match) => match[0]);
  return new Set(codes).size === 1 ? codes[0] : undefined;
}

export async function codesTo(server: Server, to: string): Promise<string[]> {
  return (await messagesTo(server, to)).flatMap((message) => codeIn(message) ?? []);
}

/** The newest code for an address or number. */
export async function latestCode(server: Server, to: string): Promise<string> {
  let code: string | undefined;
  await expect
    .poll(async () => (code = (await codesTo(server, to))[0]), { message: `a code for ${to}` })
    .toBeDefined();
  return code as string;
}

/** The newest message to an address whose subject or text matches. */
export async function latestMessage(server: Server, to: string, about: RegExp): Promise<Message> {
  let found: Message | undefined;
  await expect
    .poll(
      async () => {
        found = (await messagesTo(server, to)).find((one) => about.test(one.subject) || about.test(one.text));
        return found?.subject;
      },
      { message: `a message to ${to} about ${about}` },
    )
    .toBeDefined();
  return found as Message;
}

/** A code of the same length that is not the right one. */
export function wrongCodeFor(code: string): string {
  const first = code.startsWith('9') ? '1' : '9';
  return first + code.slice(1);
}
