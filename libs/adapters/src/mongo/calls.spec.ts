import { Unavailable } from '@onedoor/engine';
import { AlarmLog } from '@onedoor/testkit';
import { mongo } from 'mongoose';
import { OutageMonitor } from '../shared/outage-monitor.js';
import { Calls } from './calls.js';

const stepDown = (): mongo.MongoServerError =>
  new mongo.MongoServerError({ code: 189, codeName: 'PrimarySteppedDown', message: 'stepped down' });

describe('the calls over one connection', () => {
  const { alarm, entries } = new AlarmLog();
  let calls: Calls;
  beforeEach(() => {
    calls = new Calls(new OutageMonitor('MongoDB', alarm));
  });

  it('fail when it is closed, and take nothing for an answer that the driver then ends', async () => {
    const { promise: cut, resolve: end } = Promise.withResolvers<readonly string[]>();
    const asked = [calls.read(() => cut), calls.write(() => cut)];
    const failures = asked.map((answer) => expect(answer).rejects.toThrow(Unavailable));
    calls.close();
    end(['only the first of many']);
    await Promise.all(failures);
    await expect(calls.read(async () => 'later')).rejects.toThrow(Unavailable);
    expect(entries).toEqual([]);
  });

  it('ask again what only reads, a few times, and no write that may have been done', async () => {
    let attempts = 0;
    const breakingOff = (times: number) => async (): Promise<number> => {
      if (++attempts <= times) throw stepDown();
      return attempts;
    };
    expect(await calls.read(breakingOff(2))).toBe(3);
    attempts = 0;
    await expect(calls.read(breakingOff(9))).rejects.toThrow(Unavailable);
    expect(attempts).toBe(3);
    attempts = 0;
    await expect(calls.write(breakingOff(1))).rejects.toThrow(Unavailable);
    expect(attempts).toBe(1);
  });
});
