import { MINUTE_MS } from '@onedoor/kernel';
import { givenOf } from '@onedoor/testkit';
import {
  announce,
  claim,
  claimed,
  days,
  failed,
  minutes,
  monday,
  open,
  opened,
  promised,
  recordFailure,
  recordSent,
  requested,
  sent,
  suppress,
  suppressed,
} from '../../test/correspondence.fixtures.js';
import { correspondenceDecider } from './decider.js';
import type { CorrespondenceEvent } from './events.js';

const given = givenOf(correspondenceDecider);
const BEGUN = [opened(), requested()];
const CLAIMED = [...BEGUN, claimed()];

describe('what there is to tell', () => {
  it('begins with the report itself, in the language of the reporter', () => {
    given()
      .when(open({ language: 'es' }))
      .then(opened({ language: 'es' }), requested({ language: 'es' }));
  });

  it('is opened once', () => {
    given(...BEGUN)
      .when(open({ at: minutes(9) }))
      .thenNothing();
  });

  it('is counted, in the language it was opened in', () => {
    given(opened({ language: 'es' }), requested({ language: 'es' }))
      .when(announce())
      .then(promised({ language: 'es' }));
  });

  it('is nothing where the reporter cannot be reached', () => {
    for (const command of [announce(), claim(), recordSent(), recordFailure(), suppress()]) given().when(command).thenNothing();
  });

  it('ends at a limit, even where contexts send each other in circles', () => {
    const many = Array.from({ length: 200 }, (_, index) => promised({ n: index + 1 }));
    const news = { kind: 'reopened', round: 2 } as const;
    given(opened(), ...many.slice(0, 199))
      .when(announce({ news }))
      .then(promised({ n: 200, news }));
    given(opened(), ...many)
      .when(announce({ news }))
      .thenRejects('CORRESPONDENCE_FULL');
  });
});

describe('claiming a notification', () => {
  it('keeps others from it for five minutes', () => {
    given(...BEGUN)
      .when(claim(minutes(1)))
      .then(claimed());
    given(...CLAIMED)
      .when(claim(minutes(5)))
      .thenNothing();
  });

  it('is taken over from a courier that was not heard of again', () => {
    given(...CLAIMED)
      .when(claim(minutes(6)))
      .then(claimed({ at: minutes(6), attempt: 2, claimedUntil: minutes(11) }));
  });

  it('is in vain when all is over', () => {
    given(...CLAIMED, sent())
      .when(claim(minutes(9)))
      .thenNothing();
  });

  it('waits for the end of a back-off', () => {
    given(...CLAIMED, failed())
      .when(claim(minutes(2)))
      .thenNothing();
    given(...CLAIMED, failed())
      .when(claim(minutes(3)))
      .then(claimed({ at: minutes(3), attempt: 2, claimedUntil: minutes(8) }));
  });

  it('never lets a later notification overtake an earlier one', () => {
    given(...CLAIMED, promised(), failed())
      .when(claim(minutes(2)))
      .thenNothing();
    given(...BEGUN, promised())
      .when(claim(minutes(1)))
      .then(claimed());
  });

  it.each([
    ['was sent', sent()],
    ['failed for good', failed({ failure: 'refused', code: 'SMTP_550', nextAttemptAt: null })],
    ['was suppressed', suppressed()],
  ] as const)('comes to the later one once the earlier one %s', (_name, end) => {
    given(...BEGUN, promised(), claimed(), end)
      .when(claim(minutes(2)))
      .then(claimed({ at: minutes(2), n: 2, claimedUntil: minutes(7) }));
  });

  it('suppresses news of more than a week ago', () => {
    given(...BEGUN)
      .when(claim(days(7)))
      .then(claimed({ at: days(7), claimedUntil: minutes(7 * 24 * 60 + 5) }));
    given(...BEGUN)
      .when(claim('2026-03-09T14:00:00.001Z'))
      .then(suppressed({ at: '2026-03-09T14:00:00.001Z', reason: 'outdated' }));
  });
});

