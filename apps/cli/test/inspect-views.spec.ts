import { openMemory } from '@onedoor/adapters';
import { GROUPS } from '@onedoor/composition';
import type { PublicEvent } from '@onedoor/contracts';
import { Consumer, StuckWorkers } from '@onedoor/engine';
import { reject } from '@onedoor/kernel';
import { AlarmLog, ManualClock } from '@onedoor/testkit';
import { inspectViews, problemsOf } from '../src/inspect-views.js';

const NOON = '2026-03-02T12:00:00.000Z';
const REASONS = ['TOO_LATE', 'TOO_LATE', 'TOO_EARLY', 'TOO_DARK', 'TOO_COLD', 'TOO_FAR', 'TOO_DEEP'];

/** A message about this key. */
const messageOf = (key: string): PublicEvent => ({
  specversion: '1.0',
  id: `about-${key}-${(messages += 1)}`,
  source: '/onedoor/routing',
  type: 'test.said.v1',
  subject: key,
  time: NOON,
  datacontenttype: 'application/json',
  sequence: '00000000.0',
  correlationid: key,
  causationid: key,
  jurisdiction: 'testville',
  data: {},
});
let messages = 0;

it('doctor reports for each group the number of parked messages and keys, since when, and the five commonest reasons', async () => {
  const data = openMemory();
  const ports = { ...data, clock: new ManualClock(NOON), entropy: { hex: () => '0' }, alarm: new AlarmLog().alarm };
  const keys = REASONS.map((_, index) => `key-${index}`);
  const topic = 'onedoor.routing';
  await data.bus.publish([...keys, ...keys].map((key) => ({ topic, event: messageOf(key) })));
  const consumer = new Consumer({
    group: 'intake',
    topics: [topic],
    react: ({ subject }) => [{ aggregate: 'request', id: subject, command: { type: 'Anything' } }],
    dispatch: async ({ id }) => reject(REASONS[keys.indexOf(id)] ?? '', 'It can not be done'),
    ports,
    decisions: data.store,
  });
  await consumer.run({ signal: new AbortController().signal, untilCaughtUp: true });
  const findings = await inspectViews({ ...ports, close: async () => undefined });
  const parked = {
    messages: 14,
    keys: 7,
    since: NOON,
    reasons: [2, 1, 1, 1, 1].map((count, index) => ({
      reason: index === 0 ? 'TOO_LATE: It can not be done' : expect.stringMatching(/^TOO_/),
      keys: count,
    })),
  };
  const none = { messages: 0, keys: 0, since: null, reasons: [] };
  expect(findings.parked).toEqual(GROUPS.map(({ group }) => ({ group, ...(group === 'intake' ? parked : none) })));
  expect(findings.parked).toContainEqual({ group: 'intake', ...parked });
  expect(problemsOf(findings, true)).toEqual([
    expect.stringMatching(
      /^14 messages of 7 keys are parked for intake since 2026-03-02T12:00:00.000Z: TOO_LATE: It can not be done \(2\); /,
    ),
  ]);
});

it('doctor names the worker that is stuck in a running process, on what, since when and why', async () => {
  const data = openMemory();
  const clock = new ManualClock(NOON);
  const stuck = { since: NOON, on: '26N2K7DQMA4', reason: 'Unavailable: Not just now', failures: 31 };
  await new StuckWorkers(data.checkpoints).set('routing consumer', stuck);
  const findings = await inspectViews({ ...data, clock, alarm: new AlarmLog().alarm, close: async () => undefined });
  expect(findings.stuck).toEqual([{ worker: 'routing consumer', ...stuck }]);
  expect(problemsOf(findings, true)).toEqual([
    expect.stringMatching(/^routing consumer is stuck on 26N2K7DQMA4 since 2026-03-02T12:00:00.000Z, after 31 attempts: Unavailable: /),
  ]);
});
