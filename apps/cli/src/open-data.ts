import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { DataFolderInUse, filesOf, lockDataFolder, openSqlite, systemClock } from '@onedoor/adapters';
import { openEmbedded, ProductModule, type ContextsOptions, type OpenedPorts } from '@onedoor/composition';
import type { Checkpoints, LogPorts, ReadModels } from '@onedoor/engine';
import type { Actor } from '@onedoor/kernel';
import { Config, type Ports, type PROFILES } from '@onedoor/platform';
import { say, sayAlarm, UserError } from './answer.js';
import { openEngines, type Environment } from './open-engines.js';

/** Where a command finds the data. */
export interface DataOptions {
  /** `embedded`: a data folder. `distributed`: the engines that the environment names. */
  readonly profile: (typeof PROFILES)[number];
  /** The data folder of the embedded profile. */
  readonly data: string;
  /** Names the engines of the distributed profile, as for the services. */
  readonly environment: Environment;
}

/** The data of a command that changes nothing. */
export interface ReadData extends LogPorts {
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
  close(): Promise<void>;
}

/** The named folder or the named engines hold no data. */
export class NoData extends UserError {
  override readonly name = 'NoData';
}

/** The actor of commands that are sent by the command line: a process that may write the data may send any. */
export const OPERATOR: Actor = { role: 'system', id: 'command-line' };

/** Opens the data for reading, also while another process writes it. */
export async function openToRead({ profile, data: folder, environment }: DataOptions): Promise<ReadData> {
  if (profile === 'embedded') {
    requireData(hasLog(folder), `in ${folder}: name another folder with --data, or import something first`);
    const { store, readModels, checkpoints, close } = await openSqlite(folder, { readOnly: true }).catch(refuseAsNoLog(folder));
    return { store, readModels, checkpoints, close, clock: systemClock, alarm: sayAlarm };
  }
  const { ports, close } = await openEngines(environment, 'city', 'read');
  try {
    requireData((await ports.store.head()) !== null, 'in these engines: name others, or import something first');
  } catch (error) {
    await close();
    throw error;
  }
  return { ...ports, close };
}

/** Whether another process holds a data folder. */
export function isInUse(folder: string): boolean {
  // What is not there is not made by looking for it.
  if (!existsSync(filesOf(folder).lock)) return false;
  try {
    lockDataFolder(folder).release();
    return false;
  } catch (error) {
    return error instanceof DataFolderInUse;
  }
}

/** The city that the settings name, as every event says it. */
export const jurisdictionIn = (environment: Environment): string =>
  environment['ONEDOOR_JURISDICTION'] || new Config().ONEDOOR_JURISDICTION;

/** Opens the data for writing, of the city that the settings name: a data folder exclusively, engines together with other processes. */
export async function openToWrite(
  { profile, data: folder, environment }: DataOptions,
  jurisdiction = jurisdictionIn(environment),
): Promise<OpenedPorts> {
  if (profile === 'distributed') return openEngines(environment, jurisdiction);
  return openEmbedded({
    folder,
    jurisdiction,
    alarm: sayAlarm,
    onFailure: (error) => {
      say(`The data in ${folder} can't be written any more: ${error.message}`);
      process.exit(1);
    },
  });
}

/** The same; throws `NoData` where there is none yet. */
export async function openExisting(where: DataOptions): Promise<OpenedPorts> {
  if (where.profile === 'embedded') requireData(hasLog(where.data), `in ${where.data}: name another folder with --data`);
  return openToWrite(where);
}

/** Starts the product without HTTP and without running its workers: the caller runs those step by step. */
export function startProduct(open: Pick<OpenedPorts, 'ports'>, options: ContextsOptions): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(ProductModule.of(open.ports, options), { logger: ['error', 'warn'], abortOnError: false });
}

/** Calls `use` with the product on the data, and closes both. */
export async function withProduct<Result>(
  opening: Promise<OpenedPorts>,
  use: (app: INestApplicationContext, ports: Ports) => Promise<Result>,
): Promise<Result> {
  const open = await opening;
  try {
    const app = await startProduct(open, { open311Keys: [] });
    try {
      return await use(app, open.ports);
    } finally {
      await app.close();
    }
  } finally {
    await open.close();
  }
}

/** Whether the folder holds a log. A file without a byte is what an interrupted copy leaves. */
const hasLog = (folder: string): boolean => (statSync(join(folder, 'log.db'), { throwIfNoEntry: false })?.size ?? 0) > 0;

/** For what sqlite can't read, or can, without the tables of a log. */
const refuseAsNoLog =
  (folder: string) =>
  (error: Error & { readonly errcode?: number }): never => {
    if (error.errcode === undefined) throw error;
    const file = join(folder, 'log.db');
    throw new UserError(`${file} is no log of OneDoor (${error.message}): restore the latest backup, or name another folder with --data`);
  };

function requireData(isThere: boolean, where: string): void {
  if (!isThere) throw new NoData(`There is no data ${where}`);
}
