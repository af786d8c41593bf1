import type { INestApplicationContext } from '@nestjs/common';
import { assert, type Actor } from '@onedoor/kernel';
import { ALL_PORTS, CommandGateway, SetUpRefused, type Ports } from '@onedoor/platform';
import { TOKEN_ID_BYTES } from './api-token.js';
import { API_TOKEN_COMMANDS } from './commands/index.js';
import type { IssuedToken } from './events.js';

/** Issues a token from within a process: for a trial or a test. Throws where it is refused. */
export async function issueToken(
  app: INestApplicationContext,
  terms: Omit<IssuedToken, 'secretHash'>,
  actor: Actor,
): Promise<{ readonly id: string; readonly bearer: string }> {
  const id = app.get<Ports>(ALL_PORTS).entropy.hex(TOKEN_ID_BYTES);
  const outcome = await app.get(CommandGateway).sendNow(API_TOKEN_COMMANDS, id, 'issue', terms, { actor });
  if (outcome.outcome === 'rejected') throw new SetUpRefused(`token of ${terms.label}`, outcome);
  assert(outcome.outcome === 'done' && outcome.reveals !== null && 'token' in outcome.reveals, 'the issue of a token reveals it');
  return { id, bearer: String(outcome.reveals.token) };
}
