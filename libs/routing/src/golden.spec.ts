import { join } from 'node:path';
import { firstOfEachType, goldenContract } from '@onedoor/testkit';
import { hours, OFFICE } from '../test/case.fixtures.js';
import { DISCLOSURE } from './disclosure/disclosure.js';
import { OFFER } from './offer/offer.js';
import { agreement, createDepartment, propose, publishCalendar, publishRules, rule, sign } from '../test/agreed.fixtures.js';
import { AGREEMENT, CALENDAR, DEPARTMENT, ROUTING_RULES } from './aggregates.js';

const folder = (aggregate: string): string => join(import.meta.dirname, aggregate, 'golden');

goldenContract(AGREEMENT, folder('agreement'), {
  written: firstOfEachType(AGREEMENT.decider, propose(), sign('department')),
  upcast: { 'AgreementProposed.v1': { ...agreement(), returnWithinHours: null } },
  amountsTo: { versions: [{ terms: { version: 1, calendarId: 'office' }, signedBy: ['department'] }] },
});

goldenContract(CALENDAR, folder('calendar'), {
  written: firstOfEachType(CALENDAR.decider, publishCalendar()),
  upcast: { 'CalendarPublished.v1': OFFICE },
  amountsTo: [{ calendar: { id: 'office', version: 1, zone: 'America/New_York' } }],
});

goldenContract(DEPARTMENT, folder('department'), {
  written: firstOfEachType(DEPARTMENT.decider, createDepartment()),
  amountsTo: { name: 'Parks and Gardens' },
});

goldenContract(ROUTING_RULES, folder('rules'), {
  written: firstOfEachType(ROUTING_RULES.decider, publishRules(0, rule('pothole', 'works'), rule('fallen_tree', 'parks'))),
  amountsTo: { version: 1, rules: [rule('pothole', 'works'), rule('fallen_tree', 'parks')] },
});

goldenContract(OFFER, folder('offer'), {
  written: firstOfEachType(OFFER.decider, { type: 'RecordOffer', at: hours(0), services: ['pothole', 'fallen_tree'] }),
  amountsTo: new Set(['pothole', 'fallen_tree']),
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
