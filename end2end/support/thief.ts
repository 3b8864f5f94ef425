import type { Page } from '@playwright/test';
import type { Subscription } from './firefox-phone.ts';

/** All that is to be had without the key that never leaves the phone. */
export interface Loot {
  /** The request's id, as the push message has it. */
  request: string;
  /** The right number. */
  number: string;
  /** The id under which the server knows the phone. */
  device: string;
  stolen: Subscription;
}

/** Tries to approve from another browser, in every way that is left; the status that each one gets. */
export async function answerAsThief(page: Page, loot: Loot): Promise<Record<string, number>> {
  return page.evaluate(async ({ request, number, device, stolen }) => {
    const path = '/authenticator/api/answer';
    const body = JSON.stringify({ request, decision: 'approve', number });
    const utf8 = new TextEncoder();
    const base64url = (bytes: ArrayBuffer): string =>
      btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const bytes = (text: string): Uint8Array<ArrayBuffer> =>
      Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));

    const own = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
    const auth = await crypto.subtle.importKey('raw', bytes(stolen.keys.auth), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const withOwnKey = (text: string) =>
      crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, own.privateKey, utf8.encode(text));
    const withTheirSecret = (text: string) => crypto.subtle.sign('HMAC', auth, utf8.encode(text));

    const post = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })).status;
    const signed = async (sign: (text: string) => Promise<ArrayBuffer>, as?: string): Promise<number> => {
      const [time, nonce] = [String(Date.now()), base64url(crypto.getRandomValues(new Uint8Array(16)).buffer)];
      const digest = [...new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(body)))];
      const hex = digest.map((one) => one.toString(16).padStart(2, '0')).join('');
      const signature = base64url(await sign(['regain authenticator 1', 'POST', path, time, nonce, hex].join('\n')));
      const device: Record<string, string> = as === undefined ? {} : { 'x-regain-device': as };
      return post({ 'x-regain-time': time, 'x-regain-nonce': nonce, 'x-regain-signature': signature, ...device });
    };
    return {
      unsigned: await post({}),
      'signed by another key': await signed(withOwnKey),
      'in the name of the phone': await signed(withOwnKey, device),
      'with the secret of the subscription': await signed(withTheirSecret, device),
    };
  }, loot);
}
