import type { Language } from '@onedoor/contracts';
import { formatReference, msOf, type Instant } from '@onedoor/kernel';
import type { News, NewsKind } from '../correspondence/events.js';
import { ENGLISH } from './english.js';
import { SPANISH } from './spanish.js';
import type { Letter, MessageFacts, MessageWords, Wording } from './wording.js';

const WORDINGS: Readonly<Record<Language, Wording>> = { en: ENGLISH, es: SPANISH };

/** Subject and text of a notification, in plain text. Pure: the same notification reads the same at every attempt. */
export function renderMessage(news: News, language: Language, facts: MessageFacts): { readonly subject: string; readonly text: string } {
  const wording = WORDINGS[language];
  const words: MessageWords = {
    reference: formatReference(facts.reference),
    service: oneLine(facts.serviceName),
    city: oneLine(facts.city.name),
    when: (instant) => inWords(instant, wording.locale, facts.city.zone),
  };
  // Each kind has its own letter: the compiler can't follow that once the letter is looked up by the kind.
  const letter = wording.news[news.kind] as (news: News, words: MessageWords) => Letter;
  const { subject, paragraphs } = letter(news, words);
  return { subject, text: `${[wording.greeting(words), ...paragraphs, ...wording.closing(words)].join('\n\n')}\n` };
}

/** The kinds for which there are words. */
export const TOLD_KINDS = Object.keys(ENGLISH.news) as readonly NewsKind[];

/** A subject is one line: line breaks and control characters of names become spaces. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const inWords = (instant: Instant, locale: string, zone: string): string =>
  new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  })
    .format(msOf(instant))
    // What separates the time from "PM" is a narrow space in some versions of the data, which old mail programs show as a box.
    .replace(/[\u00a0\u202f]/g, ' ');
