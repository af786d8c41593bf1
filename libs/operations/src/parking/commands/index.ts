import { defineCommand, NoBody, type CommandSet } from '@onedoor/engine';
import { rejectAbsent } from '@onedoor/kernel';
import { Text } from '@onedoor/platform';
import type { ParkedKeyCommand, ParkedKeyState } from '../parked-key.js';
import type { ParkedKeys } from '../parked-keys.service.js';

/** A command about a parked key, and what it may find things out with. */
const parkedKeyCommand = defineCommand<ParkedKeyState, ParkedKeyCommand, ParkedKeys>();

const REASON_CHARACTERS = 200;

class DropBody {
  @Text('reason', REASON_CHARACTERS) reason!: string;
}

const release = parkedKeyCommand({
  name: 'release',
  type: 'ReleaseParkedKey',
  summary: 'Retry a parked key now',
  details: 'Its consumer retries the messages in order, within some seconds. What fails again stays parked.',
  body: NoBody,
  example: {},
  roles: ['administrator'],
  stream: 'any',
  refusals: { PARKED_KEY_UNKNOWN: 404 },
  async prepare({ id, at }, keys) {
    const found = await keys.one(id);
    return found === null ? NOT_PARKED : { type: 'ReleaseParkedKey', at, release: { group: found.group, key: found.key } };
  },
});

const drop = parkedKeyCommand({
  name: 'drop',
  type: 'DropParkedKey',
  summary: 'Drop the messages of a parked key',
  details:
    'What they tell is never handled: use it for messages that can never pass, and do by hand what follows from them. The reason is kept ' +
    'with who gave it, and must name no person. Drops up to 200 messages, those that wait when it is asked for; later ones of the key ' +
    'are handled as if none had waited.',
  body: DropBody,
  example: { reason: 'The request was closed by hand after a mistaken import' },
  roles: ['administrator'],
  stream: 'any',
  refusals: { PARKED_KEY_UNKNOWN: 404 },
  async prepare({ id, at, body: { reason } }, keys) {
    const found = await keys.one(id);
    return found === null ? NOT_PARKED : { type: 'DropParkedKey', at, drop: { ...found, reason } };
  },
});

const NOT_PARKED = rejectAbsent('PARKED_KEY_UNKNOWN', 'No message of this key is parked');

const ID = /^[a-z]{1,40}\.[\w.-]{1,100}$/;

/** Names a key of a consumer group, in paths and streams. */
export const parkedKeyId = (group: string, key: string): string => `${group}.${key}`;

/** What administrators decide about parked keys. */
export const PARKED_KEY_COMMANDS: CommandSet<ParkedKeyState, ParkedKeyState, ParkedKeyCommand, 'release' | 'drop', ParkedKeys> = {
  path: 'api/v1/parked',
  parameter: 'id',
  idOf: (text) => (ID.test(text) ? text : null),
  missing: NOT_PARKED,
  existing: (state) => state,
  refusal: () => null,
  refusalsOf: () => [],
  statuses: {},
  commands: { release, drop },
};
