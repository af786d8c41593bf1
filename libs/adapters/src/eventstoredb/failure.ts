import { ErrorType, type NotLeaderError } from '@eventstore/db-client';

const UNAVAILABLE_CODE = 14;

/** After these it is unknown whether anything happened, or it surely did not; a repetition is right in either case. */
const TRANSIENT: ReadonlySet<unknown> = new Set([
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.CANCELLED,
  ErrorType.UNAVAILABLE,
  ErrorType.NOT_LEADER,
  ErrorType.UNKNOWN,
]);

/** Failures of the node or the network: in a cluster another node may lead by now. */
const OF_THE_NODE: ReadonlySet<unknown> = new Set([
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.UNAVAILABLE,
  ErrorType.NOT_LEADER,
  ErrorType.CANCELLED,
]);

/** A read that took too long: the client itself would wait for ever. */
export class ReadTimeout extends Error {
  override readonly name = 'ReadTimeout';
}

/** The client was replaced during the read, so its answer is incomplete. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

/** No reachable node is the leader. */
export class NoLeader extends Error {
  override readonly name = 'NoLeader';
}

export const isTransient = (error: unknown): boolean =>
  error instanceof ReadTimeout ||
  error instanceof BrokenOff ||
  error instanceof NoLeader ||
  TRANSIENT.has(typeOf(error)) ||
  codeOf(error) === UNAVAILABLE_CODE;

/** Whether the time of an attempt was over. */
export const isTimeout = (error: unknown): boolean => error instanceof ReadTimeout || typeOf(error) === ErrorType.DEADLINE_EXCEEDED;

/** Whether another node should be looked for, where there are several. */
export const isOfTheNode = (error: unknown): boolean =>
  error instanceof ReadTimeout || OF_THE_NODE.has(typeOf(error)) || codeOf(error) === UNAVAILABLE_CODE || isLeaderless(error);

/** An error without a type of its own: among others, a position at which no event begins. */
export const isUnknown = (error: unknown): boolean => typeOf(error) === ErrorType.UNKNOWN && !isLeaderless(error);

/** A node that knows of no leader, as while one is being elected. */
const isLeaderless = (error: unknown): boolean =>
  typeOf(error) === ErrorType.UNKNOWN && (error as Error).message.includes('No leader info');

/** The leader, as named by a node that does not lead. */
export const leaderIn = (error: unknown): { readonly address: string; readonly port: number } | null =>
  typeOf(error) === ErrorType.NOT_LEADER ? (error as NotLeaderError).leader : null;

export const isStreamNotFound = (error: unknown): boolean => typeOf(error) === ErrorType.STREAM_NOT_FOUND;
export const isStreamDeleted = (error: unknown): boolean => typeOf(error) === ErrorType.STREAM_DELETED;
export const isAccessDenied = (error: unknown): boolean => typeOf(error) === ErrorType.ACCESS_DENIED;

/** The kind of failure, and nothing of what it was about. */
const nameOf = (error: unknown): string => String(typeOf(error) ?? (error instanceof Error ? error.name : 'failure'));

/** The client has one type for all of these, and the cause in its message only. */
const CAUSES: readonly (readonly [words: RegExp, reason: string])[] = [
  [/ECONNREFUSED/, 'refuses connections'],
  [/Name resolution failed|ENOTFOUND|EAI_AGAIN/, 'its name leads nowhere'],
  [/certificate/i, 'its certificate is not trusted'],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, 'can not be reached'],
  [/UNAVAILABLE/, 'breaks connections off'],
];

/** Why a call failed, in the same words as when opening fails; else the kind of failure. Never an address or a secret. */
export function reasonOf(error: unknown): string {
  if (error instanceof NoLeader || isLeaderless(error)) return 'has no leader';
  if (isTimeout(error)) return 'answers nothing in time';
  const text = error instanceof Error ? error.message : '';
  return CAUSES.find(([words]) => words.test(text))?.[1] ?? nameOf(error);
}

const typeOf = (error: unknown): unknown => (error instanceof Error && 'type' in error ? error.type : undefined);
const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
