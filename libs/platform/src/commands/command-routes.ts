import { Body, Controller, Delete, HttpCode, Inject, Post, Put, Req, Res, type Type } from '@nestjs/common';
import { canReuseKey, NoBody, type AnyCommand, type AnyCommandSet } from '@onedoor/engine';
import type { Principal, Rejection } from '@onedoor/kernel';
import { Allow } from '../access/access-rule.js';
import { bodyOf } from '../http/body-of.js';
import { RequestProblem } from '../http/problem.js';
import type { Reply } from '../http/error.filter.js';
import { Describe, type Answer, type Description } from '../openapi/description.js';
import type { Schema } from '../openapi/schema.js';
import { schemaOfDto } from '../openapi/schema-of-dto.js';
import { TakesBody } from '../edge/body-limit.js';
import { PORTS, type Ports } from '../ports.js';
import { BULK_ANSWER, BULK_PREVIEW, bulkBodyOf, bulkBodySchema, runBulk } from './bulk.js';
import { CommandGateway } from './command-gateway.js';
import type { CommandDone } from './command-message.js';
import {
  callerOf,
  callOf,
  commandHeaders,
  KEY_OF_PREVIEW,
  keyRuleOf,
  promiseOfKey,
  tagOf,
  type CommandRequest,
} from './command-request.js';

/** The HTTP answers of an aggregate's commands. */
export interface CommandAnswers {
  /** The heading under which its routes are listed. */
  readonly tag: string;
  /** The prefix of its operations' ids. */
  readonly name: string;
  readonly parameter?: Schema;
  readonly usual: CommandAnswer;
  /** Answers of single commands, instead of the usual one. */
  readonly of?: Readonly<Record<string, CommandAnswer>>;
  /** One sentence for an event, for previews. */
  describe(event: never): string;
}

export interface CommandAnswer {
  /** Null: a 204. */
  readonly described: Answer | null;
  answer(done: CommandDone<never>, id: string, principal: Principal): object | null;
}

/** Answers nothing: a 204. */
export const NOTHING_ANSWERED: CommandAnswer = { described: null, answer: () => null };

const AS_BODY = { type: 'body' } as const;

type Definition = AnyCommand<unknown, never, never>;

/**
 * The controller of an aggregate's commands: a route for each definition that names a role, and its bulk form where the aggregate has
 * editions and the definition no route of its own.
 */
export function commandController(set: AnyCommandSet, answers: CommandAnswers): Type {
  @Controller(set.path)
  @Describe({ tag: answers.tag, ...(answers.parameter && { path: { [set.parameter]: answers.parameter } }) })
  class Commands {
    constructor(
      @Inject(CommandGateway) readonly gateway: CommandGateway,
      @Inject(PORTS) readonly ports: Ports,
    ) {}
  }
  Object.defineProperty(Commands, 'name', { value: `${answers.name}Controller` });
  for (const definition of Object.values(set.commands) as readonly Definition[]) {
    if (definition.roles.length === 0) continue;
    addRoute(Commands, set, definition, answers);
    if (set.editionOf !== undefined && definition.route === undefined) addBulk(Commands, set, definition, answers);
  }
  return Commands;
}

interface Handling {
  readonly gateway: CommandGateway;
  readonly ports: Ports;
}

function addRoute(controller: Type<Handling>, set: AnyCommandSet, definition: Definition, answers: CommandAnswers): void {
  const { name, route, body } = definition;
  const { answer, described } = answers.of?.[name] ?? answers.usual;
  const read = bodyOf<object>(body);
  const status = route?.status ?? (described === null ? 204 : 200);
  async function run(this: Handling, request: CommandRequest, sent: object, reply: Reply): Promise<object | undefined> {
    // Checked in the order in which a caller corrects a request: the id, the headers, then the body.
    const named = route?.id === undefined ? set.idOf(request.params[set.parameter] ?? '') : undefined;
    if (named === null) throw refused(set, definition, set.missing);
    const call = callOf(request, set, keyRuleOf(definition));
    const content = read.transform(sent, AS_BODY);
    const id = named ?? (typeof route?.id === 'function' ? route.id(content as never, this.ports.entropy) : (route?.id ?? ''));
    const outcome = await this.gateway.ask(set as never, name, content, { id, ...call });
    if (outcome.outcome !== 'done') throw refused(set, definition, outcome as Rejection);
    const existing = set.existing(outcome.state);
    if (set.editionOf !== undefined && existing !== null) reply.header('etag', tagOf(set.editionOf(existing)));
    if (outcome.reveals !== null) reply.header('cache-control', 'no-store');
    return answer(outcome as never, outcome.id, request.principal as Principal) ?? undefined;
  }
  const { summary, details, example } = definition;
  decorate(controller, name, run, body, [
    METHODS[route?.method ?? 'POST'](route?.path ?? `:${set.parameter}/${name}`),
    HttpCode(status),
    Allow(...definition.roles),
    TakesBody((body as unknown) === NoBody ? {} : schemaOfDto(body)),
    Describe({
      summary,
      command: `${set.path.split('/').at(-1)}/${name}`,
      ...(details !== undefined && { details }),
      ...(Object.keys(example).length > 0 && { example }),
      ...(described && { answer: described }),
      headers: commandHeaders(set.editionOf !== undefined, promiseOfKey(definition)),
      refuses: refusesOf(set, definition),
    }),
  ]);
}

