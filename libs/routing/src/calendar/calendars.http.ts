import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
import { ROLES } from '@onedoor/kernel';
import {
  Allow,
  bodyOf,
  Describe,
  json,
  LINK_TO_NEXT,
  linkToNext,
  list,
  ordinal,
  record,
  refusedRead,
  text,
  versionsPage,
  VersionsQueryDto,
  type CommandAnswers,
  type Reply,
} from '@onedoor/platform';
import type { Calendar } from '@onedoor/sla';
import { CALENDAR } from '../aggregates.js';
import { CALENDAR_DRAFT_SCHEMA } from './commands/calendar-rule.js';
import { CALENDAR_COMMANDS } from './commands/index.js';
import { describeCalendar, type CalendarEvent, type PublishedCalendar } from './decider.js';

const ID = text('What agreements call the calendar by.');
const VERSION = ordinal('Counts the versions: 1 for the first.');

const { title: _title, ...DRAFT } = CALENDAR_DRAFT_SCHEMA;
const CALENDAR_SCHEMA = {
  ...DRAFT,
  title: 'Calendar',
  required: ['id', 'version', ...(DRAFT.required ?? [])],
  properties: { id: ID, version: VERSION, ...DRAFT.properties },
};

export const CALENDAR_ANSWERS: CommandAnswers = {
  tag: 'Calendars',
  name: 'CalendarCommands',
  parameter: ID,
  usual: {
    described: json(
      'The version that is now present.',
      record<Pick<Calendar, 'id' | 'version'>>('CalendarVersion', { id: ID, version: VERSION }),
    ),
    answer: ({ state }: { readonly state: readonly PublishedCalendar[] }, id) => ({ id, version: state.length }),
  },
  describe: (event: CalendarEvent) => describeCalendar(event),
};

/** Business hours and holidays, for every role that signs in. */
@Controller(CALENDAR_COMMANDS.path)
@Allow(...ROLES)
@Describe({ tag: 'Calendars', path: { id: ID } })
export class CalendarsController {
  constructor(private readonly executor: Executor) {}

  @Get(':id')
  @Describe({
    summary: 'A calendar with its versions, the newest first',
    details: 'The first of the first page is the present one: clocks that start now run by it.',
    answer: json('A page of its versions.', list(CALENDAR_SCHEMA), { headers: { Link: LINK_TO_NEXT } }),
    refuses: { 404: ['CALENDAR_UNKNOWN'] },
  })
  async versions(
    @Param('id') id: string,
    @Query(bodyOf(VersionsQueryDto)) query: VersionsQueryDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<readonly Calendar[]> {
    const all = CALENDAR_COMMANDS.idOf(id) === null ? [] : (await this.executor.load(CALENDAR, id)).state;
    if (all.length === 0) throw refusedRead(CALENDAR_COMMANDS, CALENDAR_COMMANDS.missing);
    const { versions, next } = versionsPage(all, ({ calendar }) => calendar.version, query);
    if (next !== null) reply.header('link', linkToNext(`${CALENDAR_COMMANDS.path}/${encodeURIComponent(id)}`, next));
    return versions.map(({ calendar }) => calendar);
  }
}
