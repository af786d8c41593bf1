import { readFileSync, statSync } from 'node:fs';
import { systemClock } from '@onedoor/adapters';
import { dryRunPorts, foundCity, readCityFile, TOPICS, type City, type FoundedCity } from '@onedoor/composition';
import type { Actor } from '@onedoor/kernel';
import { answer, say, UserError } from '../answer.js';
import type { DataOptions } from '../data-options.js';
import { NothingKept, openToRead, openToWrite, startProduct } from '../open-data.js';

export interface CityApplyOptions extends DataOptions {
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Who writes the data may set the city up. */
const OPERATOR: Actor = { role: 'system', id: 'command-line' };

/** So that each event that comes of a file fits every log and broker. */
const MOST_BYTES = 512 * 1024;
const MOST_PROBLEMS = 100;

/**
 * `city apply FILE`: makes the city what the file says, by the commands that its routes take, and signs its agreements for both sides.
 * Applied twice it changes nothing; with `--dry-run` it writes nothing, and says what would change.
 */
export async function applyCity(file: string, { dryRun, json, ...where }: CityApplyOptions): Promise<void> {
  const city = readCity(file);
  const { changes, kept } = await (dryRun ? rehearse(city, where) : apply(city, where));
  const verb = dryRun ? 'would change' : 'changed';
  answer(json, { city: city.name, isDryRun: dryRun, changes, kept }, [
    changes.length === 0 ? `${city.name}: nothing ${verb}` : `${city.name}: ${changes.length} ${verb}`,
    ...changes.map(({ of, id, says }) => `  ${of} ${id}: ${says}`),
    ...kept.map((what) => `  ${what}`),
  ]);
}

async function apply(city: City, where: DataOptions): Promise<FoundedCity> {
  const open = await openToWrite(where, 'city');
  try {
    const app = await startProduct(open, { open311Keys: [] });
    try {
      await open.ports.bus.declare(TOPICS);
      return await foundCity(app, city, OPERATOR, city.since);
    } finally {
      await app.close();
    }
  } finally {
    await open.close();
  }
}

/** The same over what is only read, beside a process that writes it; over nothing where nothing is kept yet. */
async function rehearse(city: City, where: DataOptions): Promise<FoundedCity> {
  const found = await openToRead(where).catch((error: unknown) => {
    if (error instanceof NothingKept) return null;
    throw error;
  });
  try {
    const ports = dryRunPorts(found?.store ?? null, (message, details) => say(`${message}: ${JSON.stringify(details)}`));
    const app = await startProduct({ ports }, { open311Keys: [] });
    try {
      return await foundCity(app, city, OPERATOR, city.since);
    } finally {
      await app.close();
    }
  } finally {
    await found?.close();
  }
}

function readCity(file: string): City {
  const city = readCityFile(contentOf(file), systemClock.now());
  if (!('problems' in city)) return city;
  const { problems } = city;
  const shown =
    problems.length > MOST_PROBLEMS ? [...problems.slice(0, MOST_PROBLEMS), `and ${problems.length - MOST_PROBLEMS} more`] : problems;
  throw new UserError([`${file} can't be used:`, ...shown].join('\n  '));
}

function contentOf(file: string): unknown {
  try {
    if (statSync(file).size > MOST_BYTES) throw new UserError(`${file}: is larger than ${MOST_BYTES} bytes`);
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(error instanceof SyntaxError ? `${file}: is no JSON` : `${file} can't be read`);
  }
}
