import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DescribedInterface, type OpenApiDocument } from '@onedoor/testkit';
import { parse } from 'yaml';

const DESCRIBED = new DescribedInterface(
  parse(readFileSync(join(import.meta.dirname, '../../../docs/openapi.yaml'), 'utf8')) as OpenApiDocument,
);

interface SentReply {
  readonly statusCode: number;
  getHeaders(): Readonly<Record<string, string | number | string[] | undefined>>;
}

/** Compares every answer of a server with docs/openapi.yaml. Returns a list that grows by a line for each difference. */
export function holdToDescription(app: NestFastifyApplication): readonly string[] {
  const differences: string[] = [];
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request, reply: SentReply, payload) => {
      const headers = Object.fromEntries(
        Object.entries(reply.getHeaders()).map(([name, value]) => [name, value === undefined ? undefined : String(value)]),
      );
      const isJson = headers['content-type']?.includes('json') === true;
      const path = request.url.split('?')[0] ?? '/';
      differences.push(
        ...DESCRIBED.problemsOf({
          method: request.method.toLowerCase(),
          path,
          status: reply.statusCode,
          headers,
          body: isJson ? JSON.parse(String(headers['content-encoding'] === 'gzip' ? gunzipSync(payload as Buffer) : payload)) : null,
        }),
      );
      return payload;
    });
  return differences;
}
