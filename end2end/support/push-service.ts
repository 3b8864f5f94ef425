import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { WebSocketServer, type WebSocket } from 'ws';

/** A message as it passed through: what somebody who runs a push service sees. */
export interface Passed {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What a browser says over its connection; more fields exist, and are of no use here. */
interface Said {
  messageType?: 'hello' | 'register' | 'unregister' | 'ack' | 'nack';
  channelID?: string;
}

/**
 * A push service on this machine: browsers connect by WebSocket as they do to Mozilla's, servers post messages by HTTP
 * (RFC 8030). One browser, any number of subscriptions.
 */
export class PushService {
  readonly passed: Passed[] = [];
  /** What it answers to messages: 201 takes them, 410 says that the subscription is over. */
  answer = 201;
  readonly #http = createServer((request, reply) => void this.#take(request, reply));
  readonly #sockets = new WebSocketServer({ server: this.#http });
  readonly #channels = new Map<string, WebSocket>();

  private constructor() {
    this.#sockets.on('connection', (socket) => {
      socket.on('message', (data) => this.#hear(socket, JSON.parse(String(data)) as Said));
    });
  }

  static async start(): Promise<PushService> {
    const service = new PushService();
    service.#http.listen(0, '127.0.0.1');
    await once(service.#http, 'listening');
    return service;
  }

  get #authority(): string {
    return `127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Where messages are posted, without a path. */
  get origin(): string {
    return `http://${this.#authority}`;
  }

  /** Where the browser connects to. */
  get url(): string {
    return `ws://${this.#authority}/`;
  }

  /** How many subscriptions there are. */
  get subscriptions(): number {
    return this.#channels.size;
  }

  #hear(socket: WebSocket, said: Said): void {
    const say = (answer: object): void => socket.send(JSON.stringify(answer));
    const channelID = said.channelID ?? '';
    switch (said.messageType) {
      case 'hello':
        return say({ messageType: 'hello', uaid: randomUUID(), status: 200, use_webpush: true, broadcasts: {} });
      case 'register':
        this.#channels.set(channelID, socket);
        return say({ messageType: 'register', channelID, status: 200, pushEndpoint: `http://${this.#authority}/${channelID}` });
      case 'unregister':
        this.#channels.delete(channelID);
        return say({ messageType: 'unregister', channelID, status: 200 });
      case undefined:
        // A ping is an empty object, and so is its answer.
        return say({});
      default:
        return;
    }
  }

  async #take(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    this.passed.push({ headers: request.headers, body });
    const channelID = (request.url ?? '').slice(1);
    const socket = this.#channels.get(channelID);
    const status = socket === undefined ? 410 : this.answer;
    if (status === 201) {
      const headers = { encoding: request.headers['content-encoding'] };
      const data = body.toString('base64url');
      socket?.send(JSON.stringify({ messageType: 'notification', channelID, version: randomUUID(), data, headers }));
    }
    reply.writeHead(status).end();
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, 'close');
  }
}
