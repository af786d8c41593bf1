import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@onedoor/adapters';
import { renewEmbedded, renewEngines } from '@onedoor/composition';
import { answer } from '../answer.js';
import { jurisdictionIn, NoData, OPERATOR, type DataOptions } from '../open-data.js';
import { engineSettings, refuseWhileRunning } from '../open-engines.js';

interface RenewIncarnationOptions extends DataOptions {
  readonly json: boolean;
}

/**
 * `renew-incarnation`: the last step of a restore, and how to go on without events that a log lost. The positions behind a backup are used
 * again for other events, so views and followers that were built up to one of them are void: views are built anew by the next start, and a
 * follower is told to begin anew.
 */
export async function renewIncarnation({ json, ...where }: RenewIncarnationOptions): Promise<void> {
  const { document, lines } = where.profile === 'embedded' ? await renewFolder(where) : await renewDistributed(where);
  answer(json, document, [`the log is called ${document.incarnation} from now on; every position of before is void`, ...lines]);
}

interface Renewed {
  readonly document: { readonly incarnation: string } & Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
}

async function renewFolder({ data: folder, environment }: DataOptions): Promise<Renewed> {
  if (!['log.db', 'log.head', 'views.db'].some((name) => existsSync(join(folder, name)))) throw new NoData(`There is no data in ${folder}`);
  const jurisdiction = jurisdictionIn(environment);
  const document = await renewEmbedded({ folder, clock: systemClock, actor: OPERATOR, jurisdiction });
  return {
    document: { ...document },
    lines: [
      document.lost === 0 ? 'it lacks nothing that its folder knows of' : `it goes on without ${document.lost} events that it lacks`,
      'that is recorded in the log; views are made again from it at the next start',
    ],
  };
}

async function renewDistributed({ environment }: DataOptions): Promise<Renewed> {
  await refuseWhileRunning(environment);
  const document = await renewEngines(engineSettings(environment));
  const { voided } = document;
  return {
    document: { ...document },
    lines: [
      voided.length === 0
        ? 'MongoDB held nothing that was built from the log'
        : 'removed from MongoDB, to be made again from the log at the next start:',
      ...voided.map(({ collection, documents }) => `  ${collection}: ${documents} documents`),
      'the vault stays as it is',
    ],
  };
}
