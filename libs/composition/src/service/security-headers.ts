import type { Reply } from '@onedoor/platform';

/** The headers of every answer, unless its route sets its own: no scripts or styles, no frame, no guessing of types, no referrer. */
const ALWAYS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

/** Half a year of https only (RFC 6797). Said only behind TLS: a browser that believes it comes back no other way. */
const BEHIND_TLS: Readonly<Record<string, string>> = { 'strict-transport-security': 'max-age=15552000' };

interface ReplyWithHeaders extends Reply {
  hasHeader(name: string): boolean;
}

/** A hook for Fastify's `onSend`: it is called for every answer, also for what never reached a controller. */
export function securityHeaders(
  isBehindTls: boolean,
): (request: unknown, reply: ReplyWithHeaders, payload: unknown, done: () => void) => void {
  const headers = Object.entries({ ...ALWAYS, ...(isBehindTls && BEHIND_TLS) });
  return (_request, reply, _payload, done) => {
    for (const [name, value] of headers) if (!reply.hasHeader(name)) reply.header(name, value);
    done();
  };
}
