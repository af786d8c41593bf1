import type { Duplex } from 'node:stream';
import { wordsOf } from '../http/problem.js';
import type { ErrorAnswers } from './error-answers.js';
import { write, type EdgeReply } from './guard-edge.js';
import { endWith } from './socket-answers.js';

/** How long a client may take, in milliseconds. */
export interface EdgeTimes {
  /** For the whole of a request, its body included, and for its headers alone. */
  readonly request: number;
  readonly headers: number;
  /** Between looks at which requests are late: it adds to both. */
  readonly between: number;
  /** A connection on which nothing moves for so long, either way, is broken off. */
  readonly silence: number;
}

/** A late request is answered within 30 seconds in all. */
export const EDGE_TIMES: EdgeTimes = { request: 25_000, headers: 15_000, between: 2_000, silence: 120_000 };

/** The error that Node gives a connection that it gives up. */
interface ClientError extends Error {
  readonly code?: string;
  /** What had been received, where it could not be parsed. */
  readonly rawPacket?: Buffer;
}

/** The settings of Fastify and Node by which also what never becomes a request is timed, and refused in our own form. */
export const edgeOptions = (answers: ErrorAnswers, times: EdgeTimes = EDGE_TIMES): object => ({
  requestTimeout: times.request,
  connectionTimeout: times.silence,
  // A missing Host is refused by `headerProblems`, in the form of every refusal.
  http: { headersTimeout: times.headers, connectionsCheckingInterval: times.between, requireHostHeader: false },
  frameworkErrors: ({ statusCode = 400 }: { readonly statusCode?: number }, { url }: { readonly url: string }, reply: EdgeReply) => {
    const detail = statusCode === 400 ? 'The path must be percent-encoded UTF-8' : wordsOf(statusCode);
    write(reply, answers.of({ status: statusCode, details: [detail] }, url));
  },
  clientErrorHandler: (error: ClientError, socket: Duplex) => refuseOnSocket(error, socket, answers),
});

/** Answers a connection whose bytes are no request, or came too late. Where an answer is under way, the connection is broken off. */
function refuseOnSocket(error: ClientError, socket: Duplex, answers: ErrorAnswers): void {
  const hasBegun = (socket as { readonly _httpMessage?: { readonly headersSent: boolean } | null })._httpMessage?.headersSent === true;
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegun) {
    socket.destroy();
    return;
  }
  const status = STATUSES[error.code ?? ''] ?? 400;
  const detail = status === 400 ? 'The bytes that came in are no HTTP request' : wordsOf(status);
  endWith(socket, answers.of({ status, details: [detail] }, urlIn(error.rawPacket)));
}

const STATUSES: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

/** The URL of the request line, for the form of the answer alone. */
const urlIn = (packet: Buffer | undefined): string => /^[A-Z]{1,20} (\S{1,200})/.exec(packet?.toString('latin1', 0, 250) ?? '')?.[1] ?? '/';
