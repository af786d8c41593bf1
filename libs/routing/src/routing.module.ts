import { CATALOG_TOPIC, INTAKE_TOPIC, ROUTING_TOPIC } from '@onedoor/contracts';
import { foldDocument, type Projection } from '@onedoor/engine';
import { contextAggregate, defineContext, type Context } from '@onedoor/platform';
import { AGREEMENT, CALENDAR, CASE, DEPARTMENT, ROUTING_RULES } from './aggregates.js';
import { AgreementNeeds } from './agreement/agreement-needs.service.js';
import { AGREEMENT_ANSWERS, AgreementsController } from './agreement/agreements.http.js';
import { Agreements } from './agreement/agreements.service.js';
import { AGREEMENT_COMMANDS } from './agreement/commands/index.js';
import { describeAgreement } from './agreement/decider.js';
import { CALENDAR_ANSWERS, CalendarsController } from './calendar/calendars.http.js';
import { CALENDAR_COMMANDS } from './calendar/commands/index.js';
import { describeCalendar } from './calendar/decider.js';
import { CASE_ANSWERS } from './case/case-answers.http.js';
import { CaseNeeds } from './case/case-needs.service.js';
import { CASE_OVERVIEW } from './case/case-overview.js';
import { CaseReader } from './case/case-reader.service.js';
import { CaseText } from './case/case-text.service.js';
import { CasesController } from './case/cases.http.js';
import { Clocks } from './case/clocks.worker.js';
import { CASE_COMMANDS } from './case/commands/index.js';
import { describeCase } from './case/describe.js';
import { DUE_LIST } from './case/due-list.js';
import { PlaceHistoryController } from './case/place-history.http.js';
import { PlaceHistoryHandler } from './case/place-history.service.js';
import { Policies } from './case/policies.service.js';
import { publishCase } from './case/publish.js';
import { QueuesController } from './case/queues.http.js';
import { ReadQueueHandler } from './case/read-queue.service.js';
import { reactToIntake } from './case/react.js';
import { DEPARTMENT_COMMANDS } from './department/commands/index.js';
import { describeDepartment } from './department/decider.js';
import { DepartmentAccess } from './department/department-access.http.js';
import { DEPARTMENT_LIST } from './department/department-list.js';
import { DEPARTMENT_ANSWERS, DepartmentsController } from './department/departments.http.js';
import { Departments, WorkTopics } from './department/departments.service.js';
import { ListDepartmentsHandler } from './department/list-departments.service.js';
import { RULES_COMMANDS } from './rules/commands/index.js';
import { describeRoutingRules } from './rules/decider.js';
import { RULES_ANSWERS, RulesController } from './rules/rules.http.js';
import { DISCLOSURE_COMMANDS } from './disclosure/commands/index.js';
import { describeDisclosure, DISCLOSURE } from './disclosure/disclosure.js';
import { Disclosures } from './disclosure/disclosures.service.js';
import { describeOffer, OFFER, reactToCatalog } from './offer/offer.js';
import { OFFER_COMMANDS, Offers } from './offer/offers.service.js';
import { RulesNeeds } from './rules/rules-needs.service.js';
import { WorkFeed } from './work/work-feed.service.js';
import { WorkController } from './work/work.http.js';

/** The work: cases, the departments that agreed to do them, and the clocks they run against. */
export const ROUTING: Context = defineContext({
  name: 'routing',
  aggregates: [
    contextAggregate({
      of: CASE,
      commands: CASE_COMMANDS,
      needs: CaseNeeds,
      shownIn: CASE_OVERVIEW.collection,
      idIsReference: true,
      answers: CASE_ANSWERS,
      publish: publishCase,
      alarmOf: ({ type }) => (type === 'CaseHandOversUsedUp' ? 'case handed over too often' : null),
      describe: describeCase,
      present: (events) => foldDocument(CASE_OVERVIEW, events),
    }),
    contextAggregate({ of: OFFER, commands: OFFER_COMMANDS, idIsReference: false, describe: describeOffer }),
    contextAggregate({
      of: DISCLOSURE,
      commands: DISCLOSURE_COMMANDS,
      idIsReference: false,
      describe: describeDisclosure,
      readingOf: ({ data: { parts } }) => ({ parts, purpose: 'work', asOf: null }),
    }),
    contextAggregate({
      of: DEPARTMENT,
      commands: DEPARTMENT_COMMANDS,
      needs: WorkTopics,
      idIsReference: false,
      answers: DEPARTMENT_ANSWERS,
      describe: describeDepartment,
    }),
    contextAggregate({
      of: CALENDAR,
      commands: CALENDAR_COMMANDS,
      idIsReference: false,
      answers: CALENDAR_ANSWERS,
      describe: describeCalendar,
    }),
    contextAggregate({
      of: AGREEMENT,
      commands: AGREEMENT_COMMANDS,
      needs: AgreementNeeds,
      idIsReference: false,
      answers: AGREEMENT_ANSWERS,
      describe: describeAgreement,
    }),
    contextAggregate({
      of: ROUTING_RULES,
      commands: RULES_COMMANDS,
      needs: RulesNeeds,
      idIsReference: false,
      answers: RULES_ANSWERS,
      describe: describeRoutingRules,
    }),
  ],
  projections: [CASE_OVERVIEW, DUE_LIST, DEPARTMENT_LIST] as unknown as readonly Projection[],
  topics: [ROUTING_TOPIC],
  consumes: { topics: [CATALOG_TOPIC, INTAKE_TOPIC], react: (event) => [...reactToCatalog(event), ...reactToIntake(event)] },
  workers: [Clocks],
  vault: { seals: true, unseals: ['present', 'work'] },
  http: [
    AgreementsController,
    CalendarsController,
    CasesController,
    DepartmentsController,
    PlaceHistoryController,
    QueuesController,
    RulesController,
    WorkController,
  ],
  providers: [
    CaseNeeds,
    CaseReader,
    CaseText,
    Disclosures,
    Offers,
    RulesNeeds,
    DepartmentAccess,
    Departments,
    Policies,
    WorkFeed,
    AgreementNeeds,
    Agreements,
    ListDepartmentsHandler,
    PlaceHistoryHandler,
    ReadQueueHandler,
    WorkTopics,
  ],
  exports: [CaseReader, Clocks, Policies],
});
