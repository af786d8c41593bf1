import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { ConcurrencyConflict, Unavailable, type Alarm } from '@onedoor/engine';

/** Why a request failed, before an interface renders it in its own form. */
export interface Problem {
  readonly status: number;
  /** One line for each error, naming its field; never personal data, never an internal message. */
  readonly details: readonly string[];
  /** Stable and UPPER_CASE, where clients may branch on it. */
  readonly code?: string;
  readonly retryAfterSeconds?: number;
}

/** A refusal that the client can correct, with one line for each error. */
export class RequestProblem extends HttpException {
  constructor(
    status: number,
    readonly details: readonly string[],
    readonly more: Pick<Problem, 'code' | 'retryAfterSeconds'> = {},
  ) {
    super(details.join('; '), status);
  }
}

/**
 * Turns any thrown value into a problem. Only bugs of OneDoor are 500, and only those raise an alarm. `isBodyUnread`: it was
 * thrown while a body was being read, so the error is the body's and not OneDoor's.
 */
export function problemOf(thrown: unknown, alarm: Alarm, isBodyUnread = false): Problem {
  if (thrown instanceof RequestProblem) return { status: thrown.getStatus(), details: thrown.details, ...thrown.more };
  if (thrown instanceof HttpException) return { status: thrown.getStatus(), details: [thrown.message] };
  if (thrown instanceof Unavailable || thrown instanceof ConcurrencyConflict) {
    return { status: 503, details: ['It could not be kept just now; send it again'], retryAfterSeconds: 1 };
  }
  // What the HTTP server refuses before a controller sees it: an unreadable body, one that is too large, too many posts.
  const { statusCode: status } = (thrown ?? {}) as { readonly statusCode?: unknown };
  if (typeof status === 'number' && status >= 400 && status < 500) return { status, details: [(thrown as Error).message] };
  if (isBodyUnread) return { status: 400, details: ['The body can not be read as what its content type says'] };
  alarm('request failed', { reason: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  return { status: 500, details: ['OneDoor failed; the failure was recorded'] };
}

/** The reason phrase of a status. */
export const titleOf = ({ status }: Problem): string => STATUS_CODES[status] ?? 'Error';
