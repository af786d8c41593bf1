import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { type Endpoint, textOf } from './address.js';
import { type ChannelFactory, identityOf } from './channel-factory.js';

/** How long a node may take for each probe. */
const ANSWER_WITHIN_MS = 2_000;

/** What keeps a node from being used. */
export interface Diagnosis {
  /** It lasts until the address, the certificate or the server is changed. */
  readonly isPermanent: boolean;
  /** Names the node, and what to do. */
  readonly words: string;
}

/** Probes nodes by plain sockets, since the client's own errors say little. Null where one of them speaks gRPC as it should. */
export async function diagnose(channels: ChannelFactory, endpoints: readonly Endpoint[]): Promise<Diagnosis | null> {
  const found = await Promise.all(endpoints.map(async (endpoint) => ({ endpoint, finding: await look(channels, endpoint) })));
  const diagnoses = found.flatMap(({ endpoint, finding }) =>
    finding === 'fine' ? [] : [{ isPermanent: PERMANENT.has(finding), words: WORDS[finding](textOf(endpoint)) }],
  );
  if (diagnoses.length < found.length) return null;
  return { isPermanent: diagnoses.every(({ isPermanent }) => isPermanent), words: diagnoses.map(({ words }) => words).join('; ') };
}

type Finding =
  | 'fine'
  | 'unresolved'
  | 'refused'
  | 'unreachable'
  | 'silent'
  | 'untrusted'
  | 'misnamed'
  | 'outdated'
  | 'speaks plain'
  | 'speaks TLS'
  | 'foreign';

const PERMANENT: ReadonlySet<Finding> = new Set(['untrusted', 'misnamed', 'outdated', 'speaks plain', 'speaks TLS', 'foreign']);

const WORDS: Readonly<Record<Exclude<Finding, 'fine'>, (node: string) => string>> = {
  unresolved: (node) => `the name of ${node} leads nowhere`,
  refused: (node) => `${node} refuses connections: is EventStoreDB running there?`,
  unreachable: (node) => `${node} can not be reached`,
  silent: (node) => `${node} takes connections and answers nothing`,
  untrusted: (node) => `the certificate of ${node} is not trusted: name the authority that made it by tlsCAFile`,
  misnamed: (node) =>
    `the certificate of ${node} was made for other names: use one of those in the address, and let the nodes advertise them`,
  outdated: (node) => `the certificate of ${node} is not valid at this time`,
  'speaks plain': (node) => `${node} speaks no TLS: give it a certificate, or say tls=false on a closed network`,
  'speaks TLS': (node) => `${node} speaks TLS, and the address says tls=false`,
  foreign: (node) => `${node} speaks no gRPC: EventStoreDB listens on 2113 unless told otherwise`,
};

async function look(channels: ChannelFactory, endpoint: Endpoint): Promise<Finding> {
  const isSecure = channels.secureContext !== null;
  const finding = await (isSecure ? lookSecurely(channels, endpoint) : lookPlainly(endpoint));
  if (finding !== 'silent' && finding !== 'unclear') return finding;
  // A server that does not understand the protocol is often silent: the other protocol tells.
  const other = await (isSecure ? lookPlainly(endpoint) : lookSecurely(channels, endpoint));
  if (isSecure) return other === 'fine' ? 'speaks plain' : finding === 'silent' ? 'silent' : 'foreign';
  return SECURE.has(other) ? 'speaks TLS' : finding === 'silent' ? 'silent' : 'foreign';
}

/** All of them took a handshake. */
const SECURE: ReadonlySet<Finding | 'unclear'> = new Set(['fine', 'untrusted', 'misnamed', 'outdated', 'foreign']);

function lookPlainly({ host, port }: Endpoint): Promise<Finding | 'unclear'> {
  const socket = connectPlain({ host, port });
  return greet(socket, 'connect');
}

function lookSecurely({ secureContext }: ChannelFactory, endpoint: Endpoint): Promise<Finding | 'unclear'> {
  const { host, port } = endpoint;
  const socket = connectSecurely({
    host,
    port,
    ...identityOf(endpoint),
    ...(secureContext !== null && { secureContext }),
    ALPNProtocols: ['h2'],
  });
  return greet(socket, 'secureConnect');
}

/** The beginning of HTTP/2: its preface, and an empty SETTINGS frame. */
const PREFACE = Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])]);
const SETTINGS_FRAME = 4;
const FRAME_HEADER_BYTES = 9;
const TLS_ALERT = 0x15;

/** Sends the HTTP/2 preface, and judges by the first bytes of the answer. */
function greet(socket: Socket, ready: 'connect' | 'secureConnect'): Promise<Finding | 'unclear'> {
  return new Promise((resolve) => {
    const end = (finding: Finding | 'unclear') => {
      clearTimeout(timer);
      socket.destroy();
      resolve(finding);
    };
    let isReady = false;
    let heard = Buffer.alloc(0);
    const timer = setTimeout(
      () => end(isReady || ready === 'secureConnect' || !socket.connecting ? 'silent' : 'unreachable'),
      ANSWER_WITHIN_MS,
    );
    socket.on('error', (error: NodeJS.ErrnoException) => end(findingOf(error.code ?? '')));
    socket.on('close', () => end('unclear'));
    socket.on(ready, () => {
      isReady = true;
      socket.write(PREFACE);
    });
    socket.on('data', (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]);
      if (heard[0] === TLS_ALERT) end('speaks TLS');
      else if (heard.length >= FRAME_HEADER_BYTES) end(heard[3] === SETTINGS_FRAME ? 'fine' : 'foreign');
    });
  });
}

/** By the codes of Node and of OpenSSL. */
function findingOf(code: string): Finding | 'unclear' {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unresolved';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'unreachable';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'misnamed';
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'outdated';
  if (/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|INVALID_CA|HOSTNAME_MISMATCH)/.test(code))
    return 'untrusted';
  return 'unclear';
}
