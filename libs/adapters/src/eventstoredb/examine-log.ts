import { chainDamage } from './chain-damage.js';
import { type Damage, damageOf } from './damage.js';
import { standingIncarnation } from './incarnation.js';
import { connect, opened } from './open.js';
import type { EventStoreDbOptions } from './options.js';
import { rightsOf, type Rights } from './rights.js';

/** What `onedoor doctor` looks for in it. */
export interface EventStoreDbExamination {
  /** Streams of the city that were truncated, deleted or ended by others than OneDoor, or hold what it did not write so. */
  readonly damaged: readonly Damage[];
  /** What an account of OneDoor's could do to the log and should not. */
  readonly warnings: readonly string[];
}

/** Asks the server for what doctor looks for. Throws as opening does. */
export async function examineLog(options: EventStoreDbOptions): Promise<EventStoreDbExamination> {
  const { connection, reader, naming, log } = connect(options);
  try {
    await opened(connection, () => standingIncarnation(log));
    const rights = await rightsOf(connection, log.stream);
    const cut = await damageOf(connection, reader, naming);
    return { damaged: [...cut, ...(await chainDamage(reader, naming))], warnings: warningsOf(rights) };
  } finally {
    await connection.close();
  }
}

const REMEDY = '`onedoor log prepare` makes an account that appends and reads only';

function warningsOf({ account, isAdministrator, canRewriteBy }: Rights): readonly string[] {
  if (account === null)
    return ['EVENTSTORE_URL speaks no TLS: the server asks no client who it is, so every client that reaches it can rewrite the log'];
  if (isAdministrator) return [`OneDoor signs in at EventStoreDB as the administrator ${account}: ${REMEDY}`];
  return canRewriteBy.length > 0
    ? [`the account ${account} at EventStoreDB can rewrite the log (by ${canRewriteBy.join(', ')}): ${REMEDY}`]
    : [];
}
