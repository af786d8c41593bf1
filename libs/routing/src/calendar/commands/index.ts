import { WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { isIdentifier, rejectAbsent } from '@onedoor/kernel';
import { CALENDAR_ID_CHARACTERS } from '@onedoor/sla';
import type { PublishCalendar, PublishedCalendar } from '../decider.js';
import { publish } from './publish.js';

type Versions = readonly PublishedCalendar[];

export const CALENDAR_COMMANDS: CommandSet<Versions, Versions, PublishCalendar, 'publish', never> = {
  ...WITHOUT_ROUTES,
  path: 'api/v1/calendars',
  idOf: (text) => (isIdentifier(text, CALENDAR_ID_CHARACTERS) ? text : null),
  missing: rejectAbsent('CALENDAR_UNKNOWN', 'There is no such calendar'),
  existing: (versions) => (versions.length === 0 ? null : versions),
  commands: { publish },
};
