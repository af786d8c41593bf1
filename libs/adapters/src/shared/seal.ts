import type { Reference } from '@onedoor/kernel';
import { createCipheriv, createDecipheriv, createHmac, randomFillSync } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: nonce, ciphertext and tag in one. The reference is authenticated too, so that nothing opens under another one. */
export function seal(key: Uint8Array, reference: Reference, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(reference));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** Throws for anything that was not sealed with this key under this reference. */
export function unseal(key: Uint8Array, reference: Reference, sealed: Uint8Array): string {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new Error(`What is sealed under ${reference} was cut short`);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(reference))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  return decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

/** HMAC-SHA-256 by a key that is derived from the sealing key, so that one key serves one purpose. */
export function mac(key: Uint8Array, reference: Reference, text: string): string {
  const derived = createHmac('sha256', key).update('onedoor mac').digest();
  return createHmac('sha256', derived).update(`${reference}\n`).update(text, 'utf8').digest('base64url');
}

/** Random bytes are drawn in large batches: asking the system for a dozen costs as much as for thousands. */
const POOL = Buffer.alloc(4_096);
let drawn = POOL.length;

/** Unpredictable bytes, each handed out once and wiped from the pool. */
export function randomBytes(count: number): Buffer {
  if (drawn + count > POOL.length) {
    randomFillSync(POOL);
    drawn = 0;
  }
  const bytes = Buffer.from(POOL.subarray(drawn, drawn + count));
  POOL.fill(0, drawn, drawn + count);
  drawn += count;
  return bytes;
}
