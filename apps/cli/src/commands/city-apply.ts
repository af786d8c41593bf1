import { systemClock } from '@onedoor/adapters';
import { dryRunPorts, foundCity, readCityFile, TOPICS, tryCity, type City, type FoundedCity, type TriedCity } from '@onedoor/composition';
import { answer, sayAlarm } from '../answer.js';
import { NoData, openToRead, openToWrite, OPERATOR, startProduct, withProduct, type DataOptions } from '../open-data.js';
import { readJson, unusable } from '../read-file.js';

interface CityApplyOptions extends DataOptions {
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Bounds the events made from a file, so that each fits every log and broker. */
const MAX_BYTES = 512 * 1024;

/**
 * `city apply FILE`: sets the city up as the file says, by the same commands as over HTTP, and signs its agreements for both sides.
 * A second run changes nothing; with `--dry-run` it writes nothing and prints the changes it would make.
 */
export async function applyCity(file: string, { dryRun, json, ...where }: CityApplyOptions): Promise<void> {
  const city = readCity(file);
  // Tried first in any case, so that nothing is written where a command would be refused.
  const tried = await preview(city, where);
  if (tried.refusals.length > 0) throw unusable(file, tried.refusals);
  const { changes, kept } = dryRun ? tried : await apply(city, where);
  const verb = dryRun ? 'would change' : 'changed';
  answer(json, { city: city.name, isDryRun: dryRun, changes, kept }, [
    changes.length === 0 ? `${city.name}: nothing ${verb}` : `${city.name}: ${changes.length} ${verb}`,
    ...changes.map(({ of, id, says }) => `  ${of} ${id}: ${says}`),
    ...kept.map((what) => `  ${what}`),
  ]);
}

function apply(city: City, where: DataOptions): Promise<FoundedCity> {
  return withProduct(openToWrite(where), async (app, { bus }) => {
    await bus.declare(TOPICS);
    return foundCity(app, city, OPERATOR, systemClock.now());
  });
}

/** The same on ports that write nothing, beside a process that writes the data; on an empty log where there is no data yet. */
async function preview(city: City, where: DataOptions): Promise<TriedCity> {
  const found = await openToRead(where).catch((error: unknown) => {
    if (error instanceof NoData) return null;
    throw error;
  });
  try {
    const ports = dryRunPorts(found?.store ?? null, sayAlarm);
    const app = await startProduct({ ports }, { open311Keys: [] });
    try {
      return await tryCity(app, city, OPERATOR, systemClock.now());
    } finally {
      await app.close();
    }
  } finally {
    await found?.close();
  }
}

function readCity(file: string): City {
  const city = readCityFile(readJson(file, MAX_BYTES), systemClock.now());
  if ('problems' in city) throw unusable(file, city.problems);
  return city;
}
