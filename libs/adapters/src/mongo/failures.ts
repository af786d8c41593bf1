import { mongo, MongooseError } from 'mongoose';

const DUPLICATE_KEY = 11_000;

/** A document, an index or a cursor that was changed, dropped or killed while it was in use: WriteConflict, IndexNotFound, CursorKilled, … */
const CODES_OF_CONTENTION: ReadonlySet<number> = new Set([27, 43, 112, 175, 237, 276]);

/** A server that steps down, shuts down, interrupts, lost its majority or ran out of time, as the manual numbers its errors. */
const CODES_OF_ABSENCE: ReadonlySet<number> = new Set([
  6, 7, 24, 50, 64, 89, 91, 100, 133, 134, 189, 202, 262, 384, 9_001, 10_058, 10_107, 11_600, 11_601, 11_602, 13_435, 13_436,
]);

/** MaxTimeMSExpired, WriteConcernTimeout, ExceededTimeLimit. */
const CODES_OF_LATENESS: ReadonlySet<number> = new Set([50, 64, 262]);

/** Failures of the driver that are no network error to it, and still mean that there is no answer: closing ends the sessions of what is under way. */
const NAMES_OF_ABSENCE: ReadonlySet<string> = new Set([
  'MongoClientClosedError',
  'MongoExpiredSessionError',
  'MongoNotConnectedError',
  'MongoOperationTimeoutError',
  'MongoPoolClosedError',
  'MongoServerClosedError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoWriteConcernError',
]);

/** Another document, or the same one written by somebody else, stands under this key. */
export const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && codesOf(error).includes(DUPLICATE_KEY);

/** Another call was in the way and nothing was done: asking again is safe, and likely to help. FerretDB says so in words only. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof mongo.MongoServerError)) return false;
  const words = [error.message, ...writeErrorsOf(error).map(({ errmsg }) => errmsg)];
  return codesOf(error).some((code) => CODES_OF_CONTENTION.has(code)) || words.some((text) => text?.includes('database is locked'));
}

/** It broke off while it was under way: another primary, or a new connection, can answer at once. What ran out of time would do so again. */
export function isBroken(error: unknown): boolean {
  if (error instanceof mongo.MongoNetworkError) return !(error instanceof mongo.MongoNetworkTimeoutError);
  return (
    error instanceof mongo.MongoServerError && codesOf(error).some((code) => CODES_OF_ABSENCE.has(code) && !CODES_OF_LATENESS.has(code))
  );
}

/** There is no answer now, and whether a write happened is unknown. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof mongo.MongoNetworkError) return true;
  // What ends a bulk of writes as a whole comes wrapped, without its name.
  if (error instanceof mongo.MongoBulkWriteError && isUnavailable(error.errorResponse)) return true;
  if (!(error instanceof MongooseError || error instanceof mongo.MongoError)) return false;
  return NAMES_OF_ABSENCE.has(error.name) || codesOf(error).some((code) => CODES_OF_ABSENCE.has(code)) || CLOSED.test(error.message);
}

/** Mongoose has no name of its own for a connection that is not open. */
const CLOSED = /not connected|force closed|initial connection/;

function codesOf(error: Error): readonly number[] {
  const codes = writeErrorsOf(error).map(({ code }) => code);
  return 'code' in error && typeof error.code === 'number' ? [error.code, ...codes] : codes;
}

function writeErrorsOf(error: Error): readonly mongo.WriteError[] {
  return error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];
}
