import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';

/** Injection token of the keys that may post by Open311. */
export const OPEN311_KEYS = Symbol('intake.open311-keys');

/** Who holds an api key, by a hash of it: the key itself is in no event and no log. */
export interface KeyHolder {
  readonly id: string;
}

/** The keys that may post. Looked up by hash, so that the time it takes says nothing about a key. */
@Injectable()
export class ApiKeys {
  private readonly holders: ReadonlySet<string>;

  constructor(@Inject(OPEN311_KEYS) keys: readonly string[]) {
    this.holders = new Set(keys.map(idOfKey));
  }

  holderOf(key: string | undefined): KeyHolder | null {
    if (key === undefined) return null;
    const id = idOfKey(key);
    return this.holders.has(id) ? { id } : null;
  }
}

const idOfKey = (key: string): string => `key-${hash('sha256', key, 'hex').slice(0, 16)}`;
