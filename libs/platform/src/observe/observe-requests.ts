import { performance } from 'node:perf_hooks';
import type { Entropy } from '@onedoor/engine';
import type { Observation } from './observe.module.js';
import { readTraceparent, writeTraceparent, type TracedSpan } from './tracing.js';

/** The hooks of Fastify that are used here. */
interface HookedServer {
  addHook(name: 'onRequest', hook: (request: HookedRequest, reply: HookedReply, done: () => void) => void): unknown;
  addHook(name: 'onResponse', hook: (request: HookedRequest, reply: HookedReply, done: () => void) => void): unknown;
}

interface HookedRequest {
  readonly method: string;
  readonly headers: Record<string, string | string[] | undefined>;
  /** The pattern of the route, as the code has it; absent where none was found. */
  readonly routeOptions: { readonly url?: string | undefined };
}

interface HookedReply {
  readonly statusCode: number;
}

/**
 * Gives every request a trace context where the caller sent none (or one that is not well formed), and reports its outcome to log,
 * figures and traces: by the pattern of its route, never by its URL, which may name a person's case.
 */
export function observeRequests(server: HookedServer, { log, metrics, tracing }: Observation, entropy: Entropy): void {
  const underWay = new WeakMap<HookedRequest, { readonly startedMs: number; readonly span: TracedSpan | null }>();

  server.addHook('onRequest', (request, _reply, done) => {
    const given = typeof request.headers['traceparent'] === 'string' ? request.headers['traceparent'] : undefined;
    const isGiven = readTraceparent(given) !== null;
    const span = tracing?.start(`HTTP ${request.method}`, 'server', given) ?? null;
    const fresh = (): string => writeTraceparent({ traceId: entropy.hex(16), spanId: entropy.hex(8), isSampled: false });
    request.headers['traceparent'] = span?.traceparent ?? (isGiven ? given : fresh());
    underWay.set(request, { startedMs: performance.now(), span });
    done();
  });

  server.addHook('onResponse', (request, { statusCode }, done) => {
    const { startedMs, span } = underWay.get(request) ?? { startedMs: performance.now(), span: null };
    const { method } = request;
    const route = request.routeOptions.url ?? 'none';
    const seconds = (performance.now() - startedMs) / 1_000;
    metrics.requests.observe({ method, route, status: statusCode }, seconds);
    span?.end({ 'http.request.method': method, 'http.route': route, 'http.response.status_code': statusCode }, statusCode >= 500);
    const trace = readTraceparent(String(request.headers['traceparent']))?.traceId;
    log.info({ method, route, status: statusCode, ms: Math.round(seconds * 1_000), trace }, 'request');
    done();
  });
}
