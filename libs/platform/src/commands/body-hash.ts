import { hash } from 'node:crypto';
import type { Vault } from '@onedoor/engine';
import type { Reference } from '@onedoor/kernel';

/** Before a hash that was made by a key. */
const KEYED = 'mac:';

/**
 * The hash of a body in which people wrote something, by the key of its request: without the key it can not be found out by trying what was
 * written. Null after an erasure.
 */
export async function keyedHash(vault: Pick<Vault, 'mac'>, reference: Reference, body: string): Promise<string | null> {
  const mac = await vault.mac(reference, body);
  return mac && KEYED + mac;
}

export const isKeyedHash = (kept: string | undefined): boolean => kept?.startsWith(KEYED) === true;

/** The hash of a body that stands in its event in clear anyway. */
export const plainHash = (body: string): string => hash('sha256', body, 'hex');

/**
 * Whether a retry may be the request that was kept. It is not compared after an erasure, when it has no hash, nor with a hash that an
 * earlier release made without a key.
 */
export const mayBeSameBody = (kept: string | undefined, now: string | undefined): boolean =>
  kept === now || now === undefined || (isKeyedHash(now) && !isKeyedHash(kept));
