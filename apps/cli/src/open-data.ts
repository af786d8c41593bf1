import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { openSqlite, type SqliteData } from '@onedoor/adapters';
import { openEmbedded, ProductModule, type ContextsOptions, type OpenedPorts } from '@onedoor/composition';
import { say, UserError } from './answer.js';

/** Opens a data folder beside whoever writes it. */
export async function openToRead(folder: string): Promise<SqliteData> {
  if (!existsSync(join(folder, 'log.db'))) throw new UserError(`There is no data in ${folder}: name another folder with --data, or import something first`);
  return openSqlite(folder, { readOnly: true });
}

/** Opens a data folder for this process alone. */
export function openToWrite(folder: string, jurisdiction: string): Promise<OpenedPorts> {
  return openEmbedded({
    folder,
    jurisdiction,
    alarm: (message, details) => say(`${message}: ${JSON.stringify(details)}`),
    onFailure: (error) => {
      say(`The data in ${folder} can't be written any more: ${error.message}`);
      process.exit(1);
    },
  });
}

/** The product without its HTTP side and without its workers running: whoever opens it drives it step by step. */
export function startProduct(open: OpenedPorts, options: ContextsOptions): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(ProductModule.of(open.ports, options), { logger: ['error', 'warn'], abortOnError: false });
}
