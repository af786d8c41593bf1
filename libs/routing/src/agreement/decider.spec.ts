import { givenOf } from '@onedoor/testkit';
import { agreement, propose, proposed, sign, signed } from '../../test/agreed.fixtures.js';
import { hours, justBefore, monday } from '../../test/case.fixtures.js';
import type { Party } from './agreement.js';
import { CASE_STATUSES } from '@onedoor/contracts';
import { CASE_COMMANDS } from '../case/commands/index.js';
import { milestoneProblems } from './milestones.js';
import { agreementDecider, termsInForce, type AgreementEvent } from './decider.js';

const given = givenOf(agreementDecider);
const fold = (...events: readonly AgreementEvent[]) => events.reduce(agreementDecider.evolve, agreementDecider.initial);

describe('proposing an agreement', () => {
  it('begins with version 1 and goes on by one', () => {
    given().when(propose()).then(proposed());
    given(proposed())
      .when(propose({ reviewOn: null }, 1))
      .then(proposed({ version: 2, reviewOn: null }));
  });

  it('a version may follow one that no side signed', () => {
    given(proposed(), proposed({ version: 2, reviewOn: null }))
      .when(propose({}, 2))
      .then(proposed({ version: 3 }));
  });

  it('the same terms again change nothing, whichever version their author names', () => {
    given(proposed()).when(propose()).thenNothing();
    given(proposed(), signed('311')).when(propose({}, 7)).thenNothing();
  });

  it('the same terms in another order change nothing', () => {
    const target = (service: string, milestone: string) => ({ service, milestone, target: { amount: 1, unit: 'business_days' as const } });
    const listed = {
      targets: [target('pothole', 'resolve'), target('graffiti', 'resolve')],
      warnings: [{ fraction: 0.5 }, { leadMinutes: 60 }],
      pauses: [
        { reason: 'weather', capDays: 14 },
        { reason: 'permit', capDays: 5 },
      ],
    };
    const reversed = { targets: listed.targets.toReversed(), warnings: listed.warnings.toReversed(), pauses: listed.pauses.toReversed() };
    given(proposed(listed)).when(propose(reversed)).thenNothing();
    given(proposed(listed))
      .when(propose({ ...reversed, pauses: listed.pauses.slice(1) }, 1))
      .then(proposed({ ...reversed, pauses: listed.pauses.slice(1), version: 2 }));
  });

  it.each([
    ['warnings[1]: ', { warnings: [{ fraction: 0.5 }, { fraction: 0.5 }] }],
    ['warnings[2]: ', { warnings: [{ leadMinutes: 5 }, { fraction: 0.5 }, { leadMinutes: 5 }] }],
    [
      'pauses[1]: ',
      {
        pauses: [
          { reason: 'weather', capDays: 14 },
          { reason: 'weather', capDays: 3 },
        ],
      },
    ],
  ])('refuses what stands twice, by its place: %s', (place, draft) => {
    expect(agreementDecider.decide(propose(draft), agreementDecider.initial)).toMatchObject({
      code: 'AGREEMENT_TERMS_INVALID',
      detail: expect.stringContaining(place),
    });
  });

  it('refuses an author who has not seen the newest version', () => {
    given().when(propose({}, 1)).thenRejects('AGREEMENT_CHANGED');
    given(proposed())
      .when(propose({ reviewOn: null }))
      .thenRejects('AGREEMENT_CHANGED');
  });

  it.each([
    [
      'a target of nothing',
      { targets: [{ service: 'pothole', milestone: 'resolve', target: { amount: 0, unit: 'business_days' as const } }] },
    ],
    [
      'a target of half a day',
      { targets: [{ service: 'pothole', milestone: 'resolve', target: { amount: 0.5, unit: 'business_days' as const } }] },
    ],
    [
      'a unit that no clock knows',
      { targets: [{ service: 'pothole', milestone: 'resolve', target: { amount: 1, unit: 'fortnights' as 'business_days' } }] },
    ],
    ['a warning after the end', { warnings: [{ fraction: 1 }] }],
    ['a misroute returned within no time', { returnWithinHours: 0 }],
    ['a misroute returned within part of an hour', { returnWithinHours: 1.5 }],
    ['a warning of no lead', { warnings: [{ leadMinutes: 0 }] }],
  ])('refuses terms that no clock could run under: %s', (_name, draft) => {
    given().when(propose(draft)).thenRejects('AGREEMENT_TERMS_INVALID');
  });

  it('names every service whose target is wrong', () => {
    const decision = agreementDecider.decide(
      propose({
        targets: [
          { service: 'pothole', milestone: 'resolve', target: { amount: 0, unit: 'business_days' } },
          { service: 'graffiti', milestone: 'resolve', target: { amount: -1, unit: 'business_days' } },
        ],
      }),
      agreementDecider.initial,
    );
    expect(decision).toMatchObject({ outcome: 'rejected', detail: expect.stringMatching(/pothole.*graffiti/) });
  });

  it('refuses two targets for one service and milestone: which of them counts would be a matter of order', () => {
    const twice = agreement().targets.flatMap((target) => [target, { ...target, target: { amount: 9, unit: 'calendar_days' as const } }]);
    given()
      .when(propose({ targets: twice }))
      .thenRejects('AGREEMENT_TERMS_INVALID');
  });
});

