import { request } from 'node:https';
import type { Credentials } from '@eventstore/db-client';

export const ADMINISTRATOR: Credentials = { username: 'admin', password: 'changeit' };

export interface HttpTarget {
  readonly port: number;
  /** The authority's certificate in PEM. */
  readonly authority: string;
}

/** One call of a double's HTTP interface, as a user. */
export function callHttp({ port, authority }: HttpTarget, method: string, path: string, body?: object, { username, password }: Credentials = ADMINISTRATOR): Promise<{ readonly status: number | undefined; readonly body: unknown }> {
  return new Promise((resolve, reject) => {
    const call = request({ host: 'localhost', port, method, path, ca: authority, auth: `${username}:${password}`, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode, body: text === '' ? null : JSON.parse(text) }));
    });
    call.on('error', reject).end(body && JSON.stringify(body));
  });
}
