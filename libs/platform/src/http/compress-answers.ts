import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Below it the header and the dictionary cost more than they save. */
const LEAST_BYTES = 1_024;

/** Text of any kind, but a stream of events: each of those is sent as it happens. */
const COMPRESSIBLE = /^(text\/(?!event-stream)|application\/([\w.-]+\+)?(json|xml|yaml)\b)/;

interface CompressedRequest {
  readonly headers: { readonly 'accept-encoding'?: string };
}

interface CompressedReply {
  getHeader(name: string): unknown;
  hasHeader(name: string): boolean;
  header(name: string, value: string): unknown;
  removeHeader(name: string): unknown;
}

/**
 * A hook for Fastify's `onSend`: compresses an answer of more than 1 KB by gzip where the client takes it, off the event loop. Streams are
 * passed on as they are.
 */
export async function compressAnswers(request: CompressedRequest, reply: CompressedReply, payload: unknown): Promise<unknown> {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
  if (!COMPRESSIBLE.test(String(reply.getHeader('content-type') ?? '')) || reply.hasHeader('content-encoding')) return payload;
  if (Buffer.byteLength(payload) <= LEAST_BYTES) return payload;
  const vary = reply.getHeader('vary');
  reply.header('vary', vary === undefined ? 'Accept-Encoding' : `${String(vary)}, Accept-Encoding`);
  if (!takesGzip(request.headers['accept-encoding'])) return payload;
  reply.header('content-encoding', 'gzip');
  reply.removeHeader('content-length');
  return compress(payload);
}

const HEADER_CHARACTERS = 500;

/** Whether `Accept-Encoding` (RFC 9110, 12.5.3) names gzip, or all codings, with a weight above 0. */
export function takesGzip(header = ''): boolean {
  const codings = header
    .slice(0, HEADER_CHARACTERS)
    .toLowerCase()
    .split(',')
    .map((coding) => coding.split(';').map((part) => part.trim()));
  const [, ...parameters] = codings.find(([name]) => name === 'gzip' || name === 'x-gzip') ?? codings.find(([name]) => name === '*') ?? [];
  const isNamed = codings.some(([name]) => name === 'gzip' || name === 'x-gzip' || name === '*');
  return isNamed && !parameters.some((parameter) => /^q=0(\.0{0,3})?$/.test(parameter));
}
