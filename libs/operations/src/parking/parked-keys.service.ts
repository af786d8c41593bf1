import { Inject, Injectable } from '@nestjs/common';
import { parkedMessagesOf, parkedRowsOf, type ParkedRow } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';

/** Injection token of the names of the consumer groups. */
export const CONSUMER_GROUPS = Symbol('operations.consumer-groups');

/** A parked key with its messages, a page of them at most. */
interface ParkedKey {
  readonly group: string;
  readonly key: string;
  readonly messages: readonly { readonly id: string; readonly type: string }[];
}

/** The parked keys of every consumer, as its read model has them. */
@Injectable()
export class ParkedKeys {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>,
    @Inject(CONSUMER_GROUPS) readonly groups: readonly string[],
  ) {}

  /** By `<group>.<key>`; null where no message of it is parked. */
  async one(id: string): Promise<ParkedKey | null> {
    const [group = ''] = id.split('.', 1);
    if (!this.groups.includes(group)) return null;
    const key = id.slice(group.length + 1);
    const messages = await parkedMessagesOf(group, key, this.ports.readModels);
    return messages.length === 0 ? null : { group, key, messages };
  }

  /** Those of a group that wait longest first, behind one of them. */
  rows(group: string, after: { readonly since: Instant; readonly key: string } | null, limit: number): Promise<readonly ParkedRow[]> {
    return parkedRowsOf(group, this.ports.readModels, after, limit);
  }
}
