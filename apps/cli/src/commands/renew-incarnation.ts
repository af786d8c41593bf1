import { renewEngines } from '@onedoor/composition';
import { answer, UserError } from '../answer.js';
import type { DataOptions } from '../data-options.js';
import { engineSettings, refuseWhileRunning } from '../open-engines.js';

export interface RenewIncarnationOptions extends Pick<DataOptions, 'profile' | 'environment'> {
  readonly json: boolean;
}

/**
 * `renew-incarnation`: the last step of restoring EventStoreDB. The server uses the positions behind a backup again for other events, so
 * whatever was built up to one of them is void from now on and is removed from MongoDB; the next start builds it anew. A data folder needs
 * none of it: views of another log are not believed there.
 */
export async function renewIncarnation({ profile, environment, json }: RenewIncarnationOptions): Promise<void> {
  if (profile === 'embedded') throw new UserError('--profile: only EventStoreDB needs this, after a restore: --profile distributed');
  await refuseWhileRunning(environment);
  const { incarnation, voided } = await renewEngines(engineSettings(environment));
  answer(json, { incarnation, voided }, [
    `the log is called ${incarnation} from now on; every position of before is void`,
    voided.length === 0
      ? 'MongoDB held nothing that was built from the log'
      : 'removed from MongoDB, to be made again from the log at the next start:',
    ...voided.map(({ collection, documents }) => `  ${collection}: ${documents} documents`),
    'the vault stays as it is',
  ]);
}
