import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { openSqlite, systemClock } from '@onedoor/adapters';
import { openEmbedded, ProductModule, type ContextsOptions, type OpenedPorts } from '@onedoor/composition';
import type { Alarm, Checkpoints, LogPorts, ReadModels } from '@onedoor/engine';
import { say, UserError } from './answer.js';
import type { DataOptions } from './data-options.js';
import { openEngines } from './open-engines.js';

/** What a command that changes nothing looks at. */
export interface ReadData extends LogPorts {
  readonly readModels: ReadModels;
  readonly checkpoints: Checkpoints;
  close(): Promise<void>;
}

/** There is no data where a command was told to look for it. */
export class NothingKept extends UserError {
  override readonly name = 'NothingKept';
}

/** Opens what is kept, beside whoever writes it. */
export async function openToRead({ profile, data: folder, environment }: DataOptions): Promise<ReadData> {
  if (profile === 'embedded') {
    refuseNothing(existsSync(join(folder, 'log.db')), `in ${folder}: name another folder with --data, or import something first`);
    const { store, readModels, checkpoints, close } = await openSqlite(folder, { readOnly: true });
    return { store, readModels, checkpoints, close, clock: systemClock, alarm: sayAlarm };
  }
  const { ports, close } = await openEngines(environment, 'city', 'read');
  try {
    refuseNothing((await ports.store.head()) !== null, 'in these engines: name others, or import something first');
  } catch (error) {
    await close();
    throw error;
  }
  return { ...ports, close };
}

/** Opens what is kept for writing: a data folder for this process alone, engines beside whoever else uses them. */
export function openToWrite({ profile, data: folder, environment }: DataOptions, jurisdiction: string): Promise<OpenedPorts> {
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

/** The same, where there must be something already. */
export async function openExisting(where: DataOptions, jurisdiction: string): Promise<OpenedPorts> {
  if (where.profile === 'embedded')
    refuseNothing(existsSync(join(where.data, 'log.db')), `in ${where.data}: name another folder with --data`);
  return openToWrite(where, jurisdiction);
}

/** The product without its HTTP side and without its workers running: whoever opens it drives it step by step. */
export function startProduct(open: Pick<OpenedPorts, 'ports'>, options: ContextsOptions): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(ProductModule.of(open.ports, options), { logger: ['error', 'warn'], abortOnError: false });
}

const sayAlarm: Alarm = (message, details) => say(`${message}: ${JSON.stringify(details)}`);

function refuseNothing(isThere: boolean, where: string): void {
  if (!isThere) throw new NothingKept(`There is no data ${where}`);
}
