import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Account, Accounts } from '../accounts/accounts.js';
import type { Member } from '../calls/log-router.js';

const BODY_BYTES_MAX = 64 * 1024;

interface Answer {
  readonly status: number;
  readonly body?: object;
}

const OK: Answer = { status: 200, body: { success: true, error: 'Success' } };
const NOT_FOUND: Answer = { status: 404, body: { success: false, error: 'NotFound' } };
const CONFLICT: Answer = { status: 409, body: { success: false, error: 'Conflict' } };
const BAD_REQUEST: Answer = { status: 400 };
/** The server answers this to users without the right too. */
const UNAUTHORIZED: Answer = { status: 401 };

interface HttpApi {
  /** Null on a server without users. */
  readonly accounts: Accounts | null;
  members(): readonly Member[];
}

/** The server's HTTP interface: health, gossip and users. */
export async function answerHttp(api: HttpApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  const answer = body === null ? BAD_REQUEST : unlessLeaderless(() => answerTo(api, request, body));
  response.writeHead(answer.status, {
    ...(answer.body && { 'content-type': 'application/json; charset=utf-8' }),
    ...(answer.status === 401 && { 'www-authenticate': 'BASIC realm="ES"' }),
  });
  response.end(answer.body && JSON.stringify(answer.body));
}

/** 503 where a change throws because no node leads. */
function unlessLeaderless(answer: () => Answer): Answer {
  try {
    return answer();
  } catch {
    return { status: 503 };
  }
}

function answerTo({ accounts, members }: HttpApi, { method, url = '/', headers }: IncomingMessage, body: Body): Answer {
  const [place, loginName, command, verb] = new URL(url, 'http://double').pathname.split('/').slice(1).map(decodeURIComponent);
  if (place === 'health' && loginName === 'live') return { status: 204 };
  if (place === 'gossip') return { status: 200, body: { members: members().map(memberOf) } };
  if (place !== 'users' || !accounts) return NOT_FOUND;
  const caller = accounts.authenticate(headers.authorization);
  if (!caller) return UNAUTHORIZED;
  if (method === 'GET' && loginName === '$current') return shown(caller);
  if (!caller.groups.includes('$admins')) return UNAUTHORIZED;
  if (!loginName) return method === 'POST' ? create(accounts, body) : NOT_FOUND;
  const account = accounts.find(loginName);
  if (!account) return NOT_FOUND;
  if (command === 'command' && method === 'POST') return execute(accounts, loginName, verb, body);
  if (command) return NOT_FOUND;
  if (method === 'GET') return shown(account);
  if (method === 'PUT')
    return accounts.change(loginName, { fullName: textOf(body.fullName), groups: groupsOf(body.groups) }) ? OK : NOT_FOUND;
  return method === 'DELETE' && accounts.remove(loginName) ? OK : NOT_FOUND;
}

function create(accounts: Accounts, { loginName, fullName, groups, password }: Body): Answer {
  if (typeof loginName !== 'string' || loginName === '' || typeof password !== 'string' || password === '') return BAD_REQUEST;
  const isNew = accounts.create({ loginName, fullName: textOf(fullName), groups: groupsOf(groups), password });
  return isNew ? { status: 201, body: { loginName, success: true, error: 'Success' } } : CONFLICT;
}

function execute(accounts: Accounts, loginName: string, command: string | undefined, { newPassword }: Body): Answer {
  if (command === 'disable' || command === 'enable')
    return accounts.change(loginName, { disabled: command === 'disable' }) ? OK : NOT_FOUND;
  if (command !== 'reset-password') return NOT_FOUND;
  if (typeof newPassword !== 'string' || newPassword === '') return BAD_REQUEST;
  return accounts.change(loginName, { password: newPassword }) ? OK : NOT_FOUND;
}

const shown = ({ loginName, fullName, groups, disabled }: Account): Answer => ({
  status: 200,
  body: { data: { loginName, fullName, groups, disabled }, success: true, error: 'Success' },
});

const memberOf = ({ instanceId, isLeader, isAlive, host, port }: Member) => ({
  instanceId,
  state: isLeader ? 'Leader' : 'Follower',
  isAlive,
  httpEndPointIp: host,
  httpEndPointPort: port,
});

type Body = Readonly<Record<string, unknown>>;

/** The JSON object of the body; null where it is too long or no object. */
async function bodyOf(request: IncomingMessage): Promise<Body | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length <= BODY_BYTES_MAX) pieces.push(piece);
  }
  if (length > BODY_BYTES_MAX) return null;
  try {
    const value: unknown = length === 0 ? {} : JSON.parse(Buffer.concat(pieces).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const groupsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((group) => typeof group === 'string') : []);
