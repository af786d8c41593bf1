import { Inject, Injectable } from '@nestjs/common';
import { systemCommand, WITHOUT_ROUTES, type CommandSet } from '@onedoor/engine';
import { assert, rejectAbsent, type Actor, type Instant, type Reference } from '@onedoor/kernel';
import { CommandGateway, PORTS, type Ports } from '@onedoor/platform';
import { accessLogId, type AccessLog, type RecordReading } from './access-log.js';

/** Records who read which history. */
@Injectable()
export class ReadingRecorder {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock'>,
    private readonly gateway: CommandGateway,
  ) {}

  /** Durable when it resolves: a history is answered only after its reading was recorded. */
  async record(reference: Reference, asOf: Instant | null, actor: Actor, traceparent: string | null): Promise<void> {
    const id = accessLogId(reference, this.ports.clock.now());
    const sender = { actor, correlationId: reference, traceparent };
    const outcome = await this.gateway.sendNow(ACCESS_LOG_COMMANDS, id, 'record', { reference, asOf }, sender);
    assert(outcome.outcome === 'done', 'a reading is never refused');
  }
}

/** No route asks for a reading to be recorded: reading a history does. */
export const ACCESS_LOG_COMMANDS: CommandSet<AccessLog, AccessLog, RecordReading, 'record', never> = {
  ...WITHOUT_ROUTES,
  missing: rejectAbsent('READING_UNKNOWN', 'There is no such reading'),
  existing: (state) => state,
  commands: { record: systemCommand('record', 'RecordReading', 'Record that a history was read') },
};
