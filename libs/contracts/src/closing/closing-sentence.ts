import { formatReference } from '@onedoor/kernel';
import type { Language } from '../vocabulary.js';
import { NO_DETAILS, type ClosingDetails } from './closing-details.js';
import type { ClosingWords, OutcomeWords } from './closing-words.js';
import { ENGLISH_CLOSINGS } from './english-closings.js';
import { SPANISH_CLOSINGS } from './spanish-closings.js';

const WORDS: Readonly<Record<Language, ClosingWords>> = { en: ENGLISH_CLOSINGS, es: SPANISH_CLOSINGS };

/** How a request ended, in a sentence for everyone, and what follows. A code that is not known has the words for any other. */
export function closingSentence(language: Language, outcome: string, details: ClosingDetails = NO_DETAILS): string {
  const { joins, authority, reason } = details;
  return wordsOf(language, outcome).sentence({
    joins: joins && formatReference(joins),
    authority: authority && { name: authority.name, contact: authority.contact.replace(/[.\s]+$/u, '') },
    reason: reason && WORDS[language].reasons[reason],
  });
}

/** The same as the subject of a message says it, in a few words. */
export const closingSubject = (language: Language, outcome: string): string => wordsOf(language, outcome).subject;

function wordsOf(language: Language, outcome: string): OutcomeWords {
  const { outcomes, other } = WORDS[language];
  return Object.hasOwn(outcomes, outcome) ? outcomes[outcome as keyof typeof outcomes] : other;
}
