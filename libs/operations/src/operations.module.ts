import { contextAggregate, defineContext, type Context } from '@onedoor/platform';
import { PARKED_KEY_COMMANDS } from './parking/commands/index.js';
import { ListParkedKeysHandler } from './parking/list-parked-keys.service.js';
import { PARKED_KEY_ANSWERS } from './parking/parked-key-answers.http.js';
import { describeParkedKey, PARKED_KEY } from './parking/parked-key.js';
import { ParkedKeysController } from './parking/parked-keys.http.js';
import { CONSUMER_GROUPS, ParkedKeys } from './parking/parked-keys.service.js';

/**
 * What the operator of the city decides about its machinery: which parked keys are retried now, and which are dropped. It reads the parked
 * messages of every consumer and writes none of them: each consumer does by itself what was decided.
 */
export const OPERATIONS: Context = defineContext({
  name: 'operations',
  aggregates: [
    contextAggregate({
      of: PARKED_KEY,
      commands: PARKED_KEY_COMMANDS,
      needs: ParkedKeys,
      idIsReference: false,
      answers: PARKED_KEY_ANSWERS,
      describe: describeParkedKey,
    }),
  ],
  projections: [],
  topics: [],
  consumes: null,
  workers: [],
  readsParked: true,
  vault: {},
  http: [ParkedKeysController],
  providers: [ParkedKeys, ListParkedKeysHandler],
  settings: ({ contexts }) => [{ provide: CONSUMER_GROUPS, useValue: consumersOf(contexts) }],
  exports: [],
});

/** A context consumes as a group of its own name. */
const consumersOf = (contexts: readonly Context[]): readonly string[] =>
  contexts.filter(({ consumes }) => consumes !== null).map(({ name }) => name);
