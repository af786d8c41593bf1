import { Metadata, type ServiceError, status } from '@grpc/grpc-js';

/** What goes wrong, by the words of the client's errors; `hang` never answers, and `end` closes a subscription without an error. */
export type Failure = 'unavailable' | 'timeout' | 'cancelled' | 'deadline' | 'unknown' | 'not-leader' | 'hang' | 'end';

export interface Fault {
  readonly call: 'append' | 'read' | 'subscribe';
  readonly failure: Failure;
  /** The event is written, or so many events were sent, before it goes wrong. Otherwise nothing happens at all. */
  readonly after?: 'write' | number;
  /** Calls that it befalls; one when absent. */
  readonly times?: number;
  /** Which stream's calls (`$all` included); all of them when absent. */
  readonly stream?: (name: string) => boolean;
}

const CODES: Readonly<Record<Exclude<Failure, 'hang' | 'end'>, status>> = {
  unavailable: status.UNAVAILABLE,
  timeout: status.ABORTED,
  cancelled: status.CANCELLED,
  deadline: status.DEADLINE_EXCEEDED,
  unknown: status.UNKNOWN,
  'not-leader': status.NOT_FOUND,
};

/** The faults that wait for a call. */
export class Faults {
  readonly #waiting: { readonly fault: Fault; left: number }[] = [];

  inject(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting.length = 0;
  }

  /** The fault that befalls this call, and is used up by it. */
  take(call: Fault['call'], stream: string): Fault | null {
    const found = this.#waiting.find(({ fault, left }) => left > 0 && fault.call === call && (fault.stream?.(stream) ?? true));
    if (!found) return null;
    found.left -= 1;
    return found.fault;
  }
}

/** What a failure looks like to the client; null where it sees none. */
export function errorOf(failure: Failure, port: number): ServiceError | null {
  if (failure === 'hang' || failure === 'end') return null;
  if (failure === 'not-leader')
    return serviceError(CODES[failure], 'not-leader', { 'leader-endpoint-host': '127.0.0.1', 'leader-endpoint-port': String(port) });
  return serviceError(CODES[failure], null, {});
}

/** An error of the protocol: the client chooses its class by the trailer `exception`. */
export function serviceError(
  code: status,
  exception: string | null,
  trailers: Readonly<Record<string, string>>,
  details = exception ?? 'An injected fault',
): ServiceError {
  const metadata = new Metadata();
  if (exception !== null) metadata.set('exception', exception);
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

/** Nothing can be read from where the reader says, or nothing at all is asked for. */
export const unreadable = (): ServiceError => serviceError(status.UNKNOWN, null, {}, 'Exception was thrown by handler.');
