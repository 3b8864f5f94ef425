import { expect, type BrowserContext, type ConsoleMessage } from '@playwright/test';

/**
 * Looks over the shoulder of every page of a context: an error in the console (a CSP violation is one),
 * an uncaught exception, or a request that leaves the machine fails the test.
 */
export class Watch {
  readonly #errors: string[] = [];
  readonly #refusedDocuments = new Set<string>();
  readonly #failedLoads: { url: string; text: string }[] = [];

  follow(context: BrowserContext): void {
    context.on('console', (message) => this.#hear(message));
    context.on('weberror', (error) => this.#errors.push(`uncaught: ${error.error().message}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && !['localhost', '127.0.0.1'].includes(url.hostname)) {
        this.#errors.push(`a request left the machine: ${url.href}`);
      }
    });
    context.on('response', (reply) => {
      // Chromium writes an error for any 4xx; a page that refuses is expected to have one.
      if (reply.status() >= 400 && reply.status() < 500 && reply.request().isNavigationRequest()) {
        this.#refusedDocuments.add(reply.url());
      }
    });
  }

  #hear(message: ConsoleMessage): void {
    const text = message.text();
    const violation = /content security policy|permissions policy|refused to/i.test(text);
    if (message.type() !== 'error' && !violation) return;
    if (/Failed to load resource/.test(text)) {
      this.#failedLoads.push({ url: message.location().url, text });
    } else {
      this.#errors.push(`console: ${text} (${message.location().url})`);
    }
  }

  /** To be called when the test is over and every reply is in. */
  verdict(): void {
    const loads = this.#failedLoads
      .filter((one) => !this.#refusedDocuments.has(one.url))
      .map((one) => `${one.text} (${one.url})`);
    expect([...this.#errors, ...loads], 'errors in the browser').toEqual([]);
  }
}
