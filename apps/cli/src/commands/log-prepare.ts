import { prepareEventStoreDb } from '@onedoor/adapters';
import { answer, UserError } from '../answer.js';
import type { DataOptions } from '../open-data.js';
import { engineSettings } from '../open-engines.js';
import { readCredentials } from '../read-password.js';

interface LogPrepareOptions extends Pick<DataOptions, 'profile' | 'environment'> {
  /** An account of the server's administrators; a new server has `admin`. */
  readonly administrator: string;
  readonly auditor?: string;
  readonly json: boolean;
}

/**
 * `log prepare`: creates the account that EVENTSTORE_URL names, which may append, read and follow and nothing else, so that no account of
 * the city's can rewrite the log. It uses the credentials of an administrator of the server once and stores them nowhere.
 */
export async function logPrepare({ profile, environment, administrator, auditor, json }: LogPrepareOptions): Promise<void> {
  if (profile === 'embedded') throw new UserError('--profile: only EventStoreDB has accounts to prepare: --profile distributed');
  const { EVENTSTORE_URL } = engineSettings(environment);
  const { name, password, newPassword } = await readCredentials({ name: administrator, newPasswordFor: auditor ?? null });
  const changes = await prepareEventStoreDb({
    log: { connectionString: EVENTSTORE_URL },
    administrator: { name, password },
    auditor: auditor === undefined || newPassword === null ? null : { name: auditor, password: newPassword },
  });
  answer(json, { changes }, changes.length > 0 ? changes : ['everything is as it should be already; nothing was changed']);
}
