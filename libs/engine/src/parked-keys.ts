import type { Instant } from '@onedoor/kernel';
import { ParkedMessages, sinceOf, type ParkedMessage } from './parked-messages.js';
import type { ReadModels } from './ports/read-models.js';

/** A summary of the parked keys of one group. */
export interface ParkedKeys {
  readonly keys: number;
  /** Since when the oldest of them has been parked; null when there is none. */
  readonly since: Instant | null;
  /** Why, the most frequent first, five at most. */
  readonly reasons: readonly { readonly reason: string; readonly keys: number }[];
}

/** One parked key, for operators. */
export interface ParkedRow {
  readonly key: string;
  readonly since: Instant;
  /** Why its first message failed. */
  readonly reason: string;
  readonly attempts: number;
  readonly nextAt: Instant;
  /** The type and id of its first message, which the others wait behind. */
  readonly messageType: string;
  readonly messageId: string;
}

/** A page of the parked keys of a group, those that wait longest first, behind one of them. */
export async function parkedRowsOf(
  group: string,
  readModels: ReadModels,
  after: { readonly since: Instant; readonly key: string } | null,
  limit: number,
): Promise<readonly ParkedRow[]> {
  const heads = await new ParkedMessages(group, readModels).heads(after, limit);
  return heads.map(({ key, since, reason, attempts, nextAt, event: { type: messageType, id: messageId } }) => ({
    key,
    since,
    reason,
    attempts,
    nextAt,
    messageType,
    messageId,
  }));
}

/** The id and type of each parked message of a key, in order, a page of them at most. */
export async function parkedMessagesOf(
  group: string,
  key: string,
  readModels: ReadModels,
): Promise<readonly { readonly id: string; readonly type: string }[]> {
  const messages = await new ParkedMessages(group, readModels).oldest(key);
  return messages.map(({ event: { id, type } }) => ({ id, type }));
}

const REASONS = 5;

/** Summarises the parked keys of a group, a page of them at most: cheap enough for every scrape of the metrics. */
export async function parkedKeysOf(group: string, readModels: ReadModels): Promise<ParkedKeys> {
  return summaryOf(await new ParkedMessages(group, readModels).heads());
}

/** The same over all parked messages, with their number. Reads all of them. */
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
