import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { Unavailable, type Position } from '@onedoor/engine';
import {
  Allow,
  bodyOf,
  CurrentPrincipal,
  Describe,
  PORTS,
  RequestProblem,
  RightToGoOn,
  text,
  type Ports,
  type Principal,
  type StillAllowed,
} from '@onedoor/platform';
import { WorkFeed } from './work-feed.service.js';
import { DepartmentAccess } from '../department/department-access.http.js';
import { FollowerSlots } from './follower-slots.http.js';
import { streamEvents, type RawResponse, type StreamedEvent } from './event-stream.http.js';
import { IsIn, IsOptional, Matches } from 'class-validator';

/** Where to begin, for clients that can set no header. */
class WorkQueryDto {
  @IsOptional()
  @IsIn(['start'], { message: 'from: must be start, or left out' })
  from?: string;

  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'lastEventId: must be the id of an event of this stream' })
  lastEventId?: string;
}

/** The part of Fastify's reply that hands over the response itself. */
interface RawReply {
  readonly raw: RawResponse;
  hijack(): unknown;
}

/** How often the right to a stream is asked for anew: a stream whose caller lost it ends within fifteen seconds. */
const RIGHT_ASKED_EVERY_MS = 5_000;
/** What stands for the place before everything. */
const START = '0';

/**
 * A department's routed work as server-sent events: each is a CloudEvent, the same as on the department's topic. `Last-Event-ID`, which
 * browsers send by themselves, goes on behind that event without loss and without doubles; `0`, or `from=start`, begins with the first
 * one ever; with neither, it begins now.
 */
@Controller('api/v1/departments')
export class WorkController {
  private readonly slots = new FollowerSlots();

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly feed: WorkFeed,
    private readonly access: DepartmentAccess,
  ) {}

  @Get(':code/work')
  @Allow('department', 'router', 'auditor')
  @Describe({
    tag: 'Queues',
    summary: "Follow a department's routed work, as server-sent events",
    details:
      "Each event is a CloudEvent in one line, the same as on the department's topic (docs/events.md), its `id` the place to go on from. " +
      'It ends after an hour, and within fifteen seconds once its token was revoked, its session ended, or its account was disabled or ' +
      'given another role: come again with the last id. A principal has 20 streams at most in one process.',
    path: { code: text('The code of a department.') },
    headers: {
      'Last-Event-ID': {
        schema: text(
          'The last id that was seen: goes on behind it, without loss and without doubles. `0` begins with the first event ever; ' +
            'without it, the stream begins now.',
        ),
      },
    },
    answer: {
      says: 'The events, and a comment each 15 seconds in silence.',
      content: { 'text/event-stream': { schema: text('Server-sent events (HTML Living Standard, 9.2).') } },
    },
    refuses: {
      403: ['DEPARTMENT_OF_OTHERS'],
      404: ['DEPARTMENT_UNKNOWN'],
      409: ['POSITION_VOID'],
      429: ['TOO_MANY_STREAMS'],
      503: ['TOO_MANY_FOLLOWERS'],
    },
  })
  async follow(
    @Param('code') code: string,
    @Query(bodyOf(WorkQueryDto)) query: WorkQueryDto,
    @Headers('last-event-id') lastEventId: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @RightToGoOn() isStillAllowed: StillAllowed,
    @Res() reply: RawReply,
  ): Promise<void> {
    await this.access.check(code, principal);
    const after = await this.placeOf(query.from === 'start' ? START : (lastEventId ?? query.lastEventId ?? null));
    const giveBack = this.slots.take(principal);
    const ending = new AbortController();
    const end = (): void => ending.abort();
    this.feed.signal.addEventListener('abort', end);
    if (this.feed.signal.aborted) end();
    reply.hijack();
    const watching = this.endWithItsRight(isStillAllowed, ending);
    try {
      await streamEvents(reply.raw, this.ports.clock, ending, this.eventsOf(code, after, ending.signal));
    } catch (error) {
      // The answer has begun: all that is left is to break it off. The client comes again and goes on where it stood. An outage of the log
      // has an alarm of its own, and not one for each follower.
      if (!(error instanceof Unavailable)) this.ports.alarm('work stream failed', { reason: String(error) });
    } finally {
      this.feed.signal.removeEventListener('abort', end);
      ending.abort();
      giveBack();
      await watching;
    }
  }

  /** While the log does not answer, the right cannot have been taken away either. */
  private async endWithItsRight(isStillAllowed: StillAllowed, ending: AbortController): Promise<void> {
    while (!ending.signal.aborted) {
      await this.ports.clock.wait(RIGHT_ASKED_EVERY_MS, ending.signal);
      if (ending.signal.aborted) return;
      const isAllowed = await isStillAllowed().catch((error: unknown) => error instanceof Unavailable);
      if (!isAllowed) ending.abort();
    }
  }

  /** The place where it begins first of all, so that a client that never got an event loses none between two connections either. */
  private async *eventsOf(department: string, after: Position | null, signal: AbortSignal): AsyncGenerator<StreamedEvent, void, undefined> {
    yield { id: after ?? START };
    for await (const { position, event } of this.feed.follow(department, after, signal))
      yield { id: position, data: JSON.stringify(event) };
  }

  private async placeOf(id: string | null): Promise<Position | null> {
    if (id === null) return this.ports.store.head();
    if (id === START) return null;
    if (!/^[\x21-\x7e]{1,200}$/.test(id)) throw new RequestProblem(400, ['Last-Event-ID: must be the id of an event of this stream']);
    if (await this.feed.knows(id)) return id;
    throw new RequestProblem(409, ['Last-Event-ID: is not of this log, which was restored or replaced; begin anew with from=start'], {
      code: 'POSITION_VOID',
    });
  }
}
