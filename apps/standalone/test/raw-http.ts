import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends bytes as they are and reads what comes until the server closes: for what no client library would send. */
export async function sendRaw(port: number, bytes: string | Buffer, cutShort = false): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  if (cutShort) socket.end();
  return readAnswer(socket);
}

/** A request with a Host of its own, which closes the connection, and its body. */
export const requestOf = (line: string, headers: readonly string[] = [], body: string | Buffer = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`${[`${line} HTTP/1.1`, 'Host: city.example', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`, 'latin1'),
    typeof body === 'string' ? Buffer.from(body) : body,
  ]);

/** The same for a body whose length is said. */
export const postOf = (path: string, type: string, body: string | Buffer, headers: readonly string[] = []): Buffer =>
  requestOf(`POST ${path}`, [`Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body)}`, ...headers], body);

export async function readAnswer(socket: Socket): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
  const text = Buffer.concat(chunks).toString();
  const end = text.indexOf('\r\n\r\n');
  const [line = '', ...lines] = text.slice(0, end).split('\r\n');
  return {
    status: Number(line.split(' ')[1] ?? 0),
    headers: Object.fromEntries(
      lines.map((each) => [each.slice(0, each.indexOf(':')).toLowerCase(), each.slice(each.indexOf(':') + 1).trim()]),
    ),
    body: text.slice(end + 4),
  };
}
