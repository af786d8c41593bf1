import type { Report } from '@onedoor/intake';
import type { Die } from '../history/die.js';
import { placeBy } from './places.js';
import { residentBy } from './residents.js';

/** What somebody in Riverbend reports, by the channel of their choice. */
export function reportBy(die: Die, serviceCode: string): Report {
  const { channel, language, words: description, contact } = residentBy(die, serviceCode);
  return { serviceCode, channel, location: placeBy(die), description, mediaUrl: null, contact, language, department: null, source: null };
}
