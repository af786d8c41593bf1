import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import type { Calendar } from '@onedoor/sla';
import type { PublishCalendar } from '../decider.js';

type Versions = readonly Calendar[];

export const CALENDAR_COMMANDS: CommandSet<Versions, Versions, PublishCalendar, 'publish', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('CALENDAR_UNKNOWN', 'There is no such calendar'),
  existing: (versions) => (versions.length === 0 ? null : versions),
  commands: { publish: systemCommand('publish', 'PublishCalendar', 'Publish a version of a calendar') },
};
