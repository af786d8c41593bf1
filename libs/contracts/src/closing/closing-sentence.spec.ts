import { DECLINE_REASONS, LANGUAGES, OUTCOMES } from '../vocabulary.js';
import { NO_DETAILS } from './closing-details.js';
import { closingSentence, closingSubject } from './closing-sentence.js';

const WORK_WAS_DONE = /\bdone\b|repair|\bfixed\b|repar|\blist[ao]\b|arregl|solucion/i;

describe.each(LANGUAGES)('how a request ended, in the language %s', (language) => {
  it('is a subject and a sentence of its own for each outcome', () => {
    expect(new Set(OUTCOMES.map((outcome) => closingSubject(language, outcome))).size).toBe(OUTCOMES.length);
    expect(new Set(OUTCOMES.map((outcome) => closingSentence(language, outcome))).size).toBe(OUTCOMES.length);
  });

  it('says that work was done where it was, and nowhere else', () => {
    const said = (outcome: string): string => `${closingSubject(language, outcome)} ${closingSentence(language, outcome)}`;
    expect(OUTCOMES.filter((outcome) => WORK_WAS_DONE.test(said(outcome)))).toEqual(['fixed']);
    expect(said('of_a_later_release')).not.toMatch(WORK_WAS_DONE);
  });

  it('names what belongs to the outcome, and nothing that belongs to another one', () => {
    const all = { joins: '9AN03NQK8NE', authority: { name: 'State Highways', contact: '555-0100.' }, reason: 'no_funds' } as const;
    const naming = (text: string) => OUTCOMES.filter((outcome) => closingSentence(language, outcome, all).includes(text));
    expect(naming('9AN-03NQ-K8NE')).toEqual(['duplicate']);
    expect(naming('State Highways')).toEqual(['referred']);
    expect(closingSentence(language, 'referred', all)).toMatch(/: 555-0100\.$/);
    expect(closingSentence(language, 'declined', all)).not.toBe(closingSentence(language, 'declined'));
  });

  it('has words of its own for each reason to decline', () => {
    const said = DECLINE_REASONS.map((reason) => closingSentence(language, 'declined', { ...NO_DETAILS, reason }));
    expect(new Set(said).size).toBe(DECLINE_REASONS.length);
    for (const [index, reason] of DECLINE_REASONS.entries()) expect(said[index]).not.toContain(reason);
  });
});
