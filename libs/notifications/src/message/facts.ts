import type { SenderCity } from '../city/sender-city.js';
import type { Instant, Reference } from '@onedoor/kernel';

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
