import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Alarm } from '@onedoor/engine';
import { problemOf, titleOf, type Problem } from './problem.js';

/** The error form of one interface, chosen by the prefix of the path. */
export interface ErrorForm {
  readonly prefix: string;
  render(problem: Problem, path: string): { readonly contentType: string; readonly body: string };
}

/** RFC 9457 problem details, for every interface that has no form of its own. */
const PROBLEM_DETAILS_FORM: ErrorForm = {
  prefix: '/',
  render: (problem) => ({
    contentType: 'application/problem+json; charset=utf-8',
    body: JSON.stringify({ status: problem.status, title: titleOf(problem), detail: problem.details.join('; '), code: problem.code }),
  }),
};

/** The part of Fastify's reply that controllers and filters need. */
export interface Reply {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  type(contentType: string): Reply;
  send(body: unknown): unknown;
}

/** The part of Fastify's request that the filter reads. */
interface FailedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undefined until it was read. */
  readonly body?: unknown;
}

/** Turns every error into an answer, also one that was thrown before a controller was reached. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly alarm: Alarm,
    private readonly forms: readonly ErrorForm[],
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { url, headers, body: read } = host.switchToHttp().getRequest<FailedRequest>();
    const isBodyUnread = read === undefined && headers['content-type']?.startsWith('multipart/') === true;
    const problem = problemOf(thrown, this.alarm, isBodyUnread);
    const [path = '/'] = url.split('?');
    const form = this.forms.find(({ prefix }) => path.startsWith(prefix)) ?? PROBLEM_DETAILS_FORM;
    const { contentType, body } = form.render(problem, path);
    const reply = host.switchToHttp().getResponse<Reply>();
    if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
    reply.code(problem.status).type(contentType).send(body);
  }
}
