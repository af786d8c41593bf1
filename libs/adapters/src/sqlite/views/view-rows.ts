import { crc32 } from 'node:zlib';

/*
 * The column `crc` of `views.db`: it shows whether a row is as it was written. It is cheaper than a digest, and enough for what can be made
 * again. Rows that a release before wrote have none. Only node is imported: the writer's thread loads this file too.
 */

export const documentCrc = (id: string, position: string, body: string | null): number => crc32(`${id}\n${position}\n${body ?? ''}`);
export const messageCrc = (topic: string, event: string): number => crc32(`${topic}\n${event}`);
export const checkpointCrc = (name: string, position: string): number => crc32(`${name}\n${position}`);
export const offsetCrc = (group: string, topic: string, seq: number): number => crc32(`${group}\n${topic}\n${seq}`);

/** Whether a row is as it was written; one without a checksum passes. */
export const isWhole = (written: unknown, crc: number): boolean => written === null || written === crc;

/** A row that must not be gone on with: an altered message would become a fact, and an altered checkpoint would skip events. */
export const altered = (what: string): Error =>
  new Error(`The ${what} in views.db is not as it was written: stop OneDoor and delete views.db, which is made again from the log`);
