import type { Projection } from '@onedoor/engine';
import { INTAKE_PROJECTIONS } from '@onedoor/intake';
import { NOTIFICATIONS_PROJECTIONS } from '@onedoor/notifications';
import { ROUTING_PROJECTIONS } from '@onedoor/routing';

/** Every read model of the product. */
export const PROJECTIONS: readonly Projection[] = [...INTAKE_PROJECTIONS, ...ROUTING_PROJECTIONS, ...NOTIFICATIONS_PROJECTIONS];
