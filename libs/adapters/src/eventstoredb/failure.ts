import { ErrorType } from '@eventstore/db-client';

const UNAVAILABLE_CODE = 14;

/** After these nobody knows whether anything happened, or it surely did not; asking again is right in either case. */
const TRANSIENT: ReadonlySet<unknown> = new Set([
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.CANCELLED,
  ErrorType.UNAVAILABLE,
  ErrorType.NOT_LEADER,
  ErrorType.UNKNOWN,
]);

/** A read that took too long: the client itself would wait for ever. */
export class ReadTimeout extends Error {
  override readonly name = 'ReadTimeout';
}

export function isTransient(error: unknown): boolean {
  return error instanceof ReadTimeout || TRANSIENT.has(typeOf(error)) || codeOf(error) === UNAVAILABLE_CODE || isUndiscovered(error);
}

/** No node of the cluster answered; this client never will again. */
export const isUndiscovered = (error: unknown): boolean => error instanceof Error && error.message.startsWith('Failed to discover');

/** An error that the server itself cannot name: besides much else, a position at which no event begins. */
export const isUnknown = (error: unknown): boolean => typeOf(error) === ErrorType.UNKNOWN;

export const isStreamNotFound = (error: unknown): boolean => typeOf(error) === ErrorType.STREAM_NOT_FOUND;

/** The kind of failure, and nothing of what it was about. */
export const nameOf = (error: unknown): string => String(typeOf(error) ?? (error instanceof Error ? error.name : 'failure'));

const typeOf = (error: unknown): unknown => (error instanceof Error && 'type' in error ? error.type : undefined);
const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
