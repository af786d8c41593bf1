import { WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import { isText } from '@onedoor/platform';
import type { PublishCalendar, PublishedCalendar } from '../decider.js';
import { publish } from './publish.js';

type Versions = readonly PublishedCalendar[];

const ID_CHARACTERS = 200;

export const CALENDAR_COMMANDS: CommandSet<Versions, Versions, PublishCalendar, 'publish', never> = {
  ...WITHOUT_ROUTES,
  path: 'api/v1/calendars',
  idOf: (text) => (isText(text) && text.length <= ID_CHARACTERS ? text : null),
  missing: rejectAbsent('CALENDAR_UNKNOWN', 'There is no such calendar'),
  existing: (versions) => (versions.length === 0 ? null : versions),
  commands: { publish },
};
