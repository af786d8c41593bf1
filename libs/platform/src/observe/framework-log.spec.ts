import { ALARMS } from '@onedoor/engine';
import { AlarmLog } from '@onedoor/testkit';
import { frameworkLog } from './framework-log.js';
import { Metrics } from './metrics.js';

describe('what Nest itself reports', () => {
  it('is an alarm where it is an error or a warning, in one line of bounded length, and nothing otherwise', () => {
    const alarms = new AlarmLog();
    const log = frameworkLog(alarms.alarm);
    log.error(new Error(`${'x'.repeat(500)}\nand a stack`), 'at one.ts\nat other.ts', 'ExceptionsHandler');
    log.warn('Odd');
    log.log('Module initialized');
    expect(alarms.entries).toEqual([
      { message: 'framework complains', details: { level: 'error', part: 'ExceptionsHandler', reason: `Error: ${'x'.repeat(193)}` } },
      { message: 'framework complains', details: { level: 'warn', part: null, reason: 'Odd' } },
    ]);
  });
});

describe('alarms among the figures', () => {
  it('stand at 0 before the first one, each with its urgency, and are counted by their text', async () => {
    const metrics = new Metrics();
    metrics.countAlarm('message parked');
    metrics.countAlarm('message parked');
    const text = await metrics.registry.getSingleMetricAsString('onedoor_alarms_total');
    for (const [message, urgency] of Object.entries(ALARMS))
      expect(text).toContain(`onedoor_alarms_total{message="${message}",urgency="${urgency}"} ${message === 'message parked' ? 2 : 0}`);
  });
});
