import { LANGUAGES, type Language } from '@onedoor/contracts';
import type { News, NewsKind } from '../correspondence/events.js';
import { REFERENCE } from '../../test/correspondence.fixtures.js';
import { ENGLISH } from './english.js';
import { renderMessage, TOLD_KINDS } from './render-message.js';
import { SPANISH } from './spanish.js';
import type { MessageFacts } from './wording.js';

const facts: MessageFacts = { reference: REFERENCE, serviceName: 'Pothole', city: { name: 'Riverbend', zone: 'America/New_York' } };
/** 20:00 UTC: three in the afternoon in New York. */
const dueAt = '2026-11-25T20:00:00.000Z';

const NEWS: { readonly [Kind in NewsKind]: News } = {
  submitted: { kind: 'submitted', round: 1 },
  promised: { kind: 'promised', round: 1, dueAt },
  promise_moved: { kind: 'promise_moved', round: 1, dueAt },
  resolved: { kind: 'resolved', round: 1, outcome: 'fixed' },
  reopened: { kind: 'reopened', round: 2 },
};

const SENTENCES: Readonly<Record<Language, { readonly [Kind in NewsKind]: readonly string[] }>> = {
  en: {
    submitted: [
      'We received your request about “Pothole”. Its reference is 9AN-03NQ-K8NE.',
      'We will write to you when we know by when it will be done.',
    ],
    promised: [
      'Your request about “Pothole” will be done by Wednesday, November 25, 2026 at 3:00 PM EST.',
      'We will write to you if this date changes, and when the work is done.',
    ],
    promise_moved: [
      'The date for your request about “Pothole” has changed. It will now be done by Wednesday, November 25, 2026 at 3:00 PM EST.',
    ],
    resolved: ['The work on your request about “Pothole” has ended. It was fixed.', 'the request can be opened again'],
    reopened: [
      'Your request about “Pothole” is open again. This is round 2.',
      'We will write to you when we know by when it will be done.',
    ],
  },
  es: {
    submitted: [
      'Recibimos su solicitud sobre «Pothole». Su número de referencia es 9AN-03NQ-K8NE.',
      'Le escribiremos cuando sepamos para cuándo estará lista.',
    ],
    promised: [
      'Su solicitud sobre «Pothole» estará lista a más tardar el miércoles, 25 de noviembre de 2026, 3:00 p.m. EST.',
      'Le escribiremos si esta fecha cambia',
    ],
    promise_moved: ['cambió. Ahora estará lista a más tardar el miércoles, 25 de noviembre de 2026, 3:00 p.m. EST.'],
    resolved: ['El trabajo sobre su solicitud «Pothole» ha terminado. El problema quedó reparado.', 'se puede volver a abrir'],
    reopened: ['Su solicitud sobre «Pothole» está abierta de nuevo. Esta es la ronda 2.'],
  },
};

const every = LANGUAGES.flatMap((language) => TOLD_KINDS.map((kind) => ({ language, kind })));

describe('a message', () => {
  it.each(every)('of kind $kind in $language says what happened and what happens next', ({ language, kind }) => {
    const { subject, text } = renderMessage(NEWS[kind], language, facts);
    expect(subject).toContain('9AN-03NQ-K8NE');
    for (const sentence of SENTENCES[language][kind]) expect(text).toContain(sentence);
  });

  it.each(every)('of kind $kind in $language says how to ask, and who writes', ({ language, kind }) => {
    const { text } = renderMessage(NEWS[kind], language, facts);
    expect(text).toMatch(language === 'en' ? /^Hello,\n\n/ : /^Hola:\n\n/);
    expect(text).toContain(
      language === 'en' ? 'call 311 and give the reference 9AN-03NQ-K8NE.' : 'llame al 311 y dé el número de referencia 9AN-03NQ-K8NE.',
    );
    expect(text).toMatch(/\n\nRiverbend 311\n$/);
  });

  it('is told in no two languages alike', () => {
    for (const kind of TOLD_KINDS) {
      const subjects = LANGUAGES.map((language) => renderMessage(NEWS[kind], language, facts).subject);
      expect(new Set(subjects).size).toBe(LANGUAGES.length);
    }
    const { outcomes } = ENGLISH;
    for (const [outcome, words] of Object.entries(outcomes)) expect(SPANISH.outcomes[outcome as keyof typeof outcomes]).not.toBe(words);
  });

  it.each(Object.entries(ENGLISH.outcomes))('says how it ended: %s', (outcome, sentence) => {
    expect(renderMessage({ kind: 'resolved', round: 1, outcome }, 'en', facts).text).toContain(sentence);
    expect(renderMessage({ kind: 'resolved', round: 1, outcome }, 'es', facts).text).toContain(
      SPANISH.outcomes[outcome as keyof typeof ENGLISH.outcomes],
    );
  });

  it.each(['moved to another system', 'toString', ''])('finds words for an outcome that is not known: %j', (outcome) => {
    expect(renderMessage({ kind: 'resolved', round: 1, outcome }, 'en', facts).text).toContain('has ended. The department closed it.');
    expect(renderMessage({ kind: 'resolved', round: 1, outcome }, 'es', facts).text).toContain('ha terminado. El departamento la cerró.');
  });

  it('tells the time of the city, of summer and of winter', () => {
    const at = (instant: string, zone: string): string =>
      renderMessage({ kind: 'promised', round: 1, dueAt: instant }, 'en', { ...facts, city: { name: 'Riverbend', zone } }).text;
    expect(at('2026-07-01T16:00:00.000Z', 'America/New_York')).toContain('Wednesday, July 1, 2026 at 12:00 PM EDT');
    expect(at('2026-07-02T03:00:00.000Z', 'America/Phoenix')).toContain('Wednesday, July 1, 2026 at 8:00 PM MST');
  });

  it('keeps its subject on one line where the name of a service has several', () => {
    const { text } = renderMessage(NEWS.submitted, 'en', { ...facts, serviceName: 'Pothole\r\nBcc: all@example.org\u0000' });
    expect(text).toContain('“Pothole Bcc: all@example.org”');
    for (const { language, kind } of every)
      expect(renderMessage(NEWS[kind], language, { ...facts, serviceName: 'a\nb' }).subject).not.toMatch(/[\r\n]/);
  });
});
