import { Controller, Get, Injectable } from '@nestjs/common';
import { ROUTING_TOPIC } from '@onedoor/contracts';
import { defineCommand, NoBody, type Aggregate, type CommandSet, type Projection } from '@onedoor/engine';
import { accept, parseReference, rejectAbsent, type DomainEvent, type Instant } from '@onedoor/kernel';
import { Anyone, contextAggregate, defineContext, Describe, json, NOTHING_ANSWERED, text, type Worker } from '@onedoor/platform';

/** A context that no city has: an aggregate with a command, a read model, a read, a topic, a consumer and a worker. */

interface Lantern {
  readonly isLit: boolean;
}
interface LightLantern {
  readonly type: 'LightLantern';
  readonly at: Instant;
}
type LanternLit = DomainEvent<'LanternLit', object>;

const LANTERN: Aggregate<Lantern, LightLantern, LanternLit> = {
  category: 'lantern',
  shapes: { LanternLit: { v: 1 } },
  decider: {
    initial: { isLit: false },
    decide: ({ at }, { isLit }) => (isLit ? accept() : accept<LanternLit>({ type: 'LanternLit', at, data: {} })),
    evolve: () => ({ isLit: true }),
  },
};

const light = defineCommand<Lantern, LightLantern, never>()({
  name: 'light',
  type: 'LightLantern',
  summary: 'Light the lantern',
  body: NoBody,
  example: {},
  roles: ['router'],
  stream: 'any',
});

export const LANTERN_COMMANDS: CommandSet<Lantern, Lantern, LightLantern, 'light', never> = {
  path: 'api/v1/lanterns',
  parameter: 'reference',
  idOf: parseReference,
  missing: rejectAbsent('LANTERN_UNKNOWN', 'There is no lantern there'),
  existing: (state) => (state.isLit ? state : null),
  refusal: () => null,
  refusalsOf: () => [],
  statuses: {},
  commands: { light },
};

const LANTERNS_LIT: Projection<{ readonly lit: number }, LanternLit> = {
  collection: { name: 'lanterns_lit', version: 1, indexes: [] },
  categories: ['lantern'],
  shapes: LANTERN.shapes,
  handles: ['LanternLit'],
  keys: () => ['all'],
  evolve: (document) => ({ lit: (document?.lit ?? 0) + 1 }),
};

@Anyone()
@Controller('api/v1/lanterns')
@Describe({ tag: 'Lanterns' })
class LanternsController {
  @Get('colours')
  @Describe({ summary: 'The colours there are', answer: json('The colours.', { type: 'array', items: text('A colour.') }) })
  colours(): readonly string[] {
    return ['yellow'];
  }
}

@Injectable()
class Lamplighter {
  worker(): Worker {
    return { name: 'lamplighter', kind: 'ticker', run: async () => undefined };
  }
}

export const LANTERNS_TOPIC = 'onedoor.lanterns';

export const LANTERNS = defineContext({
  name: 'lanterns',
  aggregates: [
    contextAggregate({
      of: LANTERN,
      commands: LANTERN_COMMANDS,
      idIsReference: true,
      shownIn: LANTERNS_LIT.collection,
      answers: { tag: 'Lanterns', name: 'LanternCommands', usual: NOTHING_ANSWERED, describe: () => 'The lantern was lit' },
      publish: () => [{ topic: LANTERNS_TOPIC, type: 'gov.onedoor.lanterns.lit.v1', data: {} }],
      describe: () => 'The lantern was lit',
      present: (events) => ({ lit: events.length }),
    }),
  ],
  projections: [LANTERNS_LIT as unknown as Projection],
  topics: [LANTERNS_TOPIC],
  consumes: { topics: [ROUTING_TOPIC], react: () => [] },
  workers: [Lamplighter],
  vault: {},
  http: [LanternsController],
  providers: [],
  exports: [],
});
