import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Span, type Tracer } from '@opentelemetry/api';

/** Spans, where the operator opted in to OpenTelemetry. A trace goes on through the metadata of events and the headers of the bus. */
export interface Tracing {
  /** A span below the given trace context, or at the root of a new trace. */
  start(name: string, kind: 'server' | 'internal', traceparent: string | undefined): TracedSpan;
  /** Sends the spans that are still buffered. */
  stop(): Promise<void>;
}

export interface TracedSpan {
  /** The context for spans below this one. */
  readonly traceparent: string;
  /** The values of `attributes` are names from the code only, never personal data. */
  end(attributes: Readonly<Record<string, string | number>>, hasFailed: boolean): void;
}

/** Sends spans by OTLP over HTTP to `<endpoint>/v1/traces`. A process without tracing does not load the packages. */
export async function startTracing(service: string, endpoint: string): Promise<Tracing> {
  const { BatchSpanProcessor, TracerProvider } = await import('@opentelemetry/sdk-trace');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `onedoor-${service}` }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  return tracingBy(provider.getTracer('onedoor'), () => provider.shutdown());
}

/** The same over any tracer. */
export function tracingBy(tracer: Tracer, stop: () => Promise<void>): Tracing {
  return {
    start(name, kind, traceparent) {
      const span = tracer.startSpan(name, { kind: kind === 'server' ? SpanKind.SERVER : SpanKind.INTERNAL }, contextOf(traceparent));
      return { traceparent: traceparentOf(span), end: (attributes, hasFailed) => endSpan(span, attributes, hasFailed) };
    },
    stop,
  };
}

function contextOf(traceparent: string | undefined): typeof ROOT_CONTEXT {
  const parent = readTraceparent(traceparent);
  if (parent === null) return ROOT_CONTEXT;
  const { traceId, spanId, isSampled } = parent;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    isRemote: true,
    traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
  });
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return writeTraceparent({ traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 });
}

function endSpan(span: Span, attributes: Readonly<Record<string, string | number>>, hasFailed: boolean): void {
  span.setAttributes(attributes);
  if (hasFailed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** W3C trace context, level 1: `00-<trace>-<parent>-<flags>`. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

/** Null where the header is absent or not well formed: it is then not passed on. */
export function readTraceparent(header: string | undefined): TraceContext | null {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(header ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export const writeTraceparent = ({ traceId, spanId, isSampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
