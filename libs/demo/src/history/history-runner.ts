import type { INestApplicationContext } from '@nestjs/common';
import { Executor, type Alarm } from '@onedoor/engine';
import { SubmissionDesk } from '@onedoor/intake';
import { assert, instantOf, laterOf, msOf, type Instant, type Reference } from '@onedoor/kernel';
import { CORRESPONDENCE, Courier } from '@onedoor/notifications';
import { ALL_PORTS, CommandGateway, WorkerRunner, type Ports } from '@onedoor/platform';
import { CASE, CaseReader, Clocks, nextMilestone } from '@onedoor/routing';
import { Player, type StoryRun } from './player.js';
import type { StoryClock } from './story-clock.js';
import type { Story } from './story.js';

/** How long after the news a message goes out. */
const COURIER_MS = 20_000;
/** The most stories under way at once. */
const SIDE_BY_SIDE = 500;

/**
 * Runs stories through the usual commands, with the milestones of their clocks and their messages in between, each at its own instant.
 * Stories run side by side, a step of each at a time. An interrupted run is repeated from the first step and has the same outcome,
 * because commands that were done are found by their ids.
 */
export class HistoryRunner {
  private readonly player: Player;
  private readonly clocks: Clocks;
  private readonly courier: Courier;
  private readonly workers: WorkerRunner;
  private readonly executor: Executor;
  private readonly alarm: Alarm;

  /** `app`: the product on the story clock, without its workers running. */
  constructor(
    app: INestApplicationContext,
    private readonly clock: StoryClock,
  ) {
    this.player = new Player(app.get(SubmissionDesk), app.get(CaseReader), app.get(CommandGateway));
    this.clocks = app.get(Clocks);
    this.courier = app.get(Courier);
    this.workers = app.get(WorkerRunner);
    const ports = app.get<Ports>(ALL_PORTS);
    this.executor = new Executor(ports.store, ports.jurisdiction);
    this.alarm = ports.alarm;
  }

  /**
   * Runs them up to `now`; `onProgress` is given how many have ended. A story whose step is refused ends there with an alarm, and the
   * others go on.
   */
  async run(stories: readonly Story[], now: Instant, onProgress: (ended: number) => void): Promise<void> {
    for (let first = 0; first < stories.length; first += SIDE_BY_SIDE) {
      const begun = await Promise.all(stories.slice(first, first + SIDE_BY_SIDE).map((story) => this.begin(story)));
      let underWay: readonly StoryRun[] = begun.filter((run) => run !== null);
      for (await this.settle(underWay); underWay.length > 0; await this.settle(underWay)) {
        const goesOn = await Promise.all(underWay.map((run) => this.step(run, now)));
        underWay = underWay.filter((_, index) => goesOn[index]);
        onProgress(first + begun.length - underWay.length);
      }
    }
  }

  /** Null where it was refused. */
  async begin(story: Story): Promise<StoryRun | null> {
    const run = await this.player.begin(story);
    if ('reference' in run) return run;
    this.alarm('story refused', { story: story.key, ...run });
    return null;
  }

  /** Lets the other contexts hear of the city before the first story. */
  prepare(): Promise<void> {
    return this.workers.settle();
  }

  /** Brings all views up to date. */
  finish(): Promise<void> {
    return this.workers.bringUpToDate();
  }

  /** The next milestone of the case's clocks, or else the next step of the story, whichever is earlier. False when there is neither. */
  private async step(run: StoryRun, now: Instant): Promise<boolean> {
    const { story, reference, done } = run;
    const { state } = await this.executor.load(CASE, reference);
    assert(state.exists, 'a request that routing heard of has a case');
    const step = story.steps[done];
    const strikesAt = nextMilestone(state)?.dueAt;
    if (strikesAt !== undefined && (step === undefined ? strikesAt <= now : strikesAt < step.at)) {
      await this.clocks.assess({ id: reference, dueAt: strikesAt }, strikesAt);
      return true;
    }
    if (step === undefined) return false;
    const refused = await this.clock.at(step.at, () => this.player.step(run));
    if (refused !== null) this.alarm('story refused', { story: story.key, step: step.act.name, ...refused });
    return refused === null;
  }

  /** Lets all contexts hear of what happened, and the courier send the messages that follow from it. */
  private async settle(runs: readonly StoryRun[]): Promise<void> {
    await this.workers.settle();
    await Promise.all(runs.filter(({ story }) => story.report.contact !== null).map(({ reference }) => this.deliver(reference)));
  }

  private async deliver(reference: Reference): Promise<void> {
    const { state } = await this.executor.load(CORRESPONDENCE, reference);
    const pending = state.exists ? state.notifications.filter(({ status }) => status === 'pending') : [];
    for (const { requestedAt, nextAttemptAt } of pending) {
      const newsAt = laterOf(requestedAt, nextAttemptAt);
      await this.clock.at(instantOf(msOf(newsAt) + COURIER_MS), () => this.courier.deliver(reference));
    }
  }
}
