import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ConcurrencyConflict, Unavailable } from '@onedoor/engine';
import type { Alarm } from '@onedoor/engine';

/** What went wrong with a request, before any interface puts it into its own form. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  /** What to do about it; never personal data, never an inner message. */
  readonly detail: string;
  readonly retryAfterSeconds?: number;
}

/** Turns whatever was thrown into a problem. Only our own bugs are 500, and only those are alarmed. */
export function problemOf(thrown: unknown, alarm: Alarm): Problem {
  if (thrown instanceof HttpException) {
    const body = thrown.getResponse();
    const message = typeof body === 'object' && 'message' in body ? body.message : thrown.message;
    return { status: thrown.getStatus(), title: thrown.name, detail: Array.isArray(message) ? message.join('; ') : String(message) };
  }
  if (thrown instanceof Unavailable || thrown instanceof ConcurrencyConflict) {
    return { status: 503, title: 'Unavailable', detail: 'The request could not be kept just now; send it again', retryAfterSeconds: 1 };
  }
  // What Fastify refuses before a controller sees it: an unreadable body, one that is too large, a wrong content type.
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, title: 'Bad request', detail: (thrown as Error).message };
  }
  alarm('request failed', { reason: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
  return { status: 500, title: 'Internal error', detail: 'OneDoor failed; the failure was recorded' };
}

/** The part of Fastify's reply that filters need. */
export interface Reply {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  type(contentType: string): Reply;
  send(body: unknown): unknown;
}

/** RFC 9457 problem details, for every interface that has no error form of its own. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly alarm: Alarm) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { retryAfterSeconds, ...problem } = problemOf(thrown, this.alarm);
    const reply = host.switchToHttp().getResponse<Reply>();
    if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
    reply.code(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
  }
}
