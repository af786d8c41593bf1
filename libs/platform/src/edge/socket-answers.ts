import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorAnswer, ErrorAnswers } from './error-answers.js';

/** Answers CONNECT, which Node would break off without a word: there is nothing behind this server. */
export const refuseConnect = (socket: Duplex, answers: ErrorAnswers): void =>
  endWith(socket, answers.of({ status: 405, details: ['CONNECT: this is no proxy'], headers: { allow: '' } }, '/'));

/** Writes an answer to a connection that never became a request, and ends it. */
export function endWith(socket: Duplex, { status, headers, body }: ErrorAnswer): void {
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': String(Buffer.byteLength(body)) });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
    () => socket.destroy(),
  );
}
