import { CATALOG_TOPIC, INTAKE_TOPIC, ROUTING_TOPIC } from '@onedoor/contracts';
import { foldDocument, type Projection } from '@onedoor/engine';
import { contextAggregate, defineContext, type Context } from '@onedoor/platform';
import { SERVICE_CATALOG, SERVICE_REQUEST } from './aggregates.js';
import { CATALOG_ANSWERS, CatalogController } from './catalog/catalog.http.js';
import { CATALOG_COMMANDS } from './catalog/commands/index.js';
import { describeCatalog } from './catalog/decider.js';
import { publishCatalog } from './catalog/publish.js';
import { Catalog } from './catalog/catalog.service.js';
import { HomeController } from './home/home.http.js';
import { ApiKeys, OPEN311_KEYS } from './open311/api-keys.service.js';
import { OPEN311_ERRORS } from './open311/error-form.http.js';
import { Open311Controller } from './open311/open311.http.js';
import { ReportController } from './open311/report.http.js';
import { REQUEST_COMMANDS } from './request/commands/index.js';
import { describeServiceRequest } from './request/describe.js';
import { publishServiceRequest } from './request/publish.js';
import { reactToRouting } from './request/react.js';
import { ListRequestsHandler, ReadRequestsHandler, ReadShownRequestsHandler } from './request/read-requests.service.js';
import { REQUEST_STATUS } from './request/request-status.js';
import { SubmissionDesk } from './request/submission-desk.service.js';

/** The front door: takes reports in, answers for what was reported, and keeps what the resident was told. */
export const INTAKE: Context = defineContext({
  name: 'intake',
  aggregates: [
    contextAggregate({
      of: SERVICE_REQUEST,
      commands: REQUEST_COMMANDS,
      idIsReference: true,
      shownIn: REQUEST_STATUS.collection,
      publish: publishServiceRequest,
      describe: describeServiceRequest,
      present: (events) => {
        const status = foldDocument(REQUEST_STATUS, events);
        // Sealed text stays sealed: that it exists is all that is shown.
        return status && { ...status, description: status.description === null ? null : 'sealed' };
      },
    }),
    contextAggregate({
      of: SERVICE_CATALOG,
      commands: CATALOG_COMMANDS,
      idIsReference: false,
      relay: 'intake_catalog',
      answers: CATALOG_ANSWERS,
      publish: publishCatalog,
      describe: describeCatalog,
    }),
  ],
  projections: [REQUEST_STATUS as unknown as Projection],
  topics: [CATALOG_TOPIC, INTAKE_TOPIC],
  consumes: { topics: [ROUTING_TOPIC], react: reactToRouting },
  workers: [],
  vault: { seals: true, keepsContacts: true, unseals: ['present'] },
  http: [HomeController, CatalogController, Open311Controller, ReportController],
  errorForms: [OPEN311_ERRORS],
  providers: [ApiKeys, Catalog, ListRequestsHandler, ReadRequestsHandler, ReadShownRequestsHandler, SubmissionDesk],
  settings: ({ open311Keys }) => [{ provide: OPEN311_KEYS, useValue: open311Keys }],
  exports: [Catalog, SubmissionDesk],
});
