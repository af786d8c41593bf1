export { ALL_PORTS, PORTS, type Ports } from './ports.js';
export { PortsModule } from './ports.module.js';
export { ANOTHER_LOG, SetUpRefused } from './start-refusals.js';

export { Config, DEMO_KEY, readConfig } from './config/config.js';
export { PROFILES } from './config/engine-config.js';

export { ROLES, type Principal, type Role } from '@onedoor/kernel';
export { OperatorAccess } from './access/operator-access.js';
export { Allow, Anyone, CurrentPrincipal, Operators, RightToGoOn, type StillAllowed } from './access/access-rule.js';
export { AccessGuard } from './access/access.guard.js';
export { actorOf, AUTHENTICATOR, bearerOf, refuseOtherDepartment, type Authenticator, type Credentials } from './access/authenticator.js';
export { routesOf, type DeclaredRoute } from './access/routes-of.js';

export { edgeOptions, type EdgeTimes } from './edge/edge-options.js';
export { ErrorAnswers } from './edge/error-answers.js';
export { Form, type FormTexts } from './edge/form.js';
export { guardEdge } from './edge/guard-edge.js';

export { bodyOf } from './http/body-of.js';
export { compressAnswers } from './http/compress-answers.js';
export { ErrorFilter, type Reply } from './http/error.filter.js';
export type { ErrorForm } from './http/error-form.js';
export {
  BasedOn,
  DepartmentCode,
  Follows,
  Identifier,
  identifierSchema,
  InstantText,
  isText,
  ListOf,
  ListThatFollows,
  Nested,
  Note,
  OneOf,
  Satisfies,
  ServiceCode,
  Text,
  Texts,
  WholeNumber,
} from './http/fields.js';
export { languageOf } from './http/language-of.js';
export {
  CursorQueryDto,
  LINK_TO_NEXT,
  linkToNext,
  pageOf,
  PageQueryDto,
  readCursor,
  versionsPage,
  VersionsQueryDto,
  writeCursor,
  type PageEnd,
} from './http/pages.js';
export { RequestProblem } from './http/problem.js';

export { ClientLimits } from './limits/client-limits.js';
export { networkOf } from './limits/network-of.js';

export { Describe, json, type Answer, type Content } from './openapi/description.js';
export { openApi } from './openapi/open-api.js';
export * from './openapi/schema.js';
export { schemaOfDto } from './openapi/schema-of-dto.js';

export { isKeyedHash, keyedHash, plainHash } from './commands/body-hash.js';
export { CommandGateway } from './commands/command-gateway.js';
export { type CommandDone, type CommandOutcome } from './commands/command-message.js';
export { IDEMPOTENCY_KEY, tagOf } from './commands/command-request.js';
export { NOTHING_ANSWERED, refusedRead, type CommandAnswers } from './commands/command-routes.js';

export { contextModule, relaysOf } from './context/context-module.js';
export { routesOfContext } from './context/context-routes.js';
export {
  categoriesOf,
  contextAggregate,
  defineContext,
  type Context,
  type ContextAggregate,
  type ProcessSettings,
  type RecordedReading,
} from './context/define-context.js';
export { scopedPorts } from './context/scoped-ports.js';
export { contextViews, projectionsOf, type ContextView, type View } from './context/views.js';

export { WorkerRunner, WorkersModule } from './workers/worker-runner.js';
export { logLagOf, type Worker } from './workers/worker.js';

export { frameworkLog } from './observe/framework-log.js';
export { Metrics } from './observe/metrics.js';
export { observeRequests } from './observe/observe-requests.js';
export { ObserveModule, type Observation } from './observe/observe.module.js';
export { readTraceparent, startTracing } from './observe/tracing.js';
export { Caches } from './observe/caches.js';
