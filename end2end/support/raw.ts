import type { Server } from './server.ts';

export interface Form {
  action: string;
  fields: [string, string][];
}

/** Talks to the server without a browser's help or its good manners; keeps cookies. */
export class RawClient {
  readonly #server: Server;
  readonly #cookies = new Map<string, string>();

  constructor(server: Server) {
    this.#server = server;
  }

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ accept: 'text/html', ...(init.headers as Record<string, string> | undefined) });
    if (this.#cookies.size > 0) {
      headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const reply = await fetch(new URL(path, this.#server.url), { redirect: 'manual', ...init, headers });
    for (const cookie of reply.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(cookie)) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return reply;
  }

  /** Follows redirects by hand, so that every reply's cookies count. */
  async get(path: string): Promise<Response> {
    let reply = await this.send(path);
    for (let hops = 0; hops < 5 && reply.status >= 300 && reply.status < 400; hops += 1) {
      reply = await this.send(reply.headers.get('location') ?? '/');
    }
    return reply;
  }

  post(path: string, body: string | URLSearchParams | Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return this.send(path, {
      method: 'POST',
      body: typeof body === 'string' || body instanceof URLSearchParams ? body : new Uint8Array(body),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: this.#server.url, ...headers },
    });
  }
}

/** The page's form with the most fields, as a browser would send it untouched. */
export function formIn(html: string): Form {
  const forms = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', inner = '']) => ({
    action: attribute(attributes, 'action'),
    method: attribute(attributes, 'method').toLowerCase(),
    fields: [...inner.matchAll(/<input\b([^>]*)>/g)]
      .map(([, input = '']) => [attribute(input, 'name'), attribute(input, 'value')] as [string, string])
      .filter(([name]) => name !== ''),
  }));
  const best = forms.filter((form) => form.method === 'post').sort((one, other) => other.fields.length - one.fields.length)[0];
  if (!best) throw new Error('the page has no form');
  return best;
}

function attribute(text: string, name: string): string {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(text)?.[1] ?? '';
  return value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
