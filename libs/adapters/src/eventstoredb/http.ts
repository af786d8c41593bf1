import { request as send } from 'node:http';
import { connect as connectSecurely } from 'node:tls';
import { Misconfigured, Unavailable } from '@onedoor/engine';
import { basicOf } from './address.js';
import { identityOf } from './channel-factory.js';
import type { Connection } from './connection.js';

const ANSWER_WITHIN_MS = 5_000;
const ANSWER_BYTES_MAX = 1024 * 1024;

interface HttpAnswer {
  readonly status: number;
  /** Parsed where it is JSON, else null. */
  readonly body: unknown;
}

/** An account, as the server describes it. */
export interface User {
  readonly loginName?: string;
  readonly fullName?: string;
  readonly groups?: readonly string[];
  readonly disabled?: boolean;
}

/** The account of an answer; empty where it holds none. */
export const userIn = ({ body }: HttpAnswer): User => (body as { readonly data?: User } | null)?.data ?? {};

/**
 * One call of the server's HTTP interface, which manages the users, at the node that leads. Throws `Misconfigured` for a user or
 * password that the server refuses.
 */
export async function request(connection: Connection, method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<HttpAnswer> {
  const { endpoint } = await connection.node();
  const { credentials, isSecure } = connection.address;
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    accept: 'application/json',
    connection: 'close',
    ...(isSecure && { authorization: basicOf(credentials) }),
    ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  const { host, port } = endpoint;
  const { secureContext } = connection;
  const overTls = () => connectSecurely({ host, port, ...identityOf(endpoint), ...(secureContext !== null && { secureContext }) });
  const outOfTime = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const answer = await new Promise<HttpAnswer>((resolve, reject) => {
    const call = send({ host, port, method, path, headers, signal: outOfTime, ...(isSecure && { createConnection: overTls }) });
    const fail = (error: NodeJS.ErrnoException) =>
      reject(
        new Unavailable(
          `The HTTP interface of EventStoreDB does not answer (${outOfTime.aborted ? 'not in time' : (error.code ?? error.message)})`,
        ),
      );
    call.on('error', fail);
    call.on('response', (response) => {
      let heard = '';
      response.setEncoding('utf8');
      // A failure after the answer has begun is emitted here.
      response.on('error', fail);
      response.on('data', (piece: string) => {
        heard += piece;
        if (heard.length > ANSWER_BYTES_MAX) response.destroy(new Error('too long an answer'));
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(heard) }));
    });
    call.end(text);
  });
  if (answer.status === 401) throw new Misconfigured('EventStoreDB refuses the user or the password');
  return answer;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
