import type { INestApplicationContext } from '@nestjs/common';
import { Executor, type Alarm } from '@onedoor/engine';
import { SubmissionDesk } from '@onedoor/intake';
import { assert, instantOf, laterOf, msOf, type Instant, type Reference } from '@onedoor/kernel';
import { CORRESPONDENCE, Courier } from '@onedoor/notifications';
import { ALL_PORTS, CommandGateway, WorkerRunner, type Ports } from '@onedoor/platform';
import { CASE, CaseReader, Clocks, nextMilestone } from '@onedoor/routing';
import { Player, type Life } from './player.js';
import type { StoryClock } from './story-clock.js';
import type { Story } from './story.js';

/** How long after the news a message goes out. */
const COURIER_MS = 20_000;
/** Bounds what is under way at once. */
const SIDE_BY_SIDE = 500;

/**
 * Lives stories through by the same commands as anybody's, with clocks that strike and messages that go out in between, each at its own
 * instant. Stories are lived side by side, a step of each at a time. What was interrupted is begun again from the first step, and ends as
 * if it never had been.
 */
export class Historian {
  private readonly player: Player;
  private readonly clocks: Clocks;
  private readonly courier: Courier;
  private readonly runner: WorkerRunner;
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
    this.runner = app.get(WorkerRunner);
    const ports = app.get<Ports>(ALL_PORTS);
    this.executor = new Executor(ports.store, ports.jurisdiction);
    this.alarm = ports.alarm;
  }

  /** Lives them through up to `now`. `tell` hears how many are behind us. A story that is refused a step ends there, with an alarm: it is wrong, and the others are not. */
  async live(stories: readonly Story[], now: Instant, tell: (lived: number) => void): Promise<void> {
    for (let first = 0; first < stories.length; first += SIDE_BY_SIDE) {
      const begun = await Promise.all(stories.slice(first, first + SIDE_BY_SIDE).map((story) => this.begin(story)));
      let underWay: readonly Life[] = begun.filter((life) => life !== null);
      for (await this.hear(underWay); underWay.length > 0; await this.hear(underWay)) {
        const goesOn = await Promise.all(underWay.map((life) => this.goOn(life, now)));
        underWay = underWay.filter((_, index) => goesOn[index]);
        tell(first + begun.length - underWay.length);
      }
    }
  }

  /** Null where it was refused. */
  async begin(story: Story): Promise<Life | null> {
    const life = await this.player.begin(story);
    if ('reference' in life) return life;
    this.alarm('story refused', { story: story.key, ...life });
    return null;
  }

  /** Lets the other contexts hear of the city before the first story. */
  prepare(): Promise<void> {
    return this.runner.settle();
  }

  /** Brings everything that shows the stories up to date. */
  finish(): Promise<void> {
    return this.runner.bringUpToDate();
  }

  /** What the clock does next, or else what somebody does next. False when there is nothing more. */
  private async goOn(life: Life, now: Instant): Promise<boolean> {
    const { story, reference, done } = life;
    const { state } = await this.executor.load(CASE, reference);
    assert(state.exists, 'a request that was heard of has a case');
    const step = story.steps[done];
    const strikesAt = nextMilestone(state)?.dueAt;
    if (strikesAt !== undefined && (step === undefined ? strikesAt <= now : strikesAt < step.at)) {
      await this.clocks.assess({ id: reference, dueAt: strikesAt }, strikesAt);
      return true;
    }
    if (step === undefined) return false;
    const refused = await this.clock.at(step.at, () => this.player.goOn(life));
    if (refused !== null) this.alarm('story refused', { story: story.key, step: step.act.name, ...refused });
    return refused === null;
  }

  /** Lets everybody hear of what happened, and the courier write to those who are waiting for it. */
  private async hear(lives: readonly Life[]): Promise<void> {
    await this.runner.settle();
    await Promise.all(lives.filter(({ story }) => story.report.contact !== null).map(({ reference }) => this.write(reference)));
  }

  private async write(reference: Reference): Promise<void> {
    const { state } = await this.executor.load(CORRESPONDENCE, reference);
    const pending = state.exists ? state.notifications.filter(({ status }) => status === 'pending') : [];
    for (const { requestedAt, nextAttemptAt } of pending) {
      const newsAt = laterOf(requestedAt, nextAttemptAt);
      await this.clock.at(instantOf(msOf(newsAt) + COURIER_MS), () => this.courier.deliver(reference));
    }
  }
}
