import { RequestProblem } from '../http/problem.js';
import { SHAPE } from './body-shape.js';
import { Form, type FormField } from './form.js';
import { unescapeBytes } from './text-encoding.js';

const NAME_CHARACTERS = 100;

/** Reads `application/x-www-form-urlencoded` (WHATWG, URL, 5.1). Throws a 400 that names the field. */
export function readForm(bytes: Buffer, charset: string | null): Form {
  const text = bytes.toString('latin1');
  if (countOf('&', text, SHAPE.fields) >= SHAPE.fields) throw tooManyFields();
  const fields = text
    .split('&')
    .filter((pair) => pair !== '')
    .map(fieldOf);
  return new Form(fields, [], charset);
}

export const tooManyFields = (): RequestProblem => new RequestProblem(400, [`body: must have at most ${SHAPE.fields} fields`]);

function fieldOf(pair: string): FormField {
  const equals = pair.indexOf('=');
  const [rawName, rawValue] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
  const [name, value] = [unescapeBytes(rawName), unescapeBytes(rawValue)];
  if (name === null) throw new RequestProblem(400, ['body: the name of a field has a % that two hexadecimal digits do not follow']);
  if (value === null)
    throw new RequestProblem(400, [`${name.toString().slice(0, NAME_CHARACTERS)}: has a % that two hexadecimal digits do not follow`]);
  return { name, value };
}

/** Counts no further than `most`. */
function countOf(character: string, text: string, most: number): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0 && count < most; at = text.indexOf(character, at + 1)) count++;
  return count;
}
