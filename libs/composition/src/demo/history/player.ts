import type { Channel } from '@onedoor/contracts';
import type { SubmissionDesk } from '@onedoor/intake';
import { assert, type Actor, type Principal, type Reference, type Rejection } from '@onedoor/kernel';
import type { CommandGateway } from '@onedoor/platform';
import { CASE_COMMANDS, type CaseReader } from '@onedoor/routing';
import { DEMO_ACCOUNTS } from '../demo-accounts.js';
import type { Story } from './story.js';

/** The caller under which stories are submitted: whoever knows a story's key finds its reference by it. */
export const TELLER = 'riverbend';

/** A story under way. */
export interface Life {
  readonly story: Story;
  readonly reference: Reference;
  /** Steps of it that are behind it. */
  done: number;
}

/** Plays stories at the desks at which residents and staff are served. All commands have ids that follow from the story: what was done is not done again. */
export class Player {
  constructor(
    private readonly submissions: SubmissionDesk,
    private readonly cases: CaseReader,
    private readonly gateway: CommandGateway,
  ) {}

  /** The resident reports. */
  async begin(story: Story): Promise<Life | Rejection> {
    const { key, at, report } = story;
    const submitted = await this.submissions.submit(report, {
      actor: actorBy(report.channel),
      caller: TELLER,
      idempotencyKey: key,
      at,
      recordedAt: at,
    });
    return submitted.outcome === 'rejected' ? submitted : { story, reference: submitted.reference, done: 0 };
  }

  /** Somebody does the next step of it, at the desk's own time and on the case as it stands. */
  async goOn(life: Life): Promise<Rejection | null> {
    const { story, reference, done } = life;
    const step = story.steps[done];
    assert(step !== undefined, 'there is a next step');
    const found = await this.cases.read(reference, principalOf('router'));
    if (found.outcome === 'rejected') return found;
    const { name, body = {} } = step.act;
    const call = {
      id: reference,
      principal: principalOf(step.by),
      edition: found.state.edition,
      idempotencyKey: `${story.key}.${done}`,
      traceparent: null,
    };
    const outcome = await this.gateway.ask(CASE_COMMANDS, name, body, call);
    if (outcome.outcome === 'rejected') return outcome;
    life.done += 1;
    return null;
  }
}

/** Whoever reports by a channel, as they would be known if they had come by it. */
function actorBy(channel: Channel): Actor {
  if (channel === 'open311') return { role: 'integrator', id: 'demo' };
  return channel === 'phone' || channel === 'walk_in' ? { role: 'staff', id: 'router' } : { role: 'resident', id: channel };
}

/** Whoever signs in by an account of the demo. */
function principalOf(id: string): Principal {
  const account = DEMO_ACCOUNTS.find((each) => each.id === id);
  assert(account !== undefined, 'stories are played by the accounts of the demo');
  return { id, kind: 'account', role: account.role, department: account.department };
}
