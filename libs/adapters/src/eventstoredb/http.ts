import { request as send } from 'node:http';
import { checkServerIdentity, connect as connectSecurely, type PeerCertificate } from 'node:tls';
import { Misconfigured, Unavailable } from '@onedoor/engine';
import { certifiedNameOf, serverNameOf } from './channels.js';
import type { Connection } from './connection.js';

const ANSWER_WITHIN_MS = 5_000;
const ANSWER_BYTES_MAX = 1024 * 1024;

export interface HttpAnswer {
  readonly status: number;
  /** Parsed where it is JSON, else null. */
  readonly body: unknown;
}

/** One call of the server's HTTP interface, which keeps the users, at the node that leads. Throws `Misconfigured` for a user or password that it refuses. */
export async function request(connection: Connection, method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<HttpAnswer> {
  const { endpoint } = await connection.link();
  const { credentials, isSecure } = connection.address;
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    accept: 'application/json',
    connection: 'close',
    ...(isSecure && { authorization: `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}` }),
    ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  };
  const { host, port } = endpoint;
  const { secureContext } = connection;
  const name = certifiedNameOf(endpoint);
  const overTls = () =>
    connectSecurely({
      host,
      port,
      servername: serverNameOf(endpoint),
      ...(secureContext !== null && { secureContext }),
      checkServerIdentity: (_sent: string, certificate: PeerCertificate) => checkServerIdentity(name, certificate),
    });
  const outOfTime = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const answer = await new Promise<HttpAnswer>((resolve, reject) => {
    const call = send({ host, port, method, path, headers, signal: outOfTime, ...(isSecure && { createConnection: overTls }) });
    const fail = (error: NodeJS.ErrnoException) =>
      reject(new Unavailable(`The HTTP interface of EventStoreDB does not answer (${outOfTime.aborted ? 'not in time' : (error.code ?? error.message)})`));
    call.on('error', fail);
    call.on('response', (response) => {
      let heard = '';
      response.setEncoding('utf8');
      // Once an answer has begun, what breaks it off is told here.
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
