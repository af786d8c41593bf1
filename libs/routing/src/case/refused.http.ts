import type { Rejection } from '@onedoor/kernel';
import { RequestProblem } from '@onedoor/platform';

/** What is not a rule of the business has a status of its own; every other refusal is a conflict with how the case stands. */
const STATUSES: Readonly<Record<string, number>> = {
  CASE_UNKNOWN: 404,
  CASE_OF_OTHERS: 403,
  CASE_CHANGED: 412,
  IDEMPOTENCY_KEY_REUSED: 422,
};

/** A refusal as HTTP says it, with its code. */
export const refused = ({ code, detail }: Rejection): RequestProblem => new RequestProblem(STATUSES[code] ?? 409, [detail], { code });
