export { ALL_PORTS, PORTS, type Ports } from './ports.js';
export { PortsModule } from './ports.module.js';
export { Config, DEMO_KEY, readConfig } from './config/config.js';
export { ErrorFilter, type ErrorForm } from './http/error.filter.js';
export { problemOf, RequestProblem, titleOf, type Problem } from './http/problem.js';
export type { Reply } from './http/reply.js';
export { SetUpRefused } from './set-up-refused.js';
export { ANOTHER_LOG } from './another-log.js';
export type { Worker } from './workers/worker.js';
export { WorkerRunner } from './workers/worker-runner.js';
export { consumerWorker, projectorWorker, relayWorker } from './workers/workers-of.js';
export { WorkersModule } from './workers/workers.module.js';
export { ACCESS_RULE, Allow, Anyone, CurrentPrincipal, type AccessRule } from './access/access-rule.js';
export { AccessGuard } from './access/access.guard.js';
export { AUTHENTICATOR, type Authenticator, type Credentials } from './access/authenticator.js';
export { actorOf, ROLES, type Principal, type Role } from './access/principal.js';
export { languageOf } from './http/language-of.js';
export { Metrics } from './observe/metrics.js';
export { ObserveModule } from './observe/observe.module.js';
export { PROFILES } from './config/engine-config.js';
export { bearerOf } from './access/bearer-of.js';
export { routesOf, type DeclaredRoute } from './access/routes-of.js';
export { bodyOf } from './http/body-of.js';
export { Describe, json, type Answer, type Content, type Parameter } from './openapi/description.js';
export { openApi } from './openapi/open-api.js';
export { LINK_TO_NEXT, linkToNext, PageQueryDto, versionsPage, VersionsQueryDto } from './http/pages.js';
export { schemaOfDto } from './openapi/schema-of-dto.js';
export * from './openapi/schema.js';
export type { Observation } from './observe/observation.js';
export { observeRequests } from './observe/observe-requests.js';
export { startTracing, tracingBy, type Tracing } from './observe/tracing.js';
export { readTraceparent } from './observe/trace-context.js';
export { CommandGateway, type CommandCall } from './commands/command-gateway.js';
export { handlerOf, type HandledAggregate } from './commands/aggregate-handler.js';
export { CommandMessage, type CommandDone, type CommandOutcome } from './commands/command-message.js';
export { commandController, NOTHING_ANSWERED, refusedRead, type CommandAnswer, type CommandAnswers } from './commands/command-routes.js';
export { IDEMPOTENCY_KEY, idempotencyKeyOf, tagOf } from './commands/command-request.js';
export {
  categoriesOf,
  contextAggregate,
  defineContext,
  type Context,
  type ContextAggregate,
  type VaultUse,
} from './context/define-context.js';
export { commandControllersOf, contextModule, relaysOf, type ContextOptions } from './context/context-module.js';
export { routesOfContext } from './context/context-routes.js';
export { scopedPorts } from './context/scoped-ports.js';
export { contextViews, projectionsOf, type ContextView, type View } from './context/views.js';
export {
  BasedOn,
  DepartmentCode,
  Follows,
  InstantText,
  isText,
  ListOf,
  ListThatFollows,
  Nested,
  Note,
  OneOf,
  Satisfies,
  Text,
  Texts,
  WholeNumber,
} from './http/fields.js';
