import { ACCESS } from '@onedoor/access';
import { ANALYTICS } from '@onedoor/analytics';
import { AUDIT } from '@onedoor/audit';
import { INTAKE } from '@onedoor/intake';
import { MONITORS } from '@onedoor/monitors';
import { NOTIFICATIONS } from '@onedoor/notifications';
import { OPERATIONS } from '@onedoor/operations';
import type { Context } from '@onedoor/platform';
import { ROUTING } from '@onedoor/routing';

/** One process of the distributed product, and the contexts that it holds. */
export interface ServiceEntry {
  /** In logs, traces and Kafka, among the containers, and the name of its app. */
  readonly name: string;
  readonly contexts: readonly Context[];
}

/**
 * Which contexts each process holds: the only place where a context is named. From it derive the apps, the proxy's paths, what is
 * expected of the containers, and the processes of the trials. The first one is the front: it serves the first page, and is asked for
 * every path that no other one answers.
 */
export const SERVICES = [
  { name: 'intake', contexts: [ACCESS, INTAKE, OPERATIONS] },
  { name: 'routing', contexts: [ROUTING] },
  { name: 'notifications', contexts: [NOTIFICATIONS] },
  { name: 'analytics', contexts: [ANALYTICS] },
  { name: 'monitors', contexts: [MONITORS] },
  { name: 'audit', contexts: [AUDIT] },
] as const satisfies readonly ServiceEntry[];

export type ServiceName = (typeof SERVICES)[number]['name'];
