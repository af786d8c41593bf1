import { waitsForReporter, wordsOfReason, type Language } from '@onedoor/contracts';

const WORDS = {
  en: { forYou: 'paused: waiting for you', because: 'paused' },
  es: { forYou: 'en pausa: esperamos su respuesta', because: 'en pausa' },
} as const satisfies Record<Language, object>;

/** Why no date is shown while a promise stands still: for whom or for what the city waits. Other reasons are in the agreement's words. */
export const pausedWords = (language: Language, reason: string): string =>
  waitsForReporter(reason) ? WORDS[language].forYou : `${WORDS[language].because}: ${wordsOfReason(reason).join(' ')}`;