const METHODS = { POST: Post, PUT: Put, DELETE: Delete };

function addBulk(controller: Type<Handling>, set: AnyCommandSet, definition: Definition, answers: CommandAnswers): void {
  const { name, summary, roles } = definition;
  const { answer } = answers.of?.[name] ?? answers.usual;
  const read = bulkBodyOf<object>(definition.body, (text) => set.idOf(text));
  for (const isPreview of [false, true]) {
    async function run(this: Handling, request: CommandRequest, sent: unknown): Promise<readonly object[]> {
      const caller = { ...callerOf(request, isPreview ? KEY_OF_PREVIEW : keyRuleOf(definition)), isPreview };
      const { body, items } = read.transform(sent, AS_BODY);
      return runBulk(items, this.ports.alarm, async ({ id: text, edition }) => {
        const id = set.idOf(text);
        if (id === null) throw refused(set, definition, set.missing);
        const outcome = await this.gateway.ask(set as never, name, body, { id, edition, ...caller });
        if (outcome.outcome === 'preview') return { events: outcome.events.map((event) => answers.describe(event as never)) };
        if (outcome.outcome === 'rejected') throw refused(set, definition, outcome);
        const existing = set.existing(outcome.state);
        return {
          ...(set.editionOf !== undefined && existing !== null && { etag: tagOf(set.editionOf(existing)) }),
          answer: answer(outcome as never, id, caller.principal),
        };
      });
    }
    const description: Description = {
      summary: isPreview ? `What would happen: ${lowerFirst(summary)}, many at once` : `${summary}, many at once`,
      details: isPreview
        ? 'Nothing is written, so an Idempotency-Key is refused. Each item is answered by itself.'
        : 'Each item is answered by itself: some may be done and others refused.',
      body: { schema: bulkBodySchema(definition.body), mediaTypes: ['application/json'] },
      headers: commandHeaders(false, isPreview ? null : promiseOfKey(definition, true)),
      answer: isPreview ? BULK_PREVIEW : BULK_ANSWER,
    };
    const path = isPreview ? `bulk/${name}/preview` : `bulk/${name}`;
    decorate(controller, isPreview ? `${name}BulkPreview` : `${name}Bulk`, run, Object, [
      TakesBody(bulkBodySchema(definition.body)),
      Post(path),
      HttpCode(200),
      Allow(...roles),
      Describe(description),
    ]);
  }
}

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

/** Applies Nest's decorators to a generated method. */
function decorate(
  controller: Type,
  commandName: string,
  value: (...parameters: never[]) => unknown,
  body: abstract new (...parameters: never[]) => object,
  decorators: readonly ((ClassDecorator & MethodDecorator) | MethodDecorator)[],
): void {
  const { prototype } = controller;
  const name = commandName.replaceAll(/-(\w)/g, (_hyphen, letter: string) => letter.toUpperCase());
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  Reflect.defineMetadata('design:paramtypes', [Object, body, Object], prototype, name);
  Req()(prototype, name, 0);
  Body()(prototype, name, 1);
  Res({ passthrough: true })(prototype, name, 2);
  const property = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  for (const each of decorators) (each as MethodDecorator)(prototype, name, property);
}

/** A refusal as an HTTP problem. A code without a declared status is a 409: the aggregate's state does not allow the command. */
function refused(set: RefusingSet, definition: Pick<Definition, 'refusals'>, { code, detail }: Rejection): RequestProblem {
  const status = code === set.missing.code ? 404 : ({ ...COMMON_STATUSES, ...set.statuses, ...definition.refusals }[code] ?? 409);
  return new RequestProblem(status, [detail], { code });
}

type RefusingSet = Pick<AnyCommandSet, 'missing' | 'statuses'>;

/** The same for a refused read of the aggregate. */
export const refusedRead = (set: RefusingSet, rejection: Rejection): RequestProblem => refused(set, {}, rejection);

const COMMON_STATUSES: Readonly<Record<string, number>> = { IDEMPOTENCY_KEY_REUSED: 422 };

/** The codes of a route's refusals by status. */
function refusesOf(set: AnyCommandSet, definition: Definition): Readonly<Record<number, readonly string[]>> {
  const { name, refusals = {}, stream, route } = definition;
  // The id of a path may be invalid, and an aggregate that must exist may be absent.
  const mayMiss = stream !== 'new' && (route?.id === undefined || stream !== 'any');
  const codes: readonly (readonly [code: string, status: number])[] = [
    ...(mayMiss ? ([[set.missing.code, 404]] as const) : []),
    ...Object.entries(set.statuses),
    ...set.refusalsOf(name).map((code) => [code, 409] as const),
    ...Object.entries(refusals),
    ...(canReuseKey(definition) ? Object.entries(COMMON_STATUSES) : []),
    ...(set.editionOf === undefined ? [] : ([['IF_MATCH_REQUIRED', 428]] as const)),
  ];
  const byStatus = Map.groupBy(codes, ([, status]) => status);
  return Object.fromEntries([...byStatus].map(([status, ofStatus]) => [status, ofStatus.map(([code]) => code)]));
}
