import type { Projected } from '@onedoor/engine';
import {
  claimed,
  days,
  failed,
  minutes,
  moved,
  opened,
  promised,
  REFERENCE,
  requested,
  sent,
  suppressed,
} from '../../test/correspondence.fixtures.js';
import type { CorrespondenceEvent } from '../correspondence/events.js';
import { PENDING_NOTIFICATIONS, type PendingNotification } from './pending-notifications.js';

const project = (...events: readonly CorrespondenceEvent[]): PendingNotification | null =>
  events
    .filter(({ type }) => PENDING_NOTIFICATIONS.handles.includes(type))
    .map(
      (event, revision) =>
        ({
          ...event,
          stream: `notification-${REFERENCE}`,
          revision,
          position: String(revision),
        }) as unknown as Projected<CorrespondenceEvent>,
    )
    .reduce<PendingNotification | null>((document, event) => PENDING_NOTIFICATIONS.evolve(document, event), null);

const BEGUN = [opened(), requested()];

describe('what waits to be sent', () => {
  it('is due at once when it is new', () => {
    expect(project(...BEGUN)).toEqual({ reference: REFERENCE, n: 1, nextAttemptAt: requested().at, behind: [] });
  });

  it('rests while a courier has it, and after a failure', () => {
    expect(project(...BEGUN, claimed())).toMatchObject({ n: 1, nextAttemptAt: minutes(6) });
    expect(project(...BEGUN, claimed(), failed())).toMatchObject({ n: 1, nextAttemptAt: minutes(3) });
  });

  it('waits behind what was to be sent before it', () => {
    expect(project(...BEGUN, promised(), promised({ n: 3 }))).toMatchObject({ n: 1, behind: [{ n: 2 }, { n: 3 }] });
  });

  it.each([sent(), suppressed(), failed({ failure: 'refused', nextAttemptAt: null })])(
    'has its turn after $type, which ends the one before it',
    (end) => {
      expect(project(...BEGUN, promised(), claimed(), end)).toEqual({ reference: REFERENCE, n: 2, nextAttemptAt: end.at, behind: [] });
      expect(project(...BEGUN, claimed(), end)).toBeNull();
    },
  );

  it('is held for what may follow, alone or behind others', () => {
    expect(project(...BEGUN, claimed(), sent(), moved(minutes(9), days(4)))).toMatchObject({ n: 3, nextAttemptAt: minutes(24) });
    expect(project(...BEGUN, moved(minutes(1), days(4)), claimed(), sent())).toMatchObject({ n: 3, nextAttemptAt: minutes(16) });
  });

  it('is over without its turn where later news took its place', () => {
    const held = [...BEGUN, moved(minutes(1), days(4)), suppressed({ n: 3, reason: 'superseded' })];
    expect(project(...held)).toMatchObject({ n: 1, behind: [] });
    expect(project(...held, claimed(), sent())).toBeNull();
  });

  it('is there again when something else is to be told later', () => {
    expect(project(...BEGUN, claimed(), sent(), promised({ at: minutes(9) }))).toMatchObject({ n: 2, nextAttemptAt: minutes(9) });
  });
});
