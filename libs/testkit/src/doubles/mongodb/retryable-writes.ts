import { BoundedCache } from '@onedoor/kernel';
import { keyOf, type Document, valueAt } from './document.js';

const SESSIONS_MAX = 10_000;

/**
 * Retryable writes: the answer to the last numbered write of each session. A driver that lost the answer sends the write again under its
 * number, and gets the first answer instead of a second write.
 */
export class RetryableWrites {
  readonly #answers = new BoundedCache<string, { readonly number: unknown; readonly answer: Document }>(SESSIONS_MAX);

  answer(command: Document, act: () => Document): Document {
    const number = command['txnNumber'];
    if (number === undefined) return act();
    const session = keyOf(valueAt(command, 'lsid.id'));
    const known = this.#answers.get(session);
    if (known && Number(known.number) === Number(number)) return known.answer;
    const answer = act();
    if (answer['ok'] === 1) this.#answers.set(session, { number, answer });
    return answer;
  }
}
