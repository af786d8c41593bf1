import { closingSentence, LANGUAGES, NO_DETAILS, OUTCOMES, type Language } from '@onedoor/contracts';
import type { News, NewsKind } from '../correspondence/events.js';
import { REFERENCE } from '../../test/correspondence.fixtures.js';
import { renderMessage, TOLD_KINDS } from './render-message.js';
import type { MessageFacts } from './wording.js';

const facts: MessageFacts = { reference: REFERENCE, serviceName: 'Pothole', city: { name: 'Riverbend', zone: 'America/New_York' } };
/** 20:00 UTC: three in the afternoon in New York. */
const dueAt = '2026-11-25T20:00:00.000Z';

const NEWS: { readonly [Kind in NewsKind]: News } = {
  submitted: { kind: 'submitted', round: 1 },
  promised: { kind: 'promised', round: 1, dueAt },
  promise_moved: { kind: 'promise_moved', round: 1, dueAt },
  waiting: { kind: 'waiting', round: 1 },
  resolved: { kind: 'resolved', round: 1, outcome: 'fixed', details: NO_DETAILS },
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
      'We will write to you if this date changes, and when the request is closed.',
    ],
    promise_moved: [
      'The date for your request about “Pothole” has changed. It will now be done by Wednesday, November 25, 2026 at 3:00 PM EST.',
    ],
    waiting: ['can not go on before we hear from you', 'To answer, call 311 and give the reference 9AN-03NQ-K8NE'],
    resolved: ['Your request about “Pothole” is closed. It was fixed.', 'the request can be opened again'],
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
    waiting: ['no puede continuar hasta que usted se comunique', 'Para responder, llame al 311 y dé el número de referencia 9AN-03NQ-K8NE'],
    resolved: ['Su solicitud sobre «Pothole» está cerrada. El problema quedó reparado.', 'se puede volver a abrir'],
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
  });

  const closing = (outcome: string, language: Language, details = NO_DETAILS) =>
    renderMessage({ kind: 'resolved', round: 1, outcome, details }, language, facts);

  it.each(OUTCOMES)('says how it ended, in subject and text: %s', (outcome) => {
    for (const language of LANGUAGES) {
      const { subject, text } = closing(outcome, language);
      expect(text).toContain(closingSentence(language, outcome));
      if (outcome === 'fixed') continue;
      expect(`${subject} ${text}`).not.toMatch(/\bdone\b|repair|\bfixed\b|repar|list[ao]\b|arregl|solucion/i);
    }
  });

  it('names what a duplicate joins, who a referral is for, and why it was declined', () => {
    const joins = { ...NO_DETAILS, joins: REFERENCE };
    const authority = { ...NO_DETAILS, authority: { name: 'State Highways', contact: 'call 555-0100' } };
    const declined = { ...NO_DETAILS, reason: 'private_property' } as const;
    expect(closing('duplicate', 'en', joins).text).toContain('it goes on under request 9AN-03NQ-K8NE.');
    expect(closing('referred', 'es', authority).text).toContain('Se remitió a State Highways');
    expect(closing('referred', 'es', authority).text).toContain('Cómo comunicarse: call 555-0100.');
    expect(closing('declined', 'en', declined).text).toContain('because the place is private property.');
  });

  it.each(['moved to another system', 'toString', ''])('finds words for an outcome that is not known: %j', (outcome) => {
    expect(closing(outcome, 'en').text).toContain('is closed. The department closed it.');
    expect(closing(outcome, 'es').text).toContain('está cerrada. El departamento la cerró.');
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
