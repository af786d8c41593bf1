import type { DatabaseSync } from 'node:sqlite';
import type { DataFiles } from '../files.js';
import { goneLog, holdsNothing, lostEvents, losses, named } from './check-at-start.js';
import { gapDamage, identityDamage, proofDamage, vaultDamage } from './log-damage.js';

/** What `onedoor doctor` finds in the files of a folder. */
export interface Examination {
  /** What is not as it was written, or gone, in words. */
  readonly damage: readonly string[];
  /** What was acknowledged and is not in the log. */
  readonly losses: readonly string[];
}

const CHECKS: readonly ((log: DatabaseSync) => readonly string[])[] = [
  identityDamage,
  gapDamage,
  (log) => proofDamage(log, 0),
  vaultDamage,
];

/**
 * Reads the whole log and the whole vault; changes nothing and never throws. Beside a process that has them open, the write-ahead log is
 * being written, and is not looked at.
 */
export function examine(files: DataFiles, inUse: boolean): Examination {
  try {
    if (holdsNothing(files.log)) return { damage: goneLog(files), losses: [] };
  } catch (error) {
    return { damage: [(error as Error).message], losses: [] };
  }
  const damage = [...new Set(CHECKS.flatMap((check) => orReason(() => named(files.log, check))))];
  if (damage.length > 0) return { damage, losses: [] };
  return { damage, losses: orReason(() => (inUse ? lostBesideWriter(files) : losses(files))) };
}

function lostBesideWriter(files: DataFiles): readonly string[] {
  const events = lostEvents(files);
  return events === 0 ? [] : [`${files.log} lacks ${events} events that were acknowledged`];
}

function orReason(look: () => readonly string[]): readonly string[] {
  try {
    return look();
  } catch (error) {
    return [(error as Error).message];
  }
}
