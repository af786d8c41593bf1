import { hash } from 'node:crypto';
import { digestOf } from '../../shared/digest.js';
import type { EventRow } from './log-jobs.js';

/* What the columns `proof` of `log.db` are made of. */

/** The digest of one event's row as it is stored, with its stream by name, in the log of this origin: in another log it is another one. */
export function eventDigest(origin: string, position: number, stream: string, revision: number, row: EventRow): string {
  const [id, type, v, at, recordedAt, data, metadata] = row;
  return digestOf(`${origin}\n${position}\n${stream}\n${revision}\n${id}\n${type}\n${v}\n${at}\n${recordedAt}\n${data}\n${metadata}`);
}

/** The proof of what a log is called. */
export const identityProof = (incarnation: string, origin: string): string => digestOf(`${incarnation} ${origin}`);

/** A row of the vault, of which any part may be absent. */
export interface VaultRow {
  readonly reference: string;
  readonly key: Uint8Array | null;
  readonly contact: Uint8Array | null;
  readonly isErased: boolean;
}

/** The proof of a row of the vault, in hexadecimal. Its key can not be found from it: a key is chance, and as long. */
export function vaultProof(origin: string, { reference, key, contact, isErased }: VaultRow): string {
  return hash('sha256', `${origin}\n${reference}\n${hex(key)}\n${hex(contact)}\n${isErased}`, 'hex').slice(0, 32);
}

const hex = (bytes: Uint8Array | null): string =>
  bytes === null ? '-' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

/** How many rows the vault holds, and the exclusive or of their proofs: kept in `meta`, so that a row that is gone is noticed. */
export interface VaultTotal {
  readonly rows: number;
  readonly sum: bigint;
}

export const EMPTY_VAULT: VaultTotal = { rows: 0, sum: 0n };

/** The total after a row was added (`former` is null) or changed. */
export const totalWith = ({ rows, sum }: VaultTotal, former: string | null, proof: string): VaultTotal => ({
  rows: rows + (former === null ? 1 : 0),
  sum: sum ^ numberOf(proof) ^ (former === null ? 0n : numberOf(former)),
});

export const writtenTotal = ({ rows, sum }: VaultTotal): string => `${rows} ${sum.toString(16)}`;

/** Null where the text is none that was written. */
export function readTotal(text: string): VaultTotal | null {
  const [, rows, sum] = /^(\d{1,15}) ([0-9a-f]{1,32})$/.exec(text) ?? [];
  return rows === undefined || sum === undefined ? null : { rows: Number(rows), sum: numberOf(sum) };
}

const numberOf = (digits: string): bigint => BigInt(`0x${digits}`);
