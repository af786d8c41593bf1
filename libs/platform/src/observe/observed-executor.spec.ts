import { openMemory } from '@onedoor/adapters';
import { Unavailable, type Aggregate, type Envelope, type EventStore } from '@onedoor/engine';
import { accept, type DomainEvent, type Instant } from '@onedoor/kernel';
import { Metrics } from './metrics.js';
import { ObservedExecutor } from './observed-executor.js';

const NOON = '2026-03-02T12:00:00.000Z';

interface Open {
  readonly type: 'Open';
  readonly at: Instant;
}

const DOOR: Aggregate<boolean, Open, DomainEvent<'Opened', object>> = {
  category: 'door',
  shapes: { Opened: { v: 1 } },
  decider: { initial: false, decide: ({ at }) => accept({ type: 'Opened', at, data: {} }), evolve: () => true },
};

const envelope: Envelope = { commandId: 'c', actor: { role: 'system', id: 'test' }, correlationId: 'door-a', recordedAt: NOON };

it('begins a new stream without a read, as the executor that is not observed does, and counts the command', async () => {
  const { store } = openMemory();
  const unread: EventStore = {
    append: (...append) => store.append(...append),
    read: () => Promise.reject(new Unavailable('No answer')),
    subscribe: (options) => store.subscribe(options),
    head: () => store.head(),
  };
  const metrics = new Metrics();
  const executor = new ObservedExecutor(unread, 'testville', { metrics, tracing: null });
  const begun = await executor.execute(DOOR, 'a', { type: 'Open', at: NOON }, envelope, { expectsNew: true });
  expect(begun).toMatchObject({ outcome: 'done', revision: 0, state: true });
  const { values } = await metrics.commands.get();
  expect(values).toEqual([{ labels: { aggregate: 'door', command: 'Open', outcome: 'done' }, value: 1 }]);
});
