import type { NewEvent } from '@onedoor/engine';

/** An event of no meaning, complete in every field. */
export const sampleEvent = (id: string, data: unknown = { note: id }): NewEvent => ({
  id,
  type: 'Noted',
  v: 1,
  at: '2026-03-01T08:00:00.000Z',
  recordedAt: '2026-03-01T08:00:01.000Z',
  data,
  metadata: {
    actor: { role: 'system', id: 'contract' },
    commandId: `command-${id}`,
    correlationId: `correlation-${id}`,
    causationId: `cause-${id}`,
    jurisdiction: 'city',
  },
});

/** `count` events with ids of their own. */
export const sampleEvents = (prefix: string, count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, index) => sampleEvent(`${prefix}.${index}`));
