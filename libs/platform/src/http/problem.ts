import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { ConcurrencyConflict, DamagedKey, Unavailable, type Alarm } from '@onedoor/engine';

/** Why a request failed, before an interface renders it in its own form. */
export interface Problem {
  readonly status: number;
  /** One line for each error, naming its field; never personal data, never an internal message. */
  readonly details: readonly string[];
  /** Stable and UPPER_CASE, where clients may branch on it. */
  readonly code?: string;
  readonly retryAfterSeconds?: number;
  /** Headers that the status asks for, such as `Allow`; their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Lines of one answer. Beyond it a line says how many more there are: a caller corrects these first. */
const LINES_MOST = 50;

/** A refusal that the client can correct, with one line for each error, up to fifty. */
export class RequestProblem extends HttpException {
  readonly details: readonly string[];

  constructor(
    status: number,
    details: readonly string[],
    readonly more: Pick<Problem, 'code' | 'retryAfterSeconds' | 'headers'> = {},
  ) {
    const told =
      details.length > LINES_MOST ? [...details.slice(0, LINES_MOST), `and ${details.length - LINES_MOST} more like these`] : details;
    super(told.join('; '), status);
    this.details = told;
  }
}

export const problemOfRefusal = (refusal: RequestProblem): Problem => ({
  status: refusal.getStatus(),
  details: refusal.details,
  ...refusal.more,
});

/** Turns any thrown value into a problem. Only bugs of OneDoor are 500; those raise an alarm, and so does a damaged key. */
export function problemOf(thrown: unknown, alarm: Alarm): Problem {
  if (thrown instanceof RequestProblem) return problemOfRefusal(thrown);
  if (thrown instanceof HttpException) return { status: thrown.getStatus(), details: [thrown.message] };
  if (thrown instanceof Unavailable || thrown instanceof ConcurrencyConflict) {
    return { status: 503, details: ['It could not be kept just now; send it again'], retryAfterSeconds: 1 };
  }
  if (thrown instanceof DamagedKey) {
    alarm('sealed text does not open', { texts: 1, first: thrown.message });
    return {
      status: 503,
      details: ['What is sealed under this reference is damaged, and has to be restored first'],
      retryAfterSeconds: 60,
    };
  }
  // What the HTTP server refuses before a controller sees it: an unreadable body, one that is too large, too many posts.
  const { statusCode: status } = (thrown ?? {}) as { readonly statusCode?: unknown };
  if (typeof status === 'number' && status >= 400 && status < 500) return { status, details: [wordsOf(status)] };
  alarm('request failed', { reason: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  return { status: 500, details: ['OneDoor failed; the failure was recorded'] };
}

/** What the framework refuses, in our words: its own quote the URL or the body. */
export const wordsOf = (status: number): string => WORDS[status] ?? 'The request is refused';

const WORDS: Readonly<Record<number, string>> = {
  400: 'The request can not be read to its end',
  404: 'There is nothing at this path',
  408: 'The request did not come in whole within its time',
  413: 'body: is larger than this path takes',
  414: 'A part of the path is too long',
  415: 'Content-Type: is none that this path takes',
  417: 'Expect: only 100-continue is met',
  429: 'Too many requests: try again later',
  431: 'The headers and the URL are too long',
};

/** The reason phrase of a status. */
export const titleOf = ({ status }: Problem): string => STATUS_CODES[status] ?? 'Error';
