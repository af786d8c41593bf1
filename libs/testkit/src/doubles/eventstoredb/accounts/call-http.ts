import { request } from 'node:https';
import type { Credentials } from '@eventstore/db-client';

export const ADMINISTRATOR: Credentials = { username: 'admin', password: 'changeit' };

export interface HttpTarget {
  readonly port: number;
  /** The authority's certificate in PEM. */
  readonly authority: string;
}

export interface HttpAnswer {
  readonly status: number | undefined;
  /** Parsed; null where there is none. */
  readonly body: unknown;
}

/** One call of a double's HTTP interface, by the administrator unless another user is given. */
export function callHttp(target: HttpTarget, method: string, path: string, body?: object, caller = ADMINISTRATOR): Promise<HttpAnswer> {
  const { port, authority } = target;
  const auth = `${caller.username}:${caller.password}`;
  return new Promise((resolve, reject) => {
    const call = request({ host: 'localhost', port, method, path, ca: authority, auth, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode, body: text === '' ? null : JSON.parse(text) }));
    });
    call.on('error', reject).end(body && JSON.stringify(body));
  });
}
