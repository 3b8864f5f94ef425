import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { certificates } from './certificate.ts';
import { parseMail, type Mail } from './mime.ts';
import type { Message } from './outbox.ts';
import { freePort } from './server.ts';

export interface Received extends Mail {
  from: string;
  to: string[];
  /** Whether the connection was encrypted, and who had signed in. */
  secure: boolean;
  user: string | undefined;
}

const USER = 'regain';
const PASSWORD = 'mail-gate-41';

/** A real mail server: TLS from the first byte, and nobody sends who has not signed in. */
export class MailServer {
  readonly received: Received[] = [];
  readonly port: number;
  readonly #server: SMTPServer;
  readonly #authority: string;

  private constructor(port: number) {
    const { authority, certificate, key } = certificates();
    this.port = port;
    this.#authority = authority;
    this.#server = new SMTPServer({
      secure: true,
      cert: certificate,
      key,
      authMethods: ['PLAIN', 'LOGIN'],
      onAuth: (login, _session, done) =>
        login.username === USER && login.password === PASSWORD ? done(null, { user: USER }) : done(new Error('wrong password')),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          this.received.unshift({
            ...parseMail(Buffer.concat(chunks)),
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map((one) => one.address),
            secure: session.secure,
            user: session.user,
          });
          done();
        });
      },
    });
    this.#server.on('error', () => undefined);
  }

  static async start(): Promise<MailServer> {
    const mail = new MailServer(await freePort());
    const listening = mail.#server.listen(mail.port, '127.0.0.1');
    await once(listening, 'listening');
    return mail;
  }

  /** What the product has to be told: where the server is, and which authority to trust. */
  environment(folder: string): Record<string, string> {
    const file = join(folder, 'authority.pem');
    writeFileSync(file, this.#authority);
    return {
      REGAIN_SMTP_URL: `smtps://${USER}:${PASSWORD}@localhost:${this.port}`,
      REGAIN_MAIL_FROM: 'Contoso <no-reply@contoso.example>',
      SSL_CERT_FILE: file,
    };
  }

  /** In the form of the demo outbox, newest first. */
  messages(): Message[] {
    return this.received.map((mail, index) => ({
      id: String(index),
      channel: 'email',
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      at: mail.headers.get('date') ?? '',
    }));
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) => this.#server.close(done));
  }
}
