import { AlarmLog } from '@onedoor/testkit';
import { OutageMonitor } from './outage-monitor.js';

const STARTED_MS = Date.parse('2026-03-02T09:00:00.000Z');

describe('an outage', () => {
  let nowMs: number;
  let alarms: AlarmLog;
  let outage: OutageMonitor;
  beforeEach(() => {
    nowMs = STARTED_MS;
    alarms = new AlarmLog();
    outage = new OutageMonitor('Kafka', alarms.alarm, { nowMs: () => nowMs });
  });

  it('is two alarms, however many calls meet it', () => {
    const calls = Array.from({ length: 50 }, () => outage.call());
    for (let round = 0; round < 10; round++) {
      for (const call of calls) call.failed(round === 0 ? 'timeout' : 'unavailable');
      nowMs += 200;
    }
    expect(outage.outage()).toEqual({ since: '2026-03-02T09:00:00.000Z', reason: 'unavailable' });
    expect(alarms.entries).toEqual([
      { message: 'Kafka does not answer', details: { since: '2026-03-02T09:00:00.000Z', reason: 'unavailable' } },
    ]);
    calls.forEach((call, index) => (index < 20 ? call.gaveUp() : call.succeeded()));
    expect(outage.outage()).toBeNull();
    expect(alarms.entries.slice(1)).toEqual([
      { message: 'Kafka answers again', details: { afterMs: 2_000, callsFailed: 20, callsRepeated: 30 } },
    ]);
  });

  it('has the latest reason of its own: what broke first says little, and it may change', () => {
    const call = outage.call();
    call.failed('broken off');
    nowMs += 600;
    call.failed('refuses connections');
    call.failed(null);
    expect(outage.outage()).toMatchObject({ since: '2026-03-02T09:00:00.000Z', reason: 'refuses connections' });
    expect(alarms.entries).toMatchObject([{ details: { reason: 'refuses connections' } }]);
    call.failed('its certificate is not trusted');
    expect(outage.outage()).toMatchObject({ reason: 'its certificate is not trusted' });
  });

  it('is none where the next call mends it', () => {
    for (let round = 0; round < 20; round++) {
      const call = outage.call();
      call.failed('timeout');
      nowMs += 100;
      call.succeeded();
      nowMs += 1_000;
    }
    expect(alarms.entries).toEqual([]);
  });

  it('goes on where calls fail again before the last of them was repeated', () => {
    const [one, other] = [outage.call(), outage.call()];
    one.failed('unavailable');
    other.failed('unavailable');
    nowMs += 600;
    other.failed('unavailable');
    one.succeeded();
    expect(outage.outage()).toBeNull();
    other.failed('unavailable');
    expect(outage.outage()).toMatchObject({ reason: 'unavailable' });
    other.succeeded();
    expect(alarms.messages).toEqual(['Kafka does not answer', 'Kafka answers again']);
  });

  it('lasts while all calls are given up, and is over with the first that is not', () => {
    for (let round = 0; round < 5; round++) {
      const call = outage.call();
      call.failed('unavailable');
      nowMs += 1_000;
      call.failed('unavailable');
      call.gaveUp();
    }
    expect(outage.outage()).not.toBeNull();
    outage.call().succeeded();
    expect(alarms.entries.at(-1)?.details).toEqual({ afterMs: 5_000, callsFailed: 5, callsRepeated: 0 });
  });
});
