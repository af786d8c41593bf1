import type { Instant } from '@onedoor/kernel';
import { ParkedMessages, sinceOf, type ParkedMessage } from './parked-messages.js';
import type { ReadModels } from './ports/read-models.js';

/** The keys of one group whose messages wait. */
export interface ParkedKeys {
  readonly keys: number;
  /** Since when the one that waits longest does; null when none does. */
  readonly since: Instant | null;
  /** Why, the commonest first, five at most. */
  readonly reasons: readonly { readonly reason: string; readonly keys: number }[];
}

const REASONS = 5;

/** How many keys of a group wait, a page of them at most, since when, and why: cheap enough to be asked for all the time. */
export async function parkedKeysOf(group: string, readModels: ReadModels): Promise<ParkedKeys> {
  return summaryOf(await new ParkedMessages(group, readModels).heads());
}

/** The same of all that waits, with the number of its messages. Reads it through. */
export async function countParked(group: string, readModels: ReadModels): Promise<ParkedKeys & { readonly messages: number }> {
  const heads: ParkedMessage[] = [];
  let messages = 0;
  for await (const message of new ParkedMessages(group, readModels).all()) {
    messages += 1;
    if (message.key !== heads.at(-1)?.key) heads.push(message);
  }
  return { messages, ...summaryOf(heads) };
}

function summaryOf(heads: readonly ParkedMessage[]): ParkedKeys {
  const byReason = [...Map.groupBy(heads, ({ reason }) => reason)].map(([reason, { length }]) => ({ reason, keys: length }));
  const [since = null] = heads.map(sinceOf).sort();
  return {
    keys: heads.length,
    since,
    reasons: byReason.sort((one, other) => other.keys - one.keys || one.reason.localeCompare(other.reason)).slice(0, REASONS),
  };
}
