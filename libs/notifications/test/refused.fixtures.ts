import { deterministicId, type RecordedEvent } from '@onedoor/engine';
import { claimed, failed, minutes, promised } from './correspondence.fixtures.js';

/** The story of the golden files up to what was sent, and a second notification after it, which is refused. */
export function secondStory(golden: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const [first] = golden;
  if (first === undefined) throw new Error('The golden files tell a story');
  const second = [
    promised({ at: minutes(5) }),
    claimed({ at: minutes(6), n: 2 }),
    failed({ at: minutes(7), n: 2, failure: 'refused', code: 'SMTP_550', nextAttemptAt: null }),
  ];
  const more = second.map((event) => ({ ...first, ...event, id: deterministicId('second story', event.type), recordedAt: event.at }));
  return [...golden.filter(({ type }) => type !== 'NotificationSuppressed'), ...more].map((event, revision) => ({ ...event, revision }));
}
