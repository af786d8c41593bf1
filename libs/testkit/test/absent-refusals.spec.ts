import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTEXTS, pureFilesOf } from './contexts.js';
import { ROOT } from './lint/snippet.js';

/** What a decider refuses with: the function, and the code it is given. */
interface Refusal {
  readonly by: string;
  readonly code: string;
}

const refusals = CONTEXTS.flatMap(pureFilesOf)
  .flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\b(?<by>reject\w*)\(\s*['`](?<code>[A-Z_]+)['`]/g)])
  .map(({ groups }): Refusal => ({ by: groups?.['by'] ?? '', code: groups?.['code'] ?? '' }));

describe('a refusal of a decider about what is not there', () => {
  const absent = refusals.filter(({ code }) => code.endsWith('_UNKNOWN'));

  it('is found', () => {
    expect(absent.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['REQUEST_UNKNOWN', 'CASE_UNKNOWN', 'ROUND_UNKNOWN', 'NOTIFICATION_UNKNOWN']),
    );
  });

  it('says so, so that a consumer that was told of it waits instead of parking it', () => {
    expect(absent.filter(({ by }) => by !== 'rejectAbsent')).toEqual([]);
  });

  it('is no other one', () => {
    expect(refusals.filter(({ by, code }) => by === 'rejectAbsent' && !code.endsWith('_UNKNOWN'))).toEqual([]);
  });
});
