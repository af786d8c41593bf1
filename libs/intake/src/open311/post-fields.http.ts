import type { ReportedAnswer } from '@onedoor/contracts';
import { bearerOf, Form, isText, RequestProblem } from '@onedoor/platform';
import { isPassed, shownName } from './parameters.http.js';

type Field = string | readonly string[];

/** What a body comes down to, in whichever form it came. */
export interface Posted {
  /** A text by each name, or several where a name was repeated. */
  readonly fields: Readonly<Record<string, Field>>;
  /** Answers to questions, by the codes in `attribute[…]`. An empty one is absent. */
  readonly attributes: readonly ReportedAnswer[];
  /** Fields that held a file; an empty part is none. */
  readonly files: readonly string[];
}

/** The api key of a body, else that of `Authorization`. Read from the bytes of a form, before it is known in which charset they are. */
export function keyIn(sent: unknown, headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const key = sent instanceof Form ? keyOfForm(sent) : (sent as { readonly api_key?: unknown } | null | undefined)?.api_key;
  return typeof key === 'string' && key.trim() !== '' ? key : (bearerOf(headers) ?? undefined);
}

const keyOfForm = ({ fields }: Form): string | undefined => fields.find(({ name }) => name.equals(KEY))?.value.toString('latin1');

const KEY = Buffer.from('api_key');

/**
 * Reads a form, in the charset that it names or else in that of its api key, or one flat JSON object, whose numbers and booleans become
 * their text. Nested values are refused here, before the validator meets them.
 */
export function postedIn(sent: unknown, charset: string): Posted {
  const body: unknown = sent instanceof Form ? sent.texts(charset) : sent;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new RequestProblem(400, ['The body must be a form, or one flat JSON object']);
  const given = Object.entries(body).flatMap(([name, value]): readonly (readonly [string, Field])[] =>
    value === null || value === undefined ? [] : [[name, fieldOf(name, value)]],
  );
  return {
    fields: Object.fromEntries(given.filter(([name]) => !isAttribute(name) && !isLeftOut(name))),
    attributes: given.filter(([name]) => isAttribute(name)).flatMap(answerTo),
    files: sent instanceof Form ? sent.files.filter(({ bytes }) => bytes > 0).map(({ name }) => name) : [],
  };
}

/** What has a meaning in every query, and none in a body. */
const isLeftOut = (name: string): boolean => isPassed(name) && name !== 'api_key' && name !== 'jurisdiction_id';

const isAttribute = (name: string): boolean => name.startsWith('attribute[');

function answerTo([name, value]: readonly [string, Field]): readonly ReportedAnswer[] {
  const values = [value].flat().filter((each) => each.trim() !== '');
  const question = /^attribute\[(.+?)\](\[\])?$/s.exec(name)?.[1] ?? name;
  return values.length === 0 ? [] : [{ question, values }];
}

function fieldOf(name: string, value: unknown): Field {
  const texts = (Array.isArray(value) ? value : [value]).map((each) => (typeof each === 'object' ? null : String(each)));
  if (!texts.every(isText)) throw new RequestProblem(400, [`${shownName(name)}: must be text, in well-formed Unicode and without NUL`]);
  return Array.isArray(value) ? texts : (texts[0] ?? '');
}
