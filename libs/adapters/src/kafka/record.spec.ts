import { numbered } from '../../test/kafka-world.js';
import { eventOf, recordOf } from './record.js';

const { event } = numbered(7, 3);

describe('an event as Kafka keeps it', () => {
  it('comes back as it was', () => {
    expect(eventOf(recordOf(event).value)).toEqual(event);
  });

  it('has its subject as key, and headers for those who do not look inside', () => {
    const { key, headers } = recordOf({ ...event, traceparent: '00-1-2-01' });
    expect(key).toBe('key-1');
    expect(headers).toEqual({
      'content-type': 'application/cloudevents+json; charset=UTF-8',
      ce_id: '7',
      ce_type: event.type,
      traceparent: '00-1-2-01',
    });
  });

  it.each([
    ['nothing', null],
    ['no JSON', Buffer.from('{')],
    ['no object', Buffer.from('[1]')],
    ['null', Buffer.from('null')],
    ['another version', Buffer.from(JSON.stringify({ ...event, specversion: '2.0' }))],
    ['an attribute of another type', Buffer.from(JSON.stringify({ ...event, subject: 7 }))],
  ])('is not found in %s', (_, value) => {
    expect(eventOf(value)).toBeNull();
  });
});
