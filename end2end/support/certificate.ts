import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

// As much of DER (ITU-T X.690) as a certificate needs.
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length;
  // As few bytes as will do: anything longer is not DER.
  const size = Buffer.from(length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), size, body]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const set = (...parts: Buffer[]) => der(0x31, ...parts);
const octets = (body: Buffer) => der(0x04, body);
const bits = (body: Buffer) => der(0x03, Buffer.from([0]), body);
const utf8 = (text: string) => der(0x0c, Buffer.from(text));
const boolean = (value: boolean) => der(0x01, Buffer.from([value ? 0xff : 0]));
const integer = (body: Buffer) => der(0x02, body);
const time = (at: Date) => der(0x17, Buffer.from(at.toISOString().replace(/[-:T]/g, '').slice(2, 14) + 'Z'));

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const name = (text: string) => sequence(set(sequence(oid('2.5.4.3'), utf8(text))));
const extension = (id: string, critical: boolean, body: Buffer) =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(body));

interface Subject {
  name: string;
  key: KeyObject;
  extensions: Buffer[];
}

function issue(subject: Subject, issuer: string, signer: KeyObject): Buffer {
  const day = 86_400_000;
  const validity = sequence(time(new Date(Date.now() - day)), time(new Date(Date.now() + 5 * 365 * day)));
  const serial = integer(Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    serial,
    ECDSA_SHA256,
    name(issuer),
    validity,
    name(subject.name),
    subject.key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...subject.extensions)),
  );
  return sequence(body, ECDSA_SHA256, bits(sign('sha256', body, signer)));
}

const pem = (body: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${body.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** A certificate authority of the test's own, and what it issued for `localhost`. */
export function certificates(): { authority: string; certificate: string; key: string } {
  const root = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyId = createHash('sha1').update(root.publicKey.export({ type: 'spki', format: 'der' })).digest();
  const authority = issue(
    {
      name: 'Test authority',
      key: root.publicKey,
      extensions: [
        extension('2.5.29.19', true, sequence(boolean(true))),
        extension('2.5.29.15', true, der(0x03, Buffer.from([1, 0x06]))),
        extension('2.5.29.14', false, octets(keyId)),
      ],
    },
    'Test authority',
    root.privateKey,
  );
  const certificate = issue(
    {
      name: 'localhost',
      key: leaf.publicKey,
      extensions: [
        extension('2.5.29.17', false, sequence(der(0x82, Buffer.from('localhost')))),
        extension('2.5.29.37', false, sequence(oid('1.3.6.1.5.5.7.3.1'))),
      ],
    },
    'Test authority',
    root.privateKey,
  );
  const key = leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { authority: pem(authority), certificate: pem(certificate), key };
}
