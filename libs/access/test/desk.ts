import { NestFactory } from '@nestjs/core';
import { openMemory, type MemoryData } from '@onedoor/adapters';
import type { Actor } from '@onedoor/kernel';
import { CommandGateway, contextModule, PortsModule, WorkersModule, type CommandOutcome, type Ports } from '@onedoor/platform';
import { ManualClock } from '@onedoor/testkit';
import { ACCESS } from '../src/access.module.js';
import { Accounts } from '../src/account/accounts.service.js';
import { ACCOUNT_COMMANDS } from '../src/account/commands/index.js';
import { Passwords } from '../src/account/passwords.service.js';
import { SignIn } from '../src/account/sign-in.service.js';
import { SESSION_KEY, Sessions } from '../src/session/sessions.service.js';
import { ApiTokens } from '../src/token/api-tokens.service.js';
import { API_TOKEN_COMMANDS } from '../src/token/commands/index.js';
import { issueToken } from '../src/token/issue-token.service.js';
import { monday, works } from './access.fixtures.js';

export const PASSWORD = 'a door that opens slowly';
export const SYSTEM: Actor = { role: 'system', id: 'test' };

/** One process that checks who asks, over data that it may share with another one. */
interface Desk {
  readonly gateway: CommandGateway;
  readonly accounts: Accounts;
  readonly tokens: ApiTokens;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  /** Has the system do something to an account. */
  tell(id: string, name: keyof typeof ACCOUNT_COMMANDS.commands, body?: object): Promise<CommandOutcome<unknown>>;
  issue(expiresAt?: string | null): Promise<{ readonly id: string; readonly bearer: string }>;
  revoke(id: string): Promise<CommandOutcome<unknown>>;
}

/** All processes of a city have its data and its clock; hashes cost next to nothing here. */
export function openCity(): {
  readonly data: MemoryData;
  readonly clock: ManualClock;
  process(draft?: { readonly key?: string; readonly jurisdiction?: string }): Promise<Desk>;
  createDesk(id: string): Promise<void>;
} {
  const data = openMemory();
  const clock = new ManualClock(monday);
  let count = 0;
  const entropy = { hex: (length: number) => (++count).toString(16).padStart(length * 2, '0') };
  const process = async ({ key = 'one key', jurisdiction = 'testville' } = {}): Promise<Desk> => {
    const mailer = { send: () => Promise.reject(new Error('No message is sent here')) };
    const ports: Ports = { ...data, mailer, clock, entropy, jurisdiction, alarm: () => undefined, dependencies: [] };
    const settings = [
      { provide: SESSION_KEY, useValue: key },
      { provide: Passwords, useValue: new Passwords(ports, { log2N: 4, r: 8, p: 1 }) },
    ];
    class Root {}
    const imports = [PortsModule.of(ports), WorkersModule, contextModule(ACCESS, { settings, servesHttp: false })];
    const app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: false, abortOnError: false });
    const gateway = app.get(CommandGateway);
    return {
      gateway,
      accounts: app.get(Accounts),
      tokens: app.get(ApiTokens),
      sessions: app.get(Sessions),
      signIn: app.get(SignIn),
      tell: (id, name, body = {}) => gateway.sendNow(ACCOUNT_COMMANDS, id, name, body, { actor: SYSTEM }),
      issue: (expiresAt = null) => issueToken(app, { ...works, label: 'ledger', expiresAt }, SYSTEM),
      revoke: (id) => gateway.sendNow(API_TOKEN_COMMANDS, id, 'revoke', {}, { actor: SYSTEM }),
    };
  };
  const createDesk = async (id: string): Promise<void> => {
    const { tell } = await process();
    expect(await tell(id, 'create', { id, password: PASSWORD, ...works })).toMatchObject({ outcome: 'done' });
  };
  return { data, clock, process, createDesk };
}
