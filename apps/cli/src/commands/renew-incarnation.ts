import { renewEngines } from '@onedoor/composition';
import { answer, UserError } from '../answer.js';
import type { DataOptions } from '../open-data.js';
import { engineSettings, refuseWhileRunning } from '../open-engines.js';

interface RenewIncarnationOptions extends Pick<DataOptions, 'profile' | 'environment'> {
  readonly json: boolean;
}

/**
 * `renew-incarnation`: the last step of restoring EventStoreDB. The server reuses the positions after a backup for other events, so the
 * views built up to one of them are void: they are removed from MongoDB, and the next start builds them again. The embedded profile needs
 * no such command: its next start rebuilds views that were made from another log.
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
