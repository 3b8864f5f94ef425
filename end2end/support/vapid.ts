import { createPublicKey, verify } from 'node:crypto';

/** Who a message says it is from (RFC 8292), once its signature holds. */
export interface Sender {
  /** The public key, uncompressed. */
  key: Buffer;
  claims: { aud: string; exp: number; sub: string };
}

/** Reads the header `Authorization` of a push message, as a push service would. */
export function readVapid(header: string): Sender {
  const [, head = '', claims = '', signature = '', k = ''] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header) ?? [];
  const key = Buffer.from(k, 'base64url');
  const [x, y] = [key.subarray(1, 33), key.subarray(33)].map((half) => half.toString('base64url'));
  const publicKey = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' } });
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))) {
    throw new Error('the signature does not hold');
  }
  return { key, claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) as Sender['claims'] };
}
