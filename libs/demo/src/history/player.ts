import type { Channel } from '@onedoor/contracts';
import type { SubmissionDesk } from '@onedoor/intake';
import { assert, type Actor, type Principal, type Reference, type Rejection } from '@onedoor/kernel';
import type { CommandGateway } from '@onedoor/platform';
import { CASE_COMMANDS, type CaseReader } from '@onedoor/routing';
import { DEMO_ACCOUNTS } from '../accounts.js';
import { Originals } from './originals.js';
import type { Story } from './story.js';

/** The caller under which stories are submitted: a story's reference is found by this and its key. */
export const DEMO_CALLER = 'riverbend';

/** A story under way. */
export interface StoryRun {
  readonly story: Story;
  readonly reference: Reference;
  /** How many of its steps are done. */
  done: number;
}

/**
 * Plays stories through the same services and commands as residents and staff. The ids of commands follow from the story, so none is
 * done twice.
 */
export class Player {
  private readonly originals = new Originals();

  constructor(
    private readonly submissions: SubmissionDesk,
    private readonly cases: CaseReader,
    private readonly gateway: CommandGateway,
  ) {}

  /** The resident reports. */
  async begin(story: Story): Promise<StoryRun | Rejection> {
    const { key, at, report } = story;
    const submitted = await this.submissions.submit(report, {
      actor: actorBy(report.channel),
      caller: DEMO_CALLER,
      idempotencyKey: key,
      at,
      recordedAt: at,
    });
    if (submitted.outcome === 'rejected') return submitted;
    this.originals.add(story, submitted.reference);
    return { story, reference: submitted.reference, done: 0 };
  }

  /** Does the next step, at the present time of the gateway's clock, on the case as it stands. */
  async step(run: StoryRun): Promise<Rejection | null> {
    const { story, reference, done } = run;
    const step = story.steps[done];
    assert(step !== undefined, 'there is a next step');
    const found = await this.cases.read(reference, principalOf('router'));
    if (found.outcome === 'rejected') return found;
    const { name, body = {} } = this.originals.named(step.act, story);
    const call = {
      id: reference,
      principal: principalOf(step.by),
      edition: found.state.edition,
      idempotencyKey: `${story.key}.${done}`,
      traceparent: null,
    };
    const outcome = await this.gateway.ask(CASE_COMMANDS, name, body, call);
    if (outcome.outcome === 'rejected') return outcome;
    run.done += 1;
    return null;
  }
}

/** The actor of a report, as its channel would name it. */
function actorBy(channel: Channel): Actor {
  if (channel === 'open311') return { role: 'integrator', id: 'demo' };
  return channel === 'phone' || channel === 'walk_in' ? { role: 'staff', id: 'router' } : { role: 'resident', id: channel };
}

/** The principal who is signed in by an account of the demo. */
function principalOf(id: string): Principal {
  const account = DEMO_ACCOUNTS.find((each) => each.id === id);
  assert(account !== undefined, 'stories are played by the accounts of the demo');
  return { id, kind: 'account', role: account.role, department: account.department };
}
