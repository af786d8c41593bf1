import type { Rejection } from '@onedoor/kernel';
import { RequestProblem } from '@onedoor/platform';
import type { Proof } from './account/sign-in.service.js';

const STATUSES: Readonly<Record<string, number>> = {
  ACCOUNT_UNKNOWN: 404,
  TOKEN_UNKNOWN: 404,
  ACCOUNT_EXISTS: 409,
  ACCOUNT_DISABLED: 409,
  TOKEN_EXISTS: 409,
};

/** The answer to a refusal, with its code. */
export const refused = ({ code, detail }: Rejection): RequestProblem => new RequestProblem(STATUSES[code] ?? 400, [detail], { code });

export function throwIfRefused(rejection: Rejection | null): void {
  if (rejection !== null) throw refused(rejection);
}

/** Too many failed, by this account or this client. */
export const tooManyAttempts = ({ retryAfterSeconds }: Extract<Proof, { readonly outcome: 'later' }>): RequestProblem =>
  new RequestProblem(429, ['Too many attempts: try again later'], { code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds });
