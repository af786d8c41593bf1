import type { Position, RecordedEvent } from '@onedoor/engine';
import { sampleEvent } from '@onedoor/testkit';
import { auditOf } from '../src/chaos-log/audit.js';
import { voidPositionsOf } from '../src/chaos-log/void-positions.js';
import { targetOf } from '../src/chaos-log/fault-injection.js';
import { LogLedger } from '../src/chaos-log/ledger.js';
import { endpointsOf, namedNodeOf } from '../src/chaos-log/nodes/named-nodes.js';
import { outagesOf } from '../src/chaos-log/outages.js';
import { planOf } from '../src/chaos-log/plan.js';
import { isSound, spreadOf, summaryOf, type StageResult } from '../src/chaos-log/result.js';
import { ReceivedEvents } from '../src/chaos-log/received-events.js';
import { wrongInCaughtUp, wrongInConflict, wrongInHead, wrongInRead } from '../src/chaos-log/wrong-answers.js';

const positionAt = (place: number): Position => `log:${String(place).padStart(20, '0')}:${String(place).padStart(8, 'a')}`;
const recorded = (stream: string, revision: number, place: number, id = `${stream}@${revision}`): RecordedEvent => ({
  ...sampleEvent(id),
  stream,
  revision,
  position: positionAt(place),
});

/** A log of two streams, with events at the positions 10, 20, 30 and 40. */
const LOG = [recorded('note-1', 0, 10), recorded('memo-1', 0, 20), recorded('note-1', 1, 30), recorded('note-1', 2, 40)];

function ledgerOfLog(): LogLedger {
  const ledger = new LogLedger();
  ledger.acknowledge({ stream: 'note-1', ids: ['note-1@0'], revision: 0, position: positionAt(10) });
  ledger.acknowledge({ stream: 'memo-1', ids: ['memo-1@0'], revision: 0, position: positionAt(20) });
  ledger.acknowledge({ stream: 'note-1', ids: ['note-1@1', 'note-1@2'], revision: 2, position: positionAt(40) });
  return ledger;
}

describe('the plan of faults', () => {
  it('is the same for the same seed, and another one for another', () => {
    const options = { faults: 40, seed: 7, hasLongHangs: true };
    expect(planOf(options)).toEqual(planOf(options));
    expect(planOf({ ...options, seed: 8 })).not.toEqual(planOf(options));
  });

  it('holds kills, hangs and stops, also of followers, and hangs longer than a call may take where they are wanted', () => {
    const plan = planOf({ faults: 40, seed: 7, hasLongHangs: true });
    expect(['kill', 'hang', 'stop'].map((kind) => plan.filter((fault) => fault.kind === kind).length)).toEqual([16, 16, 8]);
    expect(plan.filter(({ on }) => on === 'follower')).toHaveLength(10);
    expect(plan.filter(({ lastsMs }) => lastsMs === 20_000)).toHaveLength(2);
    expect(planOf({ faults: 40, seed: 7, hasLongHangs: false }).every(({ lastsMs }) => lastsMs <= 5_000)).toBe(true);
  });

  it('selects the node of a fault, any one where the leader is unknown', () => {
    expect(targetOf({ on: 'leader', selector: 0.9 }, 1, 3)).toBe(1);
    expect([0, 0.4, 0.6, 0.99].map((selector) => targetOf({ on: 'follower', selector }, 1, 3))).toEqual([0, 0, 2, 2]);
    expect([0, 0.5, 0.99].map((selector) => targetOf({ on: 'leader', selector }, null, 3))).toEqual([0, 1, 2]);
    expect(targetOf({ on: 'follower', selector: 0.5 }, 0, 1)).toBe(0);
  });
});

describe('an answer', () => {
  const known = { stream: 'note-1', ids: ['note-1@0', undefined, 'note-1@2'] };
  const events = LOG.filter(({ stream }) => stream === 'note-1');

  it('to a read of a stream holds all acknowledged events, in order', () => {
    expect(wrongInRead(known, 0, 10, events)).toBeNull();
    expect(wrongInRead(known, 1, 1, events.slice(1, 2))).toBeNull();
    expect(wrongInRead(known, 3, 10, [])).toBeNull();
    expect(wrongInRead(known, 0, 10, [...events, recorded('note-1', 3, 50)])).toBeNull();
    expect(wrongInRead(known, 0, 10, events.slice(0, 2))).toContain('at least 3');
    expect(wrongInRead(known, 0, 10, [])).toContain('at least 3');
    expect(wrongInRead(known, 0, 2, events)).toContain('2 were asked for');
    expect(wrongInRead(known, 0, 10, [...events.slice(0, 1), ...events.slice(2), recorded('note-1', 3, 50)])).toContain('revision 2');
    expect(wrongInRead(known, 0, 10, [recorded('note-1', 0, 10, 'other'), ...events.slice(1)])).toContain('another event at revision 0');
  });

  it('to a read of the head is never before an acknowledged position', () => {
    expect(wrongInHead(null, null)).toBeNull();
    expect(wrongInHead(positionAt(20), positionAt(20))).toBeNull();
    expect(wrongInHead(positionAt(20), positionAt(10))).not.toBeNull();
    expect(wrongInHead(positionAt(20), null)).not.toBeNull();
  });

  it('of a conflict names a revision other than the expected one, and not below the acknowledged one', () => {
    expect(wrongInConflict('memo-1', 1, 2, 3)).toBeNull();
    expect(wrongInConflict('memo-1', 3, 'no-stream', 2)).toBeNull();
    expect(wrongInConflict('memo-1', 3, 2, 3)).not.toBeNull();
    expect(wrongInConflict('memo-1', 3, 2, 1)).not.toBeNull();
    expect(wrongInConflict('memo-1', 3, 2, null)).not.toBeNull();
  });

  it('of a subscription that has caught up is complete, in order, without repetition, and of the wanted categories only', () => {
    const ledger = ledgerOfLog();
    type At = Position | null;
    const wrong = (events: readonly RecordedEvent[], position: At, after: At = null, categories: readonly string[] | null = null) =>
      wrongInCaughtUp({ after, categories }, ledger.acknowledgedAfter(after), events, position);
    expect(wrong(LOG, positionAt(40))).toBeNull();
    expect(wrong([...LOG, recorded('note-2', 0, 50)], positionAt(50))).toBeNull();
    expect(wrong(LOG.slice(1), positionAt(40), positionAt(10))).toBeNull();
    expect(wrong(LOG.slice(1, 2), positionAt(40), null, ['memo'])).toBeNull();
    expect(wrong(LOG.slice(0, 3), positionAt(30))).toContain('1 too few');
    expect(wrong([], null)).toContain('4 too few');
    expect(wrong([...LOG.slice(0, 2), ...LOG.slice(1)], positionAt(40))).toContain('told twice');
    expect(wrong([...LOG.slice(0, 2), ...LOG.slice(2).toReversed()], positionAt(40))).toContain('out of order');
    expect(wrong(LOG, positionAt(40), positionAt(10))).toContain('out of order');
    expect(wrong(LOG, positionAt(40), null, ['note'])).toContain('not asked for');
    expect(wrong(LOG.slice(1, 2), positionAt(20), null, ['memo'])).toContain('lies before');
  });

  it('is void for positions derived from valid ones, none of which is in the log', () => {
    const good = LOG.map(({ position }) => position);
    const voids = voidPositionsOf(positionAt(10), positionAt(30));
    expect(voids).toHaveLength(4);
    expect(voids.filter((each) => good.includes(each))).toEqual([]);
    expect(voidPositionsOf(positionAt(10), positionAt(10))).toHaveLength(3);
  });
});

describe('a follower', () => {
  it('receives every event once, in order', () => {
    const received = new ReceivedEvents(positionAt(10), ['note']);
    received.take({ kind: 'page', events: [recorded('note-1', 1, 30)], position: positionAt(30) });
    expect(received.missedOf(ledgerOfLog().acknowledgedAfter(positionAt(10)))).toBe(1);
    expect(received.missedOfLog(LOG)).toBe(1);
    received.take({ kind: 'page', events: [recorded('note-1', 2, 40)], position: positionAt(40) });
    received.take({ kind: 'caught-up', position: positionAt(50) });
    expect(received.missedOf(ledgerOfLog().acknowledgedAfter(positionAt(10)))).toBe(0);
    expect(received).toMatchObject({ position: positionAt(50), repeated: 0 });
  });

  it('counts events that it receives again, or too late', () => {
    const received = new ReceivedEvents(null, null);
    received.take({ kind: 'page', events: [LOG[0], LOG[2], LOG[2], LOG[1]].flatMap((event) => event ?? []), position: positionAt(30) });
    expect(received.repeated).toBe(2);
    expect(received.missedOfLog(LOG)).toBe(1);
  });
});

describe('the final log', () => {
  it('holds acknowledged events at their places, and no refused event', () => {
    expect(auditOf(LOG, ledgerOfLog())).toEqual({ lost: 0, doubled: 0, unexpected: [] });
    expect(auditOf(LOG.slice(0, 3), ledgerOfLog()).lost).toBe(1);
    expect(auditOf([...LOG.slice(0, 3), recorded('note-1', 2, 41)], ledgerOfLog()).lost).toBe(1);
    expect(auditOf([...LOG, recorded('note-1', 3, 50, 'note-1@2')], ledgerOfLog()).doubled).toBe(1);
    expect(auditOf([...LOG, recorded('note-2', 0, 50)], ledgerOfLog()).unexpected).toHaveLength(1);
  });

  it('may hold an event in doubt, once', () => {
    const ledger = ledgerOfLog();
    ledger.note([sampleEvent('in doubt')], 'in-doubt');
    ledger.note([sampleEvent('refused')], 'refused');
    expect(auditOf([...LOG, recorded('note-2', 0, 50, 'in doubt')], ledger)).toEqual({ lost: 0, doubled: 0, unexpected: [] });
    expect(auditOf([...LOG, recorded('note-2', 0, 50, 'in doubt'), recorded('note-2', 1, 60, 'in doubt')], ledger).doubled).toBe(1);
    expect(auditOf([...LOG, recorded('note-2', 0, 50, 'refused')], ledger).unexpected).toHaveLength(1);
  });
});

describe('the result', () => {
  const sound: StageResult = {
    title: 'nodes',
    faults: 1,
    acknowledged: 10,
    lost: 0,
    doubled: 0,
    answers: 10,
    wrong: 0,
    followerMissed: 0,
    followerRepeated: 0,
    outages: 1,
    alarms: 2,
    tooLoud: 0,
    appendAgainFrom: 'the kill',
    appendAgainMs: [900, 2_000, 1_000],
    unavailableAfterMs: [12_000],
  };

  it('is sound only where nothing is lost, doubled, wrong, missed, repeated, too loud or too slow', () => {
    expect(isSound(sound)).toBe(true);
    const faults = ['lost', 'doubled', 'wrong', 'followerMissed', 'followerRepeated', 'tooLoud'] as const;
    for (const fault of faults) expect(isSound({ ...sound, [fault]: 1 })).toBe(false);
    expect(isSound({ ...sound, unavailableAfterMs: [12_000, 15_001] })).toBe(false);
  });

  it('sums its stages, and takes from the last one how soon appends passed again', () => {
    const single = { ...sound, appendAgainMs: [3] };
    expect(summaryOf([single, sound], 7)).toMatchObject({
      faults: 2,
      acknowledged: 20,
      alarms: 4,
      appendAgainMs: { median: 1_000, max: 2_000 },
      unavailableAfterMs: { median: 12_000, max: 12_000 },
      seed: 7,
      byStage: [{ appendAgainMs: { median: 3, max: 3 } }, {}],
    });
    expect(spreadOf([])).toEqual({ median: null, max: null });
  });

  it('allows each client two alarms a fault', () => {
    const alarm = (atMs: number, says: string) => ({ message: `EventStoreDB ${says}`, atMs });
    const outage = (begunMs: number, overMs: number) => [alarm(begunMs, 'does not answer'), alarm(overMs, 'answers again')];
    const unended = alarm(21, 'does not answer');
    expect(outagesOf([[...outage(11, 12), unended], outage(13, 14)], [10, 20])).toEqual({ outages: 3, alarms: 5, tooLoud: 0 });
    expect(outagesOf([[...outage(11, 12), ...outage(13, 14)]], [10, 20])).toEqual({ outages: 1, alarms: 4, tooLoud: 2 });
    // An outage that ends after the next fault has begun belongs to the fault of its begin.
    expect(outagesOf([[...outage(11, 21), ...outage(22, 23)]], [10, 20])).toEqual({ outages: 2, alarms: 4, tooLoud: 0 });
  });
});

it('parses nodes given by their process and their start command', () => {
  expect(namedNodeOf('4711=exec ./server --db=/data')).toEqual({ pid: 4711, command: 'exec ./server --db=/data' });
  for (const text of ['', '4711', '4711=', '=server', '1=init', '-5=server', 'server=4711']) expect(namedNodeOf(text)).toBeNull();
});

it('parses the hosts and ports of a connection string', () => {
  const local = (...ports: readonly number[]) => ports.map((port) => ({ host: '127.0.0.1', port }));
  expect(endpointsOf('esdb://127.0.0.1:2114?tls=false')).toEqual(local(2114));
  expect(endpointsOf('esdb://user:pass%40word@127.0.0.1:1,127.0.0.1,127.0.0.1:3?tls=true')).toEqual(local(1, 2113, 3));
  expect(endpointsOf('esdb+discover://127.0.0.1/?tls=true')).toEqual(local(2113));
});
