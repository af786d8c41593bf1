import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { ConcurrencyConflict, Unavailable, type Alarm } from '@onedoor/engine';

/** What went wrong with a request, before an interface puts it into its own form. */
export interface Problem {
  readonly status: number;
  /** One line for each thing to mend, naming its field; never personal data, never an inner message. */
  readonly details: readonly string[];
  /** Stable and UPPER_CASE, where clients may branch on it. */
  readonly code?: string;
  readonly retryAfterSeconds?: number;
}

/** A refusal that a client can mend, with one line for each thing that is wrong. */
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
 * Turns whatever was thrown into a problem. Only our own bugs are 500, and only those are alarmed. `isBodyUnread`: it was
 * thrown while a body was being read, so it is the body's fault, whatever the reader calls it.
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

/** The words HTTP has for a status. */
export const titleOf = ({ status }: Problem): string => STATUS_CODES[status] ?? 'Error';
