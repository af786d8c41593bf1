import { type Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type { DoubleLog } from '../log/log.js';
import { serviceError } from './faults.js';

/** Where a call goes: to the log that answers it, or back with an error after a delay. */
export type Route = { readonly log: DoubleLog } | { readonly error: ServiceError; readonly afterMs: number };

/** A node of the cluster as gossip describes it. */
export interface Member {
  /** A UUID that stays the same while the node's process lives. */
  readonly instanceId: string;
  readonly isLeader: boolean;
  readonly isAlive: boolean;
  readonly host: string;
  readonly port: number;
}

/** Routes the calls of one node by its place in the cluster. */
export interface LogRouter {
  /** The node's own log, which lags where the node follows. */
  readonly log: DoubleLog;
  toRead(requiresLeader: boolean): Route;
  toWrite(requiresLeader: boolean): Route;
  members(): readonly Member[];
}

/** Whether the client accepts an answer of the leader only. */
export const requiresLeader = (metadata: Metadata): boolean => metadata.get('requires-leader')[0] === 'true';

/** Follows a route: calls `proceed` with the log, or `refuse` with the error after its delay. */
export function dispatch(route: Route, proceed: (log: DoubleLog) => void, refuse: (error: ServiceError) => void): void {
  if ('log' in route) return proceed(route.log);
  if (route.afterMs === 0) return refuse(route.error);
  setTimeout(() => refuse(route.error), route.afterMs).unref();
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
