import { mongo, MongooseError } from 'mongoose';

const DUPLICATE_KEY = 11_000;

/** A document, an index or a cursor was changed, dropped or killed while it was in use: WriteConflict, IndexNotFound, CursorKilled. */
const CODES_OF_CONTENTION: ReadonlySet<number> = new Set([27, 43, 112, 175, 237, 276]);

/** A server that steps down, shuts down, interrupts, lost its majority or ran out of time, as the manual numbers its errors. */
const CODES_OF_ABSENCE: ReadonlySet<number> = new Set([
  6, 7, 24, 50, 64, 89, 91, 100, 133, 134, 189, 202, 262, 384, 9_001, 10_058, 10_107, 11_600, 11_601, 11_602, 13_435, 13_436,
]);

/** MaxTimeMSExpired, WriteConcernTimeout, ExceededTimeLimit. */
const CODES_OF_LATENESS: ReadonlySet<number> = new Set([50, 64, 262]);

/** Failures that the driver does not count as network errors, and that mean that there is no answer, as when closing ends sessions. */
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

/** Another document, or the same one written by another call, stands under this key. */
export const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && codesOf(error).includes(DUPLICATE_KEY);

/** Contention: nothing was done, so a repetition is safe and likely to help. FerretDB says so in its message only. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof mongo.MongoServerError)) return false;
  const words = [error.message, ...writeErrorsOf(error).map(({ errmsg }) => errmsg)];
  return codesOf(error).some((code) => CODES_OF_CONTENTION.has(code)) || words.some((text) => text?.includes('database is locked'));
}

/** The connection broke during the call: another primary, or a new connection, can answer at once. No timeouts: they would repeat. */
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

/** Mongoose gives a connection that is not open no error name of its own. */
const CLOSED = /not connected|force closed|initial connection/;

function codesOf(error: Error): readonly number[] {
  const codes = writeErrorsOf(error).map(({ code }) => code);
  return 'code' in error && typeof error.code === 'number' ? [error.code, ...codes] : codes;
}

function writeErrorsOf(error: Error): readonly mongo.WriteError[] {
  return error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [];
}
