/**
 * The headers of every answer, unless its route sets its own: no scripts or styles, no frame, no guessing of types, no referrer, and no
 * copy in any cache, because what one caller is shown is not for the next.
 */
const ALWAYS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Half a year of https only (RFC 6797). Said only behind TLS: a browser that believes it comes back no other way. */
const BEHIND_TLS: Readonly<Record<string, string>> = { 'strict-transport-security': 'max-age=15552000' };

/** For interfaces that pages of any origin may read (Fetch Standard, 3.3): without it a page does not even learn why it was refused. */
const OPEN_TO_ALL_ORIGINS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Link, Retry-After',
};

export interface AnswerKind {
  readonly isBehindTls: boolean;
  readonly isOpenToAllOrigins: boolean;
}

export const headersFor = ({ isBehindTls, isOpenToAllOrigins }: AnswerKind): Readonly<Record<string, string>> => ({
  ...ALWAYS,
  ...(isBehindTls && BEHIND_TLS),
  ...(isOpenToAllOrigins && OPEN_TO_ALL_ORIGINS),
});

/** What a page of another origin may send (Fetch Standard, 3.3.2), remembered by its browser for a day. */
export const preflightHeaders = (methods: string): Readonly<Record<string, string>> => ({
  'access-control-allow-methods': methods,
  'access-control-allow-headers': 'Accept-Language, Authorization, Content-Type, Idempotency-Key, traceparent',
  'access-control-max-age': '86400',
});
