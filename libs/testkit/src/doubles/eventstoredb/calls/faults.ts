import { Metadata, type ServiceError, status } from '@grpc/grpc-js';

/** How a call fails, named after the client's errors; `hang` never answers, and `end` closes a subscription without an error. */
export type Failure = 'unavailable' | 'timeout' | 'cancelled' | 'deadline' | 'unknown' | 'not-leader' | 'hang' | 'end';

export interface Fault {
  readonly call: 'append' | 'read' | 'subscribe';
  readonly failure: Failure;
  /** `write`: fails after the write. A number: fails after so many events were sent. Absent: fails before anything is done. */
  readonly after?: 'write' | number;
  /** How many calls fail; one when absent. */
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

/** The injected faults that are not used up yet. */
export class Faults {
  readonly #pending: { readonly fault: Fault; left: number }[] = [];

  inject(fault: Fault): void {
    this.#pending.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#pending.length = 0;
  }

  /** The first fault that matches this call, which uses it up once. */
  take(call: Fault['call'], stream: string): Fault | null {
    const found = this.#pending.find(({ fault, left }) => left > 0 && fault.call === call && (fault.stream?.(stream) ?? true));
    if (!found) return null;
    found.left -= 1;
    return found.fault;
  }
}

/** The error that a failure sends to the client; null where it sends none. */
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

/** The error for a read from an unreadable position, and for a read of no events. */
export const unreadable = (): ServiceError => serviceError(status.UNKNOWN, null, {}, 'Exception was thrown by handler.');
