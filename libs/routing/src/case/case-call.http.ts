import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { parseReference, type Reference } from '@onedoor/kernel';
import { readTraceparent, RequestProblem, type Principal } from '@onedoor/platform';
import type { CaseCall } from './case-desk.service.js';

interface CaseRequest {
  readonly params: { readonly reference?: string };
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly principal?: Principal;
}

/** Who calls for which case, on which edition of it: everything about a command but its body. */
export const CurrentCaseCall = createParamDecorator((_: unknown, context: ExecutionContext): CaseCall => {
  const { params, headers, principal } = context.switchToHttp().getRequest<CaseRequest>();
  if (principal === undefined) throw new Error('Broken guarantee: only who signed in works on cases');
  const traceparent = headers['traceparent'];
  return {
    reference: referenceOf(params.reference ?? ''),
    principal,
    edition: editionOf(headers['if-match']),
    idempotencyKey: idempotencyKeyOf(headers['idempotency-key']),
    traceparent: traceparent !== undefined && readTraceparent(traceparent) !== null ? traceparent : null,
  };
});

/** The edition that an entity tag names, as it is sent with every case. */
export const tagOf = (edition: number): string => `"${edition}"`;

/** Throws a 404 for what can be no reference. */
export function referenceOf(text: string): Reference {
  const reference = parseReference(text);
  if (reference === null) throw new RequestProblem(404, ['There is no case under this reference'], { code: 'CASE_UNKNOWN' });
  return reference;
}

function editionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined)
    throw new RequestProblem(428, ['If-Match: is required, with the ETag that the case was read with'], { code: 'IF_MATCH_REQUIRED' });
  const edition = /^"([1-9]\d{0,8})"$/.exec(ifMatch)?.[1];
  if (edition === undefined) throw new RequestProblem(400, ['If-Match: must be one ETag of a case, such as "3"']);
  return Number(edition);
}

const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,255}$/;

function idempotencyKeyOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (!IDEMPOTENCY_KEY.test(header)) throw new RequestProblem(400, ['Idempotency-Key: must be 1 to 255 visible ASCII characters']);
  return header;
}
