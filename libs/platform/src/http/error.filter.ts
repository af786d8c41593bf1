import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Alarm } from '@onedoor/engine';
import { ErrorAnswers } from '../edge/error-answers.js';
import type { ErrorForm } from './error-form.js';
import { problemOf } from './problem.js';

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
}

/** Turns every error into an answer, also one that was thrown before a controller was reached. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly answers: ErrorAnswers;

  constructor(
    private readonly alarm: Alarm,
    forms: readonly ErrorForm[],
  ) {
    this.answers = new ErrorAnswers(forms);
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { url } = host.switchToHttp().getRequest<FailedRequest>();
    const { status, headers, body } = this.answers.of(problemOf(thrown, this.alarm), url);
    const reply = host.switchToHttp().getResponse<Reply>();
    for (const [name, value] of Object.entries(headers)) reply.header(name, value);
    reply.code(status).send(body);
  }
}
