import type { Instant, Reference } from '@onedoor/kernel';
import type { SenderCity } from '../city/sender-city.js';
import type { NewsKind, NewsOf } from '../correspondence/events.js';

/** One language, complete: what is missing does not compile. */
export interface Wording {
  /** For dates and times. */
  readonly locale: string;
  /** What a message of each kind says. */
  readonly news: { readonly [Kind in NewsKind]: (news: NewsOf<Kind>, words: MessageWords) => Letter };
  greeting(words: MessageWords): string;
  /** How to ask, and who writes. */
  closing(words: MessageWords): readonly string[];
}

export interface Letter {
  readonly subject: string;
  /** What happened, then what happens next. */
  readonly paragraphs: readonly string[];
}

/** What every message may speak of: the request, and the city that writes. */
export interface MessageFacts {
  readonly reference: Reference;
  /** As the catalog calls it, in the catalog's language. */
  readonly serviceName: string;
  readonly city: SenderCity;
}

/** The same, in words that are ready to stand in a sentence. */
export interface MessageWords {
  /** As people read it: `3D7-K2F9-QXM4`. */
  readonly reference: string;
  readonly service: string;
  readonly city: string;
  /** An instant in the city's time, in the words of the language. */
  when(instant: Instant): string;
}
