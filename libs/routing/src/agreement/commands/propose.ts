import { defineCommand } from '@onedoor/engine';
import { reject } from '@onedoor/kernel';
import { BasedOn, Nested } from '@onedoor/platform';
import type { AgreementNeeds } from '../agreement-needs.service.js';
import type { AgreementCommand, AgreementState } from '../decider.js';
import { AgreementTermsBody, draftOf } from './terms-body.js';

export class ProposeAgreementBody {
  @BasedOn('basedOn') basedOn!: number;
  @Nested('terms', AgreementTermsBody) terms!: AgreementTermsBody;
}

export const propose = defineCommand<AgreementState, AgreementCommand, AgreementNeeds>()({
  name: 'propose',
  type: 'ProposeAgreement',
  summary: 'Propose a version of the agreement with a department',
  details:
    'In force once the department and 311 have signed it and its instant has come. What says the same as the newest changes nothing.',
  body: ProposeAgreementBody,
  example: {
    basedOn: 0,
    terms: {
      effectiveFrom: '2026-12-01T05:00:00Z',
      reviewOn: '2027-12-01',
      calendarId: 'city-hall',
      targets: [{ service: 'pothole', milestone: 'resolve', target: { amount: 3, unit: 'business_days' } }],
      warnings: [{ fraction: 0.75 }],
      pauses: [{ reason: 'weather', capDays: 14 }],
      returnWithinHours: 24,
    },
  },
  roles: ['administrator'],
  stream: 'any',
  refusals: { DEPARTMENT_UNKNOWN: 404, CALENDAR_UNKNOWN: 409, SERVICE_UNKNOWN: 409, AGREEMENT_TERMS_INVALID: 400, AGREEMENT_CHANGED: 409 },
  async prepare({ id, body: { basedOn, terms }, at, by, isPreview }, needs) {
    if (!(await needs.hasDepartment(id))) return reject('DEPARTMENT_UNKNOWN', 'department: there is no such department');
    if (!(await needs.hasCalendar(terms.calendarId))) return reject('CALENDAR_UNKNOWN', 'terms.calendarId: there is no such calendar');
    // A city file brings its own services, which routing may not have heard of yet.
    const unknown = by === null ? null : await needs.offers.refuseUnknown('terms.targets', terms.targets);
    if (unknown !== null) return unknown;
    // Its topic once more: nothing is agreed with a department that could not be told of its work.
    if (!isPreview) await needs.topics.declare(id);
    return { type: 'ProposeAgreement', at, basedOn, terms: draftOf(terms) };
  },
});