describe('signing an agreement', () => {
  it('takes each side by itself', () => {
    given(proposed()).when(sign('department')).then(signed('department'));
    given(proposed(), signed('department')).when(sign('311')).then(signed('311'));
  });

  it('takes both sides at once from who sets a city up, and only the side that is missing', () => {
    const both = { ...sign('department'), parties: ['department', '311'] as const };
    given(proposed()).when(both).then(signed('department'), signed('311'));
    given(proposed(), signed('department')).when(both).then(signed('311'));
  });

  it('twice changes nothing', () => {
    given(proposed(), signed('311')).when(sign('311')).thenNothing();
  });

  it('needs a version that was proposed', () => {
    given().when(sign('311')).thenRejects('AGREEMENT_VERSION_UNKNOWN');
    given(proposed()).when(sign('311', 2)).thenRejects('AGREEMENT_VERSION_UNKNOWN');
  });

  it('signs that version only', () => {
    const state = fold(proposed(), proposed({ version: 2 }), signed('311', 2));
    expect(state.versions.map(({ signedBy }) => signedBy)).toEqual([[], ['311']]);
  });
});

describe('the milestones of an agreement', () => {
  const within = (milestone: string, service = 'pothole') => ({
    service,
    milestone,
    target: { amount: 1, unit: 'business_days' as const },
  });

  it.each(['acknowledge', 'start', 'resolve', 'inspect', 'make-safe'])('may be %s, which is measured', (milestone) => {
    const targets = [within(milestone)];
    given().when(propose({ targets })).then(proposed({ targets }));
  });

  it.each([
    ['accept', 'acknowledge'],
    ['assigned', 'acknowledge'],
    ['started', 'start'],
    ['close', 'resolve'],
    ['waiting', 'resolve'],
  ])('may not be %s, which nothing measures', (milestone, meant) => {
    given()
      .when(propose({ targets: [within('resolve'), within(milestone, 'graffiti')] }))
      .thenRejects('AGREEMENT_TERMS_INVALID', new RegExp(`^graffiti: nothing measures ${milestone}; is ${meant} meant\\?$`));
  });

  it('are ten of a service at most', () => {
    const targets = Array.from({ length: 11 }, (_, index) => within(`step-${index}`));
    given()
      .when(propose({ targets }))
      .thenRejects('AGREEMENT_TERMS_INVALID', /^pothole: must not have more than 10 targets$/);
    given()
      .when(propose({ targets: targets.slice(1) }))
      .then(proposed({ targets: targets.slice(1) }));
  });

  it('are never called as a command or a status of a case is that does not reach them', () => {
    const reachedBy = ['start', 'resolve'];
    const names = [...Object.keys(CASE_COMMANDS.commands), ...CASE_STATUSES].filter((name) => !reachedBy.includes(name));
    const asked = names.filter((name) => !['open', 'assess', 'correct'].includes(name));
    expect(asked.filter((name) => milestoneProblems([within(name)]).length === 0)).toEqual([]);
  });
});

describe('the terms in force', () => {
  const both = (version: number) => [signed('department', version), signed('311', version)];

  it('are none before anything is proposed', () => {
    expect(termsInForce(fold(), monday)).toBeNull();
  });

  it('are none until both sides have signed', () => {
    expect(termsInForce(fold(proposed()), monday)).toBeNull();
    expect(termsInForce(fold(proposed(), signed('department')), monday)).toBeNull();
    expect(termsInForce(fold(proposed(), signed('311')), monday)).toBeNull();
    expect(termsInForce(fold(proposed(), ...both(1)), monday)).toEqual(agreement());
  });

  it('count from their day on, that instant included', () => {
    expect(termsInForce(fold(proposed(), ...both(1)), justBefore(monday))).toBeNull();
    expect(termsInForce(fold(proposed(), ...both(1)), monday)?.version).toBe(1);
  });

  it('count from the last signature on where that came after their day', () => {
    const signedAt = (party: Party, at: string): AgreementEvent => ({ type: 'AgreementSigned', at, data: { version: 1, party } });
    const state = fold(proposed(), signedAt('311', hours(2)), signedAt('department', hours(5)));
    expect(termsInForce(state, justBefore(hours(5)))).toBeNull();
    expect(termsInForce(state, hours(5))?.version).toBe(1);
  });

  it('are the newest of those in force, though an older one is signed after it', () => {
    const late = both(1).map((event) => ({ ...event, at: hours(9) }));
    const state = fold(proposed(), proposed({ version: 2 }), ...both(2), ...late);
    expect([hours(1), hours(9)].map((at) => termsInForce(state, at)?.version)).toEqual([2, 2]);
  });

  it('change when the next version takes effect, not when it is signed', () => {
    const state = fold(proposed(), ...both(1), proposed({ version: 2, effectiveFrom: hours(24) }), ...both(2));
    expect(termsInForce(state, justBefore(hours(24)))?.version).toBe(1);
    expect(termsInForce(state, hours(24))?.version).toBe(2);
  });

  it('pass over a newer version that is not signed by both', () => {
    const state = fold(proposed(), ...both(1), proposed({ version: 2 }), signed('311', 2));
    expect(termsInForce(state, hours(1))?.version).toBe(1);
  });
});