describe('what became of it', () => {
  it('is recorded once', () => {
    given(...CLAIMED)
      .when(recordSent())
      .then(sent());
    given(...CLAIMED)
      .when(recordFailure())
      .then(failed());
    given(...CLAIMED)
      .when(suppress({ reason: 'erased' }))
      .then(suppressed({ reason: 'erased' }));
  });

  it.each([sent(), failed({ failure: 'refused', nextAttemptAt: null }), suppressed()])('is already so after $type', (end) => {
    for (const command of [recordSent(), recordFailure(), suppress()])
      given(...CLAIMED, end)
        .when(command)
        .thenNothing();
  });

  it('counts as sent even where another courier took it up meanwhile', () => {
    given(...CLAIMED, claimed({ at: minutes(6), attempt: 2 }))
      .when(recordSent({ at: minutes(7) }))
      .then(sent({ at: minutes(7) }));
  });

  it('leaves the claim of another courier alone', () => {
    given(...CLAIMED, claimed({ at: minutes(6), attempt: 2 }))
      .when(recordFailure({ at: minutes(7) }))
      .thenNothing();
  });

  it.each([recordSent({ n: 2 }), recordFailure({ n: 2 }), suppress({ n: 0 })])(
    'is refused for a number that there is not: $type',
    (command) => {
      given(...CLAIMED)
        .when(command)
        .thenRejects('NOTIFICATION_UNKNOWN');
    },
  );
});

describe('trying again', () => {
  /** The pauses in minutes after each attempt that fails alike; null: no more. */
  function pauses(failure: 'deferred' | 'refused' | 'unreachable', times: number): readonly (number | null)[] {
    let state = [...BEGUN].reduce<typeof correspondenceDecider.initial>(correspondenceDecider.evolve, correspondenceDecider.initial);
    let at = monday;
    return Array.from({ length: times }, (_, index) => {
      const run = (command: Parameters<typeof correspondenceDecider.decide>[0]): CorrespondenceEvent | undefined => {
        const decision = correspondenceDecider.decide(command, state);
        if (decision.outcome === 'rejected') throw new Error(decision.code);
        state = decision.events.reduce(correspondenceDecider.evolve, state);
        return decision.events[0];
      };
      run(claim(at));
      const event = run(recordFailure({ at, attempt: index + 1, failure }));
      if (event?.type !== 'NotificationFailed' || event.data.nextAttemptAt === null) return null;
      const pause = (Date.parse(event.data.nextAttemptAt) - Date.parse(at)) / MINUTE_MS;
      at = event.data.nextAttemptAt;
      return pause;
    });
  }

  it('waits longer each time, eight attempts in all', () => {
    expect(pauses('deferred', 8)).toEqual([1, 5, 15, 60, 240, 720, 1_440, null]);
  });

  it('ends with a refusal', () => {
    expect(pauses('refused', 1)).toEqual([null]);
  });

  it('goes on for as long as the mailer cannot be asked', () => {
    expect(pauses('unreachable', 20)).toEqual([1, 5, ...Array.from({ length: 18 }, () => 15)]);
  });

  it('counts misses in a row: an answer begins them anew, and they use up no attempt', () => {
    const missed = failed({ failure: 'unreachable', code: 'UNREACHABLE', nextAttemptAt: minutes(2) });
    const deferred = failed({ nextAttemptAt: minutes(2) });
    const retry = recordFailure({ at: minutes(2), failure: 'unreachable', code: 'UNREACHABLE' });
    given(...CLAIMED, missed, deferred)
      .when(retry)
      .then(failed({ failure: 'unreachable', code: 'UNREACHABLE', nextAttemptAt: minutes(3) }));
    given(...CLAIMED, missed, missed, missed)
      .when(recordFailure())
      .then(failed());
  });
});
