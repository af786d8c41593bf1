import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';

/** Injection token of the keys that may post by Open311. */
export const OPEN311_KEYS = Symbol('intake.open311-keys');

/** Who holds an api key, by a hash of it: the key itself is in no event and no log. */
export interface KeyHolder {
  readonly id: string;
  /** In which charset its forms are written where they do not say so. */
  readonly charset: string;
}

/** A setting of a key, behind it: `secret-key;charset=windows-1252`. */
const CHARSET = /;charset=([\w.:-]+)$/i;

/** The keys that may post. Looked up by hash, so that the time it takes says nothing about a key. */
@Injectable()
export class ApiKeys {
  private readonly holders: ReadonlyMap<string, KeyHolder>;

  constructor(@Inject(OPEN311_KEYS) keys: readonly string[]) {
    const holders = keys.map((key): KeyHolder => ({ id: idOfKey(key.replace(CHARSET, '')), charset: CHARSET.exec(key)?.[1] ?? 'utf-8' }));
    this.holders = new Map(holders.map((holder) => [holder.id, holder]));
  }

  holderOf(key: string | undefined): KeyHolder | null {
    return key === undefined ? null : (this.holders.get(idOfKey(key)) ?? null);
  }
}

const idOfKey = (key: string): string => `key-${hash('sha256', key, 'hex').slice(0, 16)}`;
