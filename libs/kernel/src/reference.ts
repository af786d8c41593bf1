import { assert } from './guarantees.js';
import { DAY_MS } from './instant.js';

/**
 * The name of a request for people and machines alike, and the id of all its streams: `3D7K2F9QXM4`.
 * Three characters of the day it came in (so that neighbours in time are neighbours on disk), seven of a hash or of
 * random bits, one check character. The alphabet is Crockford's base 32: no I, L, O or U to misread over the phone.
 */
export type Reference = string;

/** How many bits the middle part takes from its hash or random source. */
export const REFERENCE_RANDOM_BITS = 35;

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const DAY_CHARACTERS = 3;
const RANDOM_CHARACTERS = 7;
const LENGTH = DAY_CHARACTERS + RANDOM_CHARACTERS + 1;
const DAY_ZERO_MS = Date.UTC(2000, 0, 1);
/** How many days from 2000-01-01 a reference can name. */
export const REFERENCE_DAYS = 32 ** DAY_CHARACTERS;

/** Days from 2000-01-01 to a local date `YYYY-MM-DD`; null outside the 32,768 days (to 2089-09-17) that a reference can name. */
export function dayNumberOf(localDate: string): number | null {
  const day = Math.round((Date.parse(`${localDate}T00:00:00Z`) - DAY_ZERO_MS) / DAY_MS);
  return day >= 0 && day < REFERENCE_DAYS ? day : null;
}

/** Builds the reference of a day and 35 bits, given as an integer. */
export function makeReference(dayNumber: number, bits: number): Reference {
  assert(Number.isInteger(dayNumber) && dayNumber >= 0 && dayNumber < REFERENCE_DAYS, 'a reference names a day it can hold');
  assert(Number.isInteger(bits) && bits >= 0 && bits < 2 ** REFERENCE_RANDOM_BITS, 'the middle of a reference is 35 bits');
  const body = encode(dayNumber, DAY_CHARACTERS) + encode(bits, RANDOM_CHARACTERS);
  return body + checkCharacter(body);
}

/** Reads what a person typed or a program sent: any case, dashes and spaces allowed, O as 0, I and L as 1. Null when the check fails. */
export function parseReference(text: string): Reference | null {
  const clean = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (clean.length !== LENGTH || [...clean].some((character) => !ALPHABET.includes(character))) return null;
  return checkCharacter(clean.slice(0, -1)) === clean.at(-1) ? clean : null;
}

/** As people see it: `3D7-K2F9-QXM4`. */
export const formatReference = (reference: Reference): string => `${reference.slice(0, 3)}-${reference.slice(3, 7)}-${reference.slice(7)}`;

/** The id in a stream's name, behind its category: `3D7K2F9QXM4` of `request-3D7K2F9QXM4`. */
export const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

function encode(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text;
  return text;
}

/**
 * A weighted sum over the field of 32 elements, each position weighted by another power of its generator: any single wrong
 * character and any swap of two characters change the sum.
 */
function checkCharacter(body: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of body) {
    weight = multiply(weight, 2);
    sum ^= multiply(weight, ALPHABET.indexOf(character));
  }
  return ALPHABET.charAt(sum);
}

/** Multiplication in GF(2^5) modulo x^5 + x^2 + 1, which is primitive: 2 generates all 31 non-zero elements. */
function multiply(one: number, other: number): number {
  let product = 0;
  for (let bit = 0, shifted = one; bit < 5; bit++) {
    if ((other >> bit) & 1) product ^= shifted;
    shifted <<= 1;
    if (shifted & 32) shifted ^= 0b100101;
  }
  return product;
}
