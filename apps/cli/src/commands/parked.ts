import { DataFolderInUse } from '@onedoor/adapters';
import { ListParkedKeys, PARKED_KEY_COMMANDS, type ListedKey, type ParkedKeysPage } from '@onedoor/operations';
import { CommandGateway, WorkerRunner } from '@onedoor/platform';
import { QueryBus } from '@nestjs/cqrs';
import { answer, UserError } from '../answer.js';
import { openExisting, OPERATOR, withProduct, type DataOptions } from '../open-data.js';
import { RunningOneDoor, type RunningOptions } from '../running-onedoor.js';

interface ParkedOptions extends DataOptions, RunningOptions {
  readonly json: boolean;
}

interface ListOptions extends ParkedOptions {
  readonly group?: string;
}

interface DropOptions extends ParkedOptions {
  readonly reason: string;
}

/** The same questions to the data itself, or to the process that holds it. */
interface Parking {
  page(group: string | null, cursor: ParkedKeysPage['next']): Promise<ParkedKeysPage>;
  decide(id: string, name: 'release' | 'drop', body: object): Promise<void>;
}

const PAGE_KEYS = 200;
const REASON_CHARACTERS = 200;

/** `parked list`: the keys whose messages wait, why, and since when. */
export async function listParked({ group, json, ...options }: ListOptions): Promise<void> {
  await withParking(options, async (parking) => {
    const keys: ListedKey[] = [];
    let next: ParkedKeysPage['next'] = null;
    do {
      const page: ParkedKeysPage = await parking.page(group ?? null, next);
      keys.push(...page.keys);
      next = page.next;
    } while (next !== null);
    const lines = keys.map(({ id, since, attempts, reason }) => `${id} since ${since}, ${attempts} retries: ${reason}`);
    answer(json, { keys }, lines.length === 0 ? ['nothing is parked'] : lines);
  });
}

/** `parked release ID`: its messages are retried now. */
export async function releaseParked(id: string, { json, ...options }: ParkedOptions): Promise<void> {
  checkId(id);
  await withParking(options, (parking) => parking.decide(id, 'release', {}));
  answer(json, { id }, [`${id} is retried by its service within some seconds, or when it starts`]);
}

/** `parked drop ID --reason TEXT`: its messages are never handled. */
export async function dropParked(id: string, { json, reason, ...options }: DropOptions): Promise<void> {
  checkId(id);
  if ([...reason].length > REASON_CHARACTERS) throw new UserError(`--reason: must be text of 1 to ${REASON_CHARACTERS} characters`);
  await withParking(options, (parking) => parking.decide(id, 'drop', { reason }));
  answer(json, { id, reason }, [`${id} is dropped`]);
}

function checkId(id: string): void {
  if (PARKED_KEY_COMMANDS.idOf(id) === null)
    throw new UserError(`${JSON.stringify(id)}: must be a consumer and a key, such as routing.26N2K7DQMA4, as parked list says it`);
}

/** Asks the data itself; where a running OneDoor holds the data folder, that process, over HTTP. */
async function withParking(options: DataOptions & RunningOptions, use: (parking: Parking) => Promise<void>): Promise<void> {
  try {
    await withProduct(openExisting(options), (app) =>
      use({
        page: (group, next) => app.get(QueryBus).execute(new ListParkedKeys(group, next, PAGE_KEYS)),
        async decide(id, name, body) {
          const outcome = await app.get(CommandGateway).sendNow(PARKED_KEY_COMMANDS, id, name, body, { actor: OPERATOR });
          if (outcome.outcome === 'rejected') throw new UserError(`${outcome.code}: ${outcome.detail}`);
          const { signal } = new AbortController();
          for (const worker of app.get(WorkerRunner).all()) await worker.carryOut?.(signal);
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    await use(overHttp(new RunningOneDoor(options)));
  }
}

/** A page over HTTP is followed by its link, so the whole list is one page here. */
const overHttp = (running: RunningOneDoor): Parking => ({
  page: async (group) => ({
    keys: await running.list<ListedKey>(`/api/v1/parked?limit=${PAGE_KEYS}${group === null ? '' : `&group=${encodeURIComponent(group)}`}`),
    next: null,
  }),
  decide: (id, name, body) => running.post(`/api/v1/parked/${encodeURIComponent(id)}/${name}`, body),
});
