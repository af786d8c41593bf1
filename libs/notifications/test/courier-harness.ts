import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MemoryData } from '@onedoor/adapters';
import { Executor, type Contact, type EventStore, type Mailer } from '@onedoor/engine';
import { dayNumberOf, makeReference, type Instant, type Reference } from '@onedoor/kernel';
import { contextModule, PortsModule, WorkerRunner, WorkersModule } from '@onedoor/platform';
import { AlarmLog, type ManualClock } from '@onedoor/testkit';
import { CORRESPONDENCE } from '../src/correspondence/decider.js';
import { Courier } from '../src/delivery/courier.worker.js';
import { SENDER_CITY, SENDER_CITY_ID } from '../src/city/sender-city.js';
import { NOTIFICATIONS } from '../src/notifications.module.js';
import { NOTIFICATION_LEDGER, type LedgerEntry } from '../src/ledger/notification-ledger.js';
import type { CorrespondenceCommand } from '../src/correspondence/command.js';

@Module({})
class Root {}

const TESTVILLE = { name: 'Testville', zone: 'America/New_York' };

let opened = 0;
let commands = 0;

/** One process of the notifications context, over data that it may share with others. */
export class CourierHarness {
  readonly alarms = new AlarmLog();
  private readonly never = new AbortController().signal;

  private constructor(
    readonly app: INestApplicationContext,
    private readonly data: MemoryData,
    private readonly clock: ManualClock,
  ) {}

  static async open(data: MemoryData, clock: ManualClock, mailer: Mailer, store: EventStore = data.store): Promise<CourierHarness> {
    const id = String(++opened);
    const alarms = new AlarmLog();
    const ports = {
      ...data,
      store,
      mailer,
      clock,
      entropy: { hex: () => id },
      alarm: alarms.alarm,
      dependencies: [],
      jurisdiction: 'testville',
    };
    const imports = [PortsModule.of(ports), WorkersModule, contextModule(NOTIFICATIONS)];
    const app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: false });
    await app.get(Executor).execute(
      SENDER_CITY,
      SENDER_CITY_ID,
      { type: 'RecordSenderCity', at: clock.now(), ...TESTVILLE },
      {
        commandId: 'testville',
        actor: { role: 'system', id: 'test' },
        correlationId: 'catalog-city',
        recordedAt: clock.now(),
      },
    );
    return Object.assign(new CourierHarness(app, data, clock), { alarms });
  }

  get courier(): Courier {
    return this.app.get(Courier);
  }

  async run(reference: Reference, ...commandsInOrder: readonly CorrespondenceCommand[]): Promise<void> {
    for (const command of commandsInOrder) {
      const envelope = {
        commandId: `test-${++commands}`,
        actor: { role: 'system', id: 'test' },
        correlationId: reference,
        recordedAt: this.clock.now(),
      } as const;
      const answer = await this.app.get(Executor).execute(CORRESPONDENCE, reference, command, envelope);
      if (answer.outcome === 'rejected') throw new Error(answer.code);
    }
    await this.project();
  }

  /** A report whose reporter can be told. */
  async report(number: number, contact: Contact, ...more: readonly CorrespondenceCommand[]): Promise<Reference> {
    const reference = referenceOf(number);
    const open = {
      type: 'OpenCorrespondence',
      at: this.clock.now(),
      service: { code: 'pothole', name: 'Pothole' },
      language: 'en',
      contact: await this.data.vault.sealContact(reference, contact),
    } as const;
    await this.run(reference, open, ...more);
    return reference;
  }

  /** One walk of the courier, and everything that came of it. */
  async deliver(): Promise<void> {
    await this.courier.ticker().tick(this.never);
    await this.courier.idle();
    await this.project();
  }

  /** As long as it takes, a second after the other, but no more than so many. */
  async deliverFor(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      await this.deliver();
      this.clock.advance(1_000);
    }
  }

  project(): Promise<void> {
    return this.app.get(WorkerRunner).catchUp('projector');
  }

  async ledger(reference: Reference): Promise<readonly LedgerEntry[]> {
    const found = await this.data.readModels.find(NOTIFICATION_LEDGER.collection, {
      where: { reference },
      sort: { field: 'requestedAt' },
      limit: 100,
    });
    return found.map(({ body }) => body as unknown as LedgerEntry).sort((one, other) => one.n - other.n);
  }
}

export function referenceOf(number: number, day: Instant = '2026-03-02'): Reference {
  return makeReference(dayNumberOf(day) ?? 0, number);
}
