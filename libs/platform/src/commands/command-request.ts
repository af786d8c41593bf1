import type { AnyCommandSet } from '@onedoor/engine';
import { assert, type Principal } from '@onedoor/kernel';
import { RequestProblem } from '../http/problem.js';
import { readTraceparent } from '../observe/tracing.js';
import type { Parameter } from '../openapi/description.js';
import type { CommandCall } from './command-gateway.js';

/** The part of Fastify's request that a command is read from. */
export interface CommandRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly ip: string;
  readonly principal?: Principal;
}

/** Reads what a request says about a command besides its id, name and body. Throws a 400 or 428 that names the header. */
export function callOf(request: CommandRequest, set: Pick<AnyCommandSet, 'editionOf'>): Omit<CommandCall, 'id'> {
  const { headers } = request;
  return { ...callerOf(request), edition: set.editionOf === undefined ? null : editionOf(headers['if-match']) };
}

/** The same for a bulk form, where each item names its own edition. */
export function callerOf({ headers, ip, principal }: CommandRequest): Omit<CommandCall, 'id' | 'edition'> {
  assert(principal !== undefined, 'only a principal asks for a command');
  const traceparent = headers['traceparent'];
  return {
    principal,
    client: ip,
    idempotencyKey: idempotencyKeyOf(headers['idempotency-key']),
    traceparent: traceparent !== undefined && readTraceparent(traceparent) !== null ? traceparent : null,
  };
}

/** The entity tag of an edition (RFC 9110, 8.8.3). */
export const tagOf = (edition: number): string => `"${edition}"`;

const TAG = /^"([1-9]\d{0,8})"$/;

function editionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined)
    throw new RequestProblem(428, ['If-Match: is required, with the ETag that the case was read with'], { code: 'IF_MATCH_REQUIRED' });
  const edition = TAG.exec(ifMatch)?.[1];
  if (edition === undefined) throw new RequestProblem(400, ['If-Match: must be one ETag of a case, such as "3"']);
  return Number(edition);
}

/** The valid values of the header `Idempotency-Key`. */
export const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,255}$/;

/** Null where the header is absent. Throws a 400 where it is not valid. */
export function idempotencyKeyOf(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (IDEMPOTENCY_KEY.test(header)) return header;
  throw new RequestProblem(400, ['Idempotency-Key: must be 1 to 255 visible ASCII characters']);
}

/** The headers of commands, for the interface's description. */
export const commandHeaders = (isOnEdition: boolean, takesKey = true): Readonly<Record<string, Parameter>> => ({
  ...(isOnEdition && { 'If-Match': IF_MATCH }),
  ...(takesKey && { 'Idempotency-Key': KEY }),
  traceparent: { schema: { type: 'string', description: 'W3C trace context, kept with the events.' } },
});

const KEY: Parameter = {
  schema: {
    type: 'string',
    pattern: IDEMPOTENCY_KEY.source,
    description: 'Chosen by the caller: a request that is sent again with it does nothing again.',
  },
};

const IF_MATCH: Parameter = {
  schema: { type: 'string', pattern: TAG.source, description: 'The ETag that it was read with.' },
  required: true,
};
