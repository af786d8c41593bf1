import { openMemory } from '@onedoor/adapters';
import type { PublicEvent } from '@onedoor/contracts';
import { rejectAbsent, type Instant } from '@onedoor/kernel';
import { AlarmLog, ManualClock } from '@onedoor/testkit';
import {
  Consumer,
  Executor,
  type Dispatch,
  type Envelope,
  type EventBus,
  type React,
  type ReadModels,
  type Reaction,
  type RunOptions,
} from '../src/index.js';
import { ParkedMessages } from '../src/parked-messages.js';
import { noon, once, oneOClock, TALLY, type TallyCommand } from './tally.js';

let messages = 0;

/** An order of so much of one thing, its key. */
export const message = (subject: string, amount: number): PublicEvent<string, { amount: number }> => ({
  specversion: '1.0',
  id: `message-${(messages += 1)}`,
  source: '/onedoor/elsewhere',
  type: 'test.ordered.v1',
  subject,
  time: noon,
  datacontenttype: 'application/json',
  sequence: String(messages).padStart(8, '0'),
  correlationid: 'story-1',
  causationid: 'cause-1',
  jurisdiction: 'testville',
  data: { amount },
});

/** The ordered amount is added to the tally of the same name. */
const react: React = ({ subject, data }) => {
  const command = { type: 'Add', amount: (data as { readonly amount: number }).amount };
  return [{ aggregate: 'tally', id: subject, command } satisfies Reaction];
};

/** Consumers of orders, each a process of its own, over one log, one bus and one clock. */
export class Orders {
  readonly data = openMemory();
  readonly clock = new ManualClock(oneOClock);
  readonly alarms = new AlarmLog();
  readonly envelopes: Envelope[] = [];
  readonly executor = new Executor(this.data.store, 'testville');
  /** Keys that are not in the log. */
  readonly unknown = new Set<string>();
  /** Called before each command, so that a test can make it throw or wait. */
  obstacle: (key: string, amount: number) => Promise<void> = async () => undefined;
  private processes = 0;

  consumer(other: { readonly readModels?: ReadModels; readonly bus?: EventBus } = {}): Consumer {
    const entropy = { hex: () => `process-${(this.processes += 1)}` };
    const ports = { ...this.data, ...other, clock: this.clock, entropy, alarm: this.alarms.alarm };
    return new Consumer({ group: 'counting', topics: ['orders'], react, dispatch: this.dispatch, ports, decisions: this.data.store });
  }

  publish(...events: readonly PublicEvent[]): Promise<void> {
    return this.data.bus.publish(events.map((event) => ({ topic: 'orders', event })));
  }

  async amounts(id: string): Promise<readonly unknown[]> {
    return (await this.data.store.read(`tally-${id}`, 0, 100)).map(({ data }) => (data as { amount: number }).amount);
  }

  /** The keys with parked messages. */
  async parkedKeys(): Promise<readonly string[]> {
    const keys = new Set<string>();
    for await (const { key } of new ParkedMessages('counting', this.data.readModels).all()) keys.add(key);
    return [...keys];
  }

  /** Runs a consumer to the tail and passes the time of every wait on the way; returns the waits. */
  async consumeThrough(consumer: Consumer, options: RunOptions = once): Promise<readonly number[]> {
    let isDone = false;
    const waits: number[] = [];
    const running = consumer.run(options).finally(() => (isDone = true));
    for (;;) {
      await Promise.race([running, this.clock.untilWaitedFor()]);
      if (isDone) return waits;
      waits.push(await this.clock.passNextWait());
    }
  }

  /** Passes the time of one wait after another until a condition holds. */
  async passTimeUntil(isReached: () => boolean): Promise<void> {
    while (!isReached()) await this.clock.passNextWait();
  }

  failFor(key: string, amount: number): void {
    this.obstacle = async (id, wanted) => {
      if (id === key && wanted === amount) throw new TypeError('This one cannot be done');
    };
  }

  failForNone(): void {
    this.obstacle = async () => undefined;
  }

  private readonly dispatch: Dispatch = async ({ id, command }, at: Instant, envelope) => {
    const add = { ...command, at } as TallyCommand & { readonly amount: number };
    await this.obstacle(id, add.amount);
    this.envelopes.push(envelope);
    if (this.unknown.has(id)) return rejectAbsent('TALLY_UNKNOWN', 'There is no such tally');
    return this.executor.execute(TALLY, id, add, envelope);
  };
}
