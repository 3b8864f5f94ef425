import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRegain } from './cli.ts';
import { DEMO_PASSWORD, type Server } from './server.ts';
import type { AppCode } from './totp.ts';

export const GROUP = 'SSPR-Test-Group';

export interface Person {
  upn: string;
  displayName: string;
  givenName: string;
  surname: string;
  password: string;
  /** Alternate email that an administrator entered or the person registered. */
  email: string;
  /** `+1 4255550123` */
  mobile: string;
  office: string;
  app?: AppCode;
}

export interface Wanted {
  /** An administrator enters the alternate email. */
  email?: boolean;
  /** An administrator enters the mobile phone. */
  mobile?: boolean;
  /** An administrator enters the office phone. */
  office?: boolean;
  blocked?: boolean;
  groups?: string[];
  roles?: string[];
  givenName?: string;
  surname?: string;
}

/** A password that both profiles accept and nobody has. */
export function strongPassword(): string {
  return `Kx${randomBytes(12).toString('base64url').replace(/[-_]/g, '7')}#${randomBytes(4).toString('hex')}`;
}

export function word(length = 8): string {
  const letters = 'bcdfghjklmnpqrstvwxz';
  return [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('');
}

function digits(count: number): string {
  return [...randomBytes(count)].map((byte) => String(byte % 10)).join('');
}

/** Makes people the way an administrator does in bulk: with Entra's CSV files. */
export class People {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  async add(wanted: Wanted = {}): Promise<Person> {
    const person = this.invent(wanted);
    const file = this.#file('users', userFile(person, wanted));
    await mustRegain(this.#server, ['user', 'import', file]);
    for (const group of wanted.groups ?? []) await this.join(group, person.upn);
    for (const role of wanted.roles ?? []) await mustRegain(this.#server, ['role', 'grant', person.upn, role]);
    return person;
  }

  /** Somebody who is in scope and can reset at once: an administrator entered email and mobile. */
  ready(wanted: Wanted = {}): Promise<Person> {
    return this.add({ email: true, mobile: true, groups: [GROUP], ...wanted });
  }

  /** Names and addresses of somebody who does not exist. */
  invent(wanted: Wanted = {}): Person {
    const name = word();
    const givenName = wanted.givenName ?? `Q${name.slice(0, 4)}`;
    const surname = wanted.surname ?? `V${name.slice(4)}`;
    return {
      upn: `${name}@contoso.example`,
      displayName: `${givenName} ${surname}`,
      givenName,
      surname,
      password: strongPassword(),
      email: `${name}@mail.example`,
      mobile: `+371 2${digits(7)}`,
      office: `+371 6${digits(7)}`,
    };
  }

  demo(name: string): Person {
    const person = this.invent();
    return { ...person, upn: `${name}@contoso.example`, password: DEMO_PASSWORD };
  }

  async join(group: string, member: string): Promise<void> {
    const file = this.#file(
      'members',
      ['version:v1.0', 'Member object ID or user principal name [memberObjectIdOrUpn] Required', member].join('\r\n'),
    );
    await mustRegain(this.#server, ['group', 'add-member', group, '--file', file]);
  }

  async block(person: Person): Promise<void> {
    await mustRegain(this.#server, ['user', 'block', person.upn]);
  }

  /** The primary address is the UPN; an import knows none. */
  async setMail(person: Person): Promise<void> {
    await mustRegain(this.#server, ['user', 'set', person.upn, '--mail', person.upn]);
  }

  async delete(person: Person): Promise<void> {
    await mustRegain(this.#server, ['user', 'delete', person.upn]);
  }

  async leave(group: string, person: Person): Promise<void> {
    await mustRegain(this.#server, ['group', 'remove-member', group, person.upn]);
  }

  async grant(person: Person, role: string): Promise<void> {
    await mustRegain(this.#server, ['role', 'grant', person.upn, role]);
  }

  #file(kind: string, text: string): string {
    const file = join(this.#server.dataDir, `${kind}-${word()}.csv`);
    writeFileSync(file, `${text}\r\n`);
    return file;
  }
}

function userFile(person: Person, wanted: Wanted): string {
  const columns: [string, string][] = [
    ['Name [displayName] Required', person.displayName],
    ['User name [userPrincipalName] Required', person.upn],
    ['Initial password [passwordProfile] Required', person.password],
    ['Block sign in (Yes/No) [accountEnabled] Required', wanted.blocked ? 'Yes' : 'No'],
    ['First name [givenName]', person.givenName],
    ['Last name [surname]', person.surname],
    ['Office phone [telephoneNumber]', wanted.office ? person.office : ''],
    ['Mobile phone [mobile]', wanted.mobile ? person.mobile : ''],
    ['Alternate email [otherMails]', wanted.email ? person.email : ''],
  ];
  const row = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  return ['version:v1.0', columns.map(([name]) => name).join(','), row(columns.map(([, value]) => value))].join('\r\n');
}
