import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportMapping } from '../src/import/mapping.js';

/** A mapping that ships with OneDoor, by the name of its file. */
export const shipped = (name: string): ImportMapping =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../../config/${name}.json`), 'utf8')) as ImportMapping;

export const BOSTON: ImportMapping = shipped('boston-2011');
