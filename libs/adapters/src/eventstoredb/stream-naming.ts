import { streamNameFilter, type Filter } from '@eventstore/db-client';
import { categoryOf, type StreamName } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';

const NAMESPACE = /^[a-z][a-z0-9_]{0,62}$/;

/** The category of the adapter's own stream, besides the city's streams. */
const OWN_CATEGORY = 'onedoor';

/**
 * How a city's streams are called on the server: by their own names, or behind `<namespace>.` where several cities share one.
 * A category holds no dot, so neither sees the other's.
 */
export class StreamNaming {
  readonly #prefix: string;

  constructor(namespace?: string) {
    assert(namespace === undefined || NAMESPACE.test(namespace), 'a namespace is up to 63 lower-case letters, digits and underscores');
    this.#prefix = namespace === undefined ? '' : `${namespace}.`;
  }

  get incarnationStream(): string {
    return `${this.#prefix}${OWN_CATEGORY}-incarnation`;
  }

  onServer(stream: StreamName): string {
    assert(!/[.$]/.test(categoryOf(stream)) && categoryOf(stream) !== OWN_CATEGORY, `${categoryOf(stream)} is a category of the city`);
    return this.#prefix + stream;
  }

  /** The city's name of a stream; null for streams of the server, of other cities and of the adapter. */
  ofCity(name: string): StreamName | null {
    if (!name.startsWith(this.#prefix)) return null;
    const stream = name.slice(this.#prefix.length);
    const category = categoryOf(stream);
    return category === '' || category === OWN_CATEGORY || /[.$]/.test(category) || !stream.includes('-') ? null : stream;
  }

  /** Makes the server leave out events that are not of this city. */
  filter(): Filter {
    return this.#prefix === '' ? streamNameFilter({ regex: '^[^$.]' }) : streamNameFilter({ prefixes: [this.#prefix] });
  }
}
