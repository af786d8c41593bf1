import { titleOf, type Problem } from './problem.js';

/** The error form of one interface, chosen by the prefix of the path. */
export interface ErrorForm {
  readonly prefix: string;
  /** Whether pages of any origin may read the interface's answers: those that browsers are told so with each, refusals included. */
  readonly isOpenToAllOrigins?: boolean;
  render(problem: Problem, path: string): { readonly contentType: string; readonly body: string };
}

/** RFC 9457 problem details, for every interface that has no form of its own. */
export const PROBLEM_DETAILS_FORM: ErrorForm = {
  prefix: '/',
  render: (problem) => ({
    contentType: 'application/problem+json; charset=utf-8',
    body: JSON.stringify({ status: problem.status, title: titleOf(problem), detail: problem.details.join('; '), code: problem.code }),
  }),
};
