import { type Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type { DoubleLog } from '../log/log.js';
import { serviceError } from './faults.js';

/** Where a call of a client goes: to the log that answers it, or back with an error, which may take its time. */
export type Admission = { readonly log: DoubleLog } | { readonly error: ServiceError; readonly afterMs: number };

/** What a node tells about itself and the others. */
export interface Member {
  /** A UUID that stays the same while the node's process lives. */
  readonly instanceId: string;
  readonly isLeader: boolean;
  readonly isAlive: boolean;
  readonly host: string;
  readonly port: number;
}

/** What a node is among the others: it decides which log a call is about, and tells who leads. */
export interface Standing {
  /** The node's own log, late or not. */
  readonly log: DoubleLog;
  toRead(requiresLeader: boolean): Admission;
  toWrite(requiresLeader: boolean): Admission;
  members(): readonly Member[];
}

/** Whether the client wants an answer of the leader or none. */
export const requiresLeader = (metadata: Metadata): boolean => metadata.get('requires-leader')[0] === 'true';

/** Calls back with the log that answers, or with the error in its time. */
export function admit(admission: Admission, proceed: (log: DoubleLog) => void, refuse: (error: ServiceError) => void): void {
  if ('log' in admission) return proceed(admission.log);
  if (admission.afterMs === 0) return refuse(admission.error);
  setTimeout(() => refuse(admission.error), admission.afterMs).unref();
}

export const notLeader = (host: string, port: number): ServiceError =>
  serviceError(
    status.NOT_FOUND,
    'not-leader',
    { 'leader-endpoint-host': host, 'leader-endpoint-port': String(port) },
    'Leader info available',
  );

export const noLeaderInfo = (): ServiceError => serviceError(status.UNKNOWN, null, {}, 'No leader info available in response');

export const notReady = (): ServiceError => serviceError(status.UNAVAILABLE, null, {}, 'Server Is Not Ready');

export const forwardTimeout = (): ServiceError => serviceError(status.ABORTED, null, {}, 'Forward timeout');
