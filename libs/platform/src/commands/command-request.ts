import { canReuseKey, namesStreamByBody, takesKey, type AnyCommand, type AnyCommandSet } from '@onedoor/engine';
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

/** What becomes of an idempotency key: it is taken, or the request is refused for this reason. A key is never passed over. */
export type KeyRule = 'taken' | { readonly refusedBecause: string };

/** The rule of a command alone and of its bulk form. */
export const keyRuleOf = (definition: Pick<AnyCommand<never, never, never>, 'holdsSecret'>): KeyRule =>
  takesKey(definition)
    ? 'taken'
    : { refusedBecause: 'what is sent or answered holds a secret, which is kept nowhere to be answered again' };

/** The rule of a preview. */
export const KEY_OF_PREVIEW: KeyRule = { refusedBecause: 'a preview writes nothing, so it may be sent again as it is' };

/** Reads what a request says about a command besides its id, name and body. Throws a 400 or 428 that names the header. */
export function callOf(request: CommandRequest, set: Pick<AnyCommandSet, 'editionOf'>, keyRule: KeyRule): Omit<CommandCall, 'id'> {
  const { headers } = request;
  return { ...callerOf(request, keyRule), edition: set.editionOf === undefined ? null : editionOf(headers['if-match']) };
}

/** The same for a bulk form, where each item names its own edition. */
export function callerOf({ headers, ip, principal }: CommandRequest, keyRule: KeyRule): Omit<CommandCall, 'id' | 'edition'> {
  assert(principal !== undefined, 'only a principal asks for a command');
  const traceparent = headers['traceparent'];
  const idempotencyKey = idempotencyKeyOf(headers['idempotency-key']);
  if (idempotencyKey !== null && keyRule !== 'taken')
    throw new RequestProblem(400, [`Idempotency-Key: is not taken here: ${keyRule.refusedBecause}`]);
  return {
    principal,
    client: ip,
    idempotencyKey,
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

/** The headers of a command, for the interface's description; `key`: what a key promises, null where none is taken. */
export const commandHeaders = (isOnEdition: boolean, key: string | null): Readonly<Record<string, Parameter>> => ({
  ...(isOnEdition && { 'If-Match': IF_MATCH }),
  ...(key !== null && { 'Idempotency-Key': { schema: { type: 'string', pattern: IDEMPOTENCY_KEY.source, description: key } } }),
  traceparent: { schema: { type: 'string', description: 'W3C trace context, kept with the events.' } },
});

/** What a key promises for a command alone, or for each item of its bulk form; null where none is taken. */
export function promiseOfKey(definition: AnyCommand<never, never, never>, isBulk = false): string | null {
  if (!takesKey(definition)) return null;
  const scope = isBulk ? 'caller, command and item' : namesStreamByBody(definition) ? 'caller and command' : 'caller, command and path';
  return [
    'Chosen by the caller: what was done under a key is not done again under it.',
    ...(canReuseKey(definition) ? ['The same key with another body is refused.'] : []),
    `Keys are separate for each ${scope}.`,
  ].join(' ');
}

const IF_MATCH: Parameter = {
  schema: { type: 'string', pattern: TAG.source, description: 'The ETag that it was read with.' },
  required: true,
};
