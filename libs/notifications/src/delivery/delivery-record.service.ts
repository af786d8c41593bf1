import { Inject, Injectable } from '@nestjs/common';
import { deterministicId } from '@onedoor/engine';
import { assert, type Reference } from '@onedoor/kernel';
import { CommandGateway, PORTS, type CommandDone, type Ports } from '@onedoor/platform';
import type { CorrespondenceEvent, FailureKind, NotificationClaimed, SuppressionReason } from '../correspondence/events.js';
import { notificationOf, type Correspondence, type CorrespondenceState, type Notification } from '../correspondence/state.js';
import { CORRESPONDENCE_COMMANDS } from '../correspondence/commands/index.js';

/** A notification that this process, and no other one, may send for a while. */
export interface Claim {
  readonly reference: Reference;
  readonly correspondence: Correspondence;
  readonly notification: Notification;
}

type CourierCommand = 'claim' | 'record-sent' | 'record-failure' | 'suppress';

/** What a courier writes down: what it takes up, and what became of it. */
@Injectable()
export class DeliveryRecord {
  /** Tells the commands of this process from those of another: of two that claim at the same moment only one may think it did. */
  private readonly courierId: string;
  private commands = 0;

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly gateway: CommandGateway,
  ) {
    this.courierId = ports.entropy.hex(8);
  }

  /** The notification that is next for this request; null when nothing is due, or another courier was first. */
  async claim(reference: Reference): Promise<Claim | null> {
    const { events, state } = await this.run(reference, 'claim', {});
    const claimed = events.find(
      (event): event is typeof event & NotificationClaimed => event.type === ('NotificationClaimed' satisfies CorrespondenceEvent['type']),
    );
    if (claimed === undefined || !state.exists) return null;
    const notification = notificationOf(state, claimed.data.n);
    assert(notification !== null, 'what was claimed exists');
    return { reference, correspondence: state, notification };
  }

  async sent({ reference, notification: { n, attempt } }: Claim): Promise<void> {
    await this.run(reference, 'record-sent', { n, attempt });
  }

  async failed({ reference, notification: { n, attempt } }: Claim, failure: FailureKind, code: string): Promise<void> {
    await this.run(reference, 'record-failure', { n, attempt, failure, code });
  }

  async suppressed({ reference, notification: { n } }: Claim, reason: Exclude<SuppressionReason, 'outdated'>): Promise<void> {
    await this.run(reference, 'suppress', { n, reason });
  }

  private async run(reference: Reference, name: CourierCommand, body: object): Promise<CommandDone<CorrespondenceState>> {
    const now = this.ports.clock.now();
    const outcome = await this.gateway.send(CORRESPONDENCE_COMMANDS, reference, name, body, now, {
      commandId: deterministicId('courier', this.courierId, String(this.commands++)),
      actor: { role: 'system', id: 'courier' },
      correlationId: reference,
      recordedAt: now,
    });
    if (outcome.outcome !== 'done')
      throw new Error(outcome.outcome === 'rejected' ? `${outcome.code}: ${outcome.detail}` : outcome.outcome);
    return outcome;
  }
}
