import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { ParkedRow } from '@onedoor/engine';
import type { PageEnd } from '@onedoor/platform';
import { ParkedKeys } from './parked-keys.service.js';

/** The parked keys of a group, or of all groups (null). */
export class ListParkedKeys {
  constructor(
    readonly group: string | null,
    /** The last key of the page before, as `<group>.<key>`. */
    readonly after: PageEnd | null,
    readonly limit: number,
  ) {}
}

export interface ParkedKeysPage {
  readonly keys: readonly ListedKey[];
  /** The end of the page; null on the last one. */
  readonly next: PageEnd | null;
}

/** A parked key, and the group whose consumer it waits for. */
export interface ListedKey extends ParkedRow {
  /** `<group>.<key>`. */
  readonly id: string;
  readonly group: string;
}

/** Lists them group by group, and in each those that wait longest first. */
@QueryHandler(ListParkedKeys)
export class ListParkedKeysHandler implements IQueryHandler<ListParkedKeys, ParkedKeysPage> {
  constructor(private readonly parked: ParkedKeys) {}

  async execute({ group, after, limit }: ListParkedKeys): Promise<ParkedKeysPage> {
    const [lastGroup = ''] = after?.id.split('.', 1) ?? [];
    const groups = [...this.parked.groups].sort().filter((each) => (group === null || each === group) && each >= lastGroup);
    const found: ListedKey[] = [];
    for (const each of groups) {
      const behind = after !== null && each === lastGroup ? { since: after.at, key: after.id.slice(lastGroup.length + 1) } : null;
      const rows = await this.parked.rows(each, behind, limit + 1 - found.length);
      found.push(...rows.map((row) => ({ id: `${each}.${row.key}`, group: each, ...row })));
      if (found.length > limit) break;
    }
    const keys = found.slice(0, limit);
    const last = keys.at(-1);
    return { keys, next: found.length > limit && last !== undefined ? { at: last.since, id: last.id } : null };
  }
}
