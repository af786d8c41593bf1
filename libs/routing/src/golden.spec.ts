import { join } from 'node:path';
import { firstOfEachType, goldenContract } from '@onedoor/testkit';
import {
  acceptWork,
  assign,
  close,
  giveBack,
  hours,
  open,
  placement,
  reopen,
  resolve,
  resume,
  route,
  start,
  terms,
  wait,
} from '../test/case.fixtures.js';
import { DISCLOSURE } from './disclosure/disclosure.js';
import { createDepartment, propose, publishCalendar, publishRules, rule, sign } from '../test/agreed.fixtures.js';
import { AGREEMENT, CALENDAR, CASE, DEPARTMENT, ROUTING_RULES } from './aggregates.js';

const folder = (aggregate: string): string => join(import.meta.dirname, aggregate, 'golden');

/** One case through everything that can happen to it: returned, sent again, paused, resumed, late, closed, and open again. */
const A_LONG_STORY = [
  open(),
  acceptWork({ at: hours(0.25) }),
  giveBack({ at: hours(0.5), note: { sealed: 'bm90LW91ci1zdHJlZXQ' }, withinHours: 4 }),
  route({ at: hours(0.75), placement: placement({ because: 'staff', rulesVersion: null, terms: terms({ startedAt: hours(0.75) }) }) }),
  assign({ at: hours(1) }),
  start({ at: hours(2) }),
  wait({ at: hours(4), pause: { capAt: hours(12) } }),
  resume({ at: hours(10) }),
  resolve({ at: hours(31), note: { sealed: 'bm90LWEtcmVhbC1ub3Rl' } }),
  close({ at: hours(32) }),
  reopen({ at: hours(40), terms: null }),
];

goldenContract(CASE, folder('case'), {
  written: firstOfEachType(CASE.decider, ...A_LONG_STORY),
  upcast: {
    'CaseOpened.v1': { service: 'pothole', visibility: 'public', round: 1, reported: null },
    'CaseRouted.v1': { department: 'parks', because: 'rules', rulesVersion: 3, reason: null },
    'CaseWaiting.v1': { reason: 'weather', expectedUntil: '2026-03-03T00:00:00.000Z', note: null },
    'LegEnded.v1': { department: 'parks', startedAt: '2026-03-02T14:00:00.000Z', onTime: true, because: 'returned' },
  },
  amountsTo: { exists: true, status: 'queued', department: 'parks', round: 2, breachedAt: hours(30), promise: null },
});

goldenContract(AGREEMENT, folder('agreement'), {
  written: firstOfEachType(AGREEMENT.decider, propose(), sign('department')),
  amountsTo: { versions: [{ terms: { version: 1, calendarId: 'office' }, signedBy: ['department'] }] },
});

goldenContract(CALENDAR, folder('calendar'), {
  written: firstOfEachType(CALENDAR.decider, publishCalendar()),
  amountsTo: [{ id: 'office', version: 1, zone: 'America/New_York' }],
});

goldenContract(DEPARTMENT, folder('department'), {
  written: firstOfEachType(DEPARTMENT.decider, createDepartment()),
  amountsTo: { name: 'Parks and Gardens' },
});

goldenContract(ROUTING_RULES, folder('rules'), {
  written: firstOfEachType(ROUTING_RULES.decider, publishRules(0, rule('pothole', 'works'), rule('fallen_tree', 'parks'))),
  amountsTo: { version: 1, rules: [rule('pothole', 'works'), rule('fallen_tree', 'parks')] },
});

goldenContract(DISCLOSURE, folder('disclosure'), {
  written: firstOfEachType(DISCLOSURE.decider, {
    type: 'RecordDisclosure',
    at: hours(0),
    reference: '9AN03NQK8NE',
    parts: ['details', 'description'],
  }),
  amountsTo: { times: 1 },
});
