import { PROBLEM_DETAILS_FORM, type ErrorForm } from '../http/error-form.js';
import type { Problem } from '../http/problem.js';
import { headersFor } from './answer-headers.js';

/** A refusal, ready to be written by a framework or to a socket. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Renders each refusal in the form of the interface that was asked, wherever it was found out. */
export class ErrorAnswers {
  constructor(
    private readonly forms: readonly ErrorForm[],
    private readonly isBehindTls = false,
  ) {}

  /** `url`: what was asked for, however malformed. Nothing of it is in the answer. */
  of(problem: Problem, url: string): ErrorAnswer {
    const path = pathOf(url);
    const { contentType, body } = this.formOf(path).render(problem, path);
    return {
      status: problem.status,
      headers: {
        ...this.headersAt(path),
        'content-type': contentType,
        ...(problem.retryAfterSeconds !== undefined && { 'retry-after': String(problem.retryAfterSeconds) }),
        ...(problem.status === 401 && { 'www-authenticate': 'Bearer' }),
        ...problem.headers,
      },
      body,
    };
  }

  /** The headers that every answer at a path has, unless its route sets its own. */
  headersAt(url: string): Readonly<Record<string, string>> {
    return headersFor({ isBehindTls: this.isBehindTls, isOpenToAllOrigins: this.isOpenToAllOrigins(url) });
  }

  isOpenToAllOrigins(url: string): boolean {
    return this.formOf(pathOf(url)).isOpenToAllOrigins === true;
  }

  private formOf(path: string): ErrorForm {
    return this.forms.find(({ prefix }) => path.startsWith(prefix)) ?? PROBLEM_DETAILS_FORM;
  }
}

export const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? '/';
