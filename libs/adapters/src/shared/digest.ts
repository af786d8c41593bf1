import { hash } from 'node:crypto';

/*
 * Events are chained: each has a proof, which shows whether it is as it was written, and behind which one. Against damage, not against an
 * owner of the log, who could compute it anew. Only node is imported: the writer's thread loads this file too.
 */

/** Characters of a digest, in base64url: 132 bits. */
const DIGEST_CHARACTERS = 22;

export const digestOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, DIGEST_CHARACTERS);

/** The proof of an event: its digest, and a digest of that with the proof of the event before it (an empty text before the first). */
export const proofOf = (before: string, digest: string): string => digest + digestOf(before + digest);

/** Whether an event is as it was written, by its own proof alone. */
export const isAsWritten = (proof: unknown, digest: string): boolean => typeof proof === 'string' && proof.startsWith(digest);
