import { Inject, Injectable } from '@nestjs/common';
import { deterministicId } from '@onedoor/engine';
import { assert, type Principal, type Reference } from '@onedoor/kernel';
import { actorOf, CommandGateway, PORTS, type Ports } from '@onedoor/platform';
import { DISCLOSURE_COMMANDS } from './commands/index.js';
import { disclosureId, type SealedPart } from './disclosure.js';

/** Records who is shown what is sealed about a case. */
@Injectable()
export class Disclosures {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock' | 'entropy'>,
    private readonly gateway: CommandGateway,
  ) {}

  /** Durable when it resolves. Throws `Unavailable` where it can't be recorded: then nothing may be shown. */
  async record(reference: Reference, parts: readonly SealedPart[], principal: Principal): Promise<void> {
    const at = this.ports.clock.now();
    const outcome = await this.gateway.send(DISCLOSURE_COMMANDS, disclosureId(reference, at), 'record', { reference, parts }, at, {
      commandId: deterministicId('disclosure', this.ports.entropy.hex(16)),
      actor: actorOf(principal),
      correlationId: reference,
      recordedAt: at,
    });
    assert(outcome.outcome === 'done', 'no disclosure is refused');
  }
}
