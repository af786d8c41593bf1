import type { News, NewsKind, NewsOf } from '../correspondence/news.js';
import type { MessageWords } from './facts.js';

/** One language, complete: what is missing does not compile. */
export interface Wording {
  /** For dates and times. */
  readonly locale: string;
  /** What a message of each kind says. */
  readonly news: { readonly [Kind in NewsKind]: (news: NewsOf<Kind>, words: MessageWords) => Letter };
  /** How the work ended, as a sentence, for each code that is known. */
  readonly outcomes: Readonly<Record<KnownOutcome, string>>;
  /** The same for any other code. */
  readonly otherOutcome: string;
  greeting(words: MessageWords): string;
  /** How to ask, and who writes. */
  closing(words: MessageWords): readonly string[];
}

export interface Letter {
  readonly subject: string;
  /** What happened, then what happens next. */
  readonly paragraphs: readonly string[];
}

/** The codes by which work ends. */
export type KnownOutcome =
  | 'fixed'
  | 'scheduled'
  | 'no_violation'
  | 'violation_found'
  | 'answered'
  | 'duplicate'
  | 'invalid'
  | 'no_access'
  | 'referred'
  | 'declined'
  | 'withdrawn';

export const outcomeIn = (
  { outcomes, otherOutcome }: Pick<Wording, 'outcomes' | 'otherOutcome'>,
  { outcome }: Extract<News, { kind: 'resolved' }>,
): string => (Object.hasOwn(outcomes, outcome) ? outcomes[outcome as KnownOutcome] : otherOutcome);
