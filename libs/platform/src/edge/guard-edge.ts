import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { INestApplicationContext } from '@nestjs/common';
import { LIMITS } from '@onedoor/kernel';
import { admitted, notSignedIn } from '../access/access.guard.js';
import { AUTHENTICATOR, bearerOf, type Authenticator } from '../access/authenticator.js';
import { problemOfRefusal, wordsOf, type Problem } from '../http/problem.js';
import { preflightHeaders } from './answer-headers.js';
import { limitBodies, type RegisteringServer } from './body-limit.js';
import { pathOf, type ErrorAnswer, type ErrorAnswers } from './error-answers.js';
import { parseBodies, type ParsingServer } from './parse-bodies.js';
import { ReadTurns } from './read-turns.js';
import { headerProblems, queryProblems, urlProblems } from './request-line.js';
import { RouteTable, type EdgeRoute } from './route-table.js';
import { refuseConnect } from './socket-answers.js';

/** The part of Fastify that the edge stands on. */
export interface EdgeServer extends ParsingServer {
  readonly server: {
    on(event: 'checkExpectation', answer: (request: IncomingMessage, response: ServerResponse) => void): unknown;
    on(event: 'connect', answer: (request: IncomingMessage, socket: Duplex) => void): unknown;
  };
  addHook(...hook: Parameters<RegisteringServer['addHook']>): unknown;
  addHook(name: 'onRequest', hook: (request: EdgeRequest, reply: EdgeReply, done: (error?: Error) => void) => void): unknown;
  addHook(name: 'onSend', hook: (request: EdgeRequest, reply: EdgeReply, payload: unknown, done: () => void) => void): unknown;
}

interface EdgeRequest {
  readonly method: string;
  readonly url: string;
  readonly is404: boolean;
  readonly headers: Readonly<Record<string, string | string[] | undefined>> & { readonly authorization?: string | undefined };
  readonly raw: { readonly rawHeaders: readonly string[]; readonly httpVersion: string; readonly socket: Socket };
  /** The pattern of the route; absent where none was found. */
  readonly routeOptions: { readonly url?: string | undefined };
}

export interface EdgeReply {
  readonly raw: { setHeader(name: string, value: string): unknown };
  hasHeader(name: string): boolean;
  header(name: string, value: string): EdgeReply;
  code(status: number): EdgeReply;
  send(body?: string): unknown;
}

/**
 * What holds for every request before its route is asked, and for every answer: readable URL and headers, a path that is known with this
 * method, a caller with a token where the route asks for one, a body of a type that the route takes, and headers of security. The order is
 * that of cost: nothing of a body was read yet.
 */
export function guardEdge(app: INestApplicationContext, server: EdgeServer, answers: ErrorAnswers): void {
  parseBodies(server);
  limitBodies(server);
  // Node itself meets `100-continue`, and answers every other expectation by a status without words.
  server.server.on('checkExpectation', ({ url = '/' }, response) => {
    const { status, headers, body } = answers.of({ status: 417, details: [wordsOf(417)] }, url);
    response.writeHead(status, { ...headers, connection: 'close' }).end(body);
  });
  server.server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    refuseConnect(socket, answers);
  });
  const turns = new ReadTurns();
  let routes: RouteTable | null = null;
  server.addHook('onRequest', (request, reply, done) => {
    routes ??= RouteTable.of(app);
    const early = earlyAnswer(request, routes, answers);
    if (early !== null) {
      write(reply, early);
      return;
    }
    const route = routes.route(request.method, request.routeOptions.url ?? '');
    // A stream writes its head to the socket itself, so that the hook below never sees it.
    if (route?.isStream === true)
      for (const [name, value] of Object.entries(answers.headersAt(request.url))) reply.raw.setHeader(name, value);
    if (request.method === 'GET' || request.method === 'HEAD') return turns.take(request.raw.socket, done);
    if (route === null || route.roles === null || !hasLargeBody(request)) return done();
    // The guard asks again once the body was read: what may be large is read for those alone who may send it.
    admitted(route.roles, app.get<Authenticator>(AUTHENTICATOR, { strict: false }), request).then(() => done(), done);
  });
  server.addHook('onSend', (request, reply, _payload, done) => {
    for (const [name, value] of Object.entries(answers.headersAt(request.url))) if (!reply.hasHeader(name)) reply.header(name, value);
    done();
  });
}

export function write(reply: EdgeReply, { status, headers, body }: ErrorAnswer): void {
  for (const [name, value] of Object.entries(headers)) reply.header(name, value);
  reply.code(status).send(body);
}

/**
 * Where routes take the parameters that they describe, and no other. Open311 has some that pass everywhere; pages may be linked to with
 * any.
 */
const INTERFACE = '/api/';

/** The answer to a request that no route needs to see; null for every other. */
function earlyAnswer(request: EdgeRequest, routes: RouteTable, answers: ErrorAnswers): ErrorAnswer | null {
  const { method, url, raw, headers } = request;
  const refused = (problem: Problem): ErrorAnswer => answers.of(problem, url);
  const problems = [...headerProblems(raw.rawHeaders, raw.httpVersion), ...urlProblems(url)];
  if (problems.length > 0) return refused({ status: 400, details: problems });
  if (request.is404) {
    const answered = routes.methodsAt(pathOf(url));
    const methods = answered.join(', ');
    // Where the table knows the method and the router found nothing, a parameter is none that a path can have.
    if (answered.length === 0 || (answered.includes(method) && method !== 'OPTIONS'))
      return refused({ status: 404, details: ['There is nothing at this path'] });
    if (method === 'OPTIONS') return preflight(methods, url, answers);
    return refused({ status: 405, details: [`This path answers ${methods}`], headers: { allow: methods } });
  }
  const route = routes.route(method, request.routeOptions.url ?? '');
  if (route === null) return null;
  if (route.roles !== null && bearerOf(headers) === null) return refused(problemOfRefusal(notSignedIn()));
  const unheardOf = route.path.startsWith(INTERFACE) ? queryProblems(url, route.query) : [];
  if (unheardOf.length > 0) return refused({ status: 400, details: unheardOf });
  if (method === 'GET' || method === 'HEAD') return null;
  const problem = mediaTypeProblem(route, headers);
  return problem === null ? null : refused(problem);
}

/** Larger than the usual limit, or of a length that is not known. */
const hasLargeBody = ({ headers }: EdgeRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > LIMITS.bodyBytes;

/** OPTIONS on a path that is known: what a browser asks before a page of another origin may send (Fetch Standard, 4.8). */
const preflight = (methods: string, url: string, answers: ErrorAnswers): ErrorAnswer => ({
  status: 204,
  headers: { ...answers.headersAt(url), allow: methods, ...(answers.isOpenToAllOrigins(url) && preflightHeaders(methods)) },
  body: '',
});

/** A body that is not of a type that the route takes, or that is packed; null where there is no body. */
function mediaTypeProblem({ mediaTypes }: EdgeRoute, headers: EdgeRequest['headers']): Problem | null {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody) return null;
  const accept = mediaTypes.join(', ');
  const packed = headers['content-encoding'];
  if (packed !== undefined && packed !== 'identity')
    return { status: 415, details: ['Content-Encoding: bodies are taken as they are, without compression'], headers: { accept } };
  const given = String(headers['content-type'] ?? '')
    .split(';', 1)[0]
    ?.trim()
    .toLowerCase();
  if (given !== undefined && mediaTypes.includes(given)) return null;
  return { status: 415, details: [`Content-Type: must be ${mediaTypes.join(' or ')}`], headers: { accept } };
}
