import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Catalog, SubmissionDesk } from '@onedoor/intake';
import { instantOf, msOf } from '@onedoor/kernel';
import { ALL_PORTS, CommandGateway, WorkerRunner, type Ports } from '@onedoor/platform';
import { CaseReader } from '@onedoor/routing';
import { RIVERBEND } from '../city/riverbend.js';
import { COMMON_SERVICES } from '../history/plan-history.js';
import { Player, type StoryRun } from '../history/player.js';
import { routineStory } from '../history/routine-story.js';
import { SeededRandom } from '../history/seeded-random.js';
import type { Story } from '../history/story.js';

export interface TrafficOptions {
  /** From one new case to the next. */
  readonly seconds: number;
  /** Whether made-up residents leave a contact: where messages go to an outbox, never where a mail server would send them. */
  readonly withContacts: boolean;
}

/** Injection token. */
export const TRAFFIC_OPTIONS = Symbol('demo.traffic-options');

/** The most cases until a visitor asks for more, so that a forgotten demo does not fill the disk. */
const MOST_CASES = 200;
/** No case is made once the first page was not looked at for so long. */
const PATIENCE_MS = 30 * 60_000;
/** Steps that staff take for each case that comes in. */
const STEPS_A_CASE = 2;
const LONGEST_STORY_MS = 365 * 86_400_000;

export type TrafficState = 'running' | 'paused' | 'spent';

/** Makes new cases in a running demo, one every few seconds, and lets staff work on these cases and no others. */
@Injectable()
export class Traffic implements OnModuleInit {
  private readonly random: SeededRandom;
  private readonly name: string;
  /** Cases with steps left, the one that waited longest first. */
  private readonly underWay: StoryRun[] = [];
  private cases = 0;
  private left = MOST_CASES;
  private isPaused = false;
  private lookedAtMs: number;

  constructor(
    @Inject(ALL_PORTS) private readonly ports: Ports,
    @Inject(TRAFFIC_OPTIONS) private readonly options: TrafficOptions,
    private readonly modules: ModuleRef,
    private readonly runner: WorkerRunner,
  ) {
    this.name = `traffic ${ports.entropy.hex(8)}`;
    this.random = new SeededRandom(this.name);
    this.lookedAtMs = msOf(ports.clock.now());
  }

  onModuleInit(): void {
    this.runner.register({ name: 'demo', kind: 'ticker', run: ({ signal }) => this.run(signal) });
  }

  get seconds(): number {
    return this.options.seconds;
  }

  state(): TrafficState {
    if (this.isPaused) return 'paused';
    return this.left === 0 ? 'spent' : 'running';
  }

  /** The first page is shown. */
  look(): void {
    this.lookedAtMs = msOf(this.ports.clock.now());
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.left = MOST_CASES;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.ports.clock.wait(this.options.seconds * 1_000, signal);
      if (!signal.aborted && this.isWatched()) await this.addCase();
    }
  }

  private isWatched(): boolean {
    return this.state() === 'running' && msOf(this.ports.clock.now()) - this.lookedAtMs <= PATIENCE_MS;
  }

  /** Submits a request, and does the next step of a few cases. */
  private async addCase(): Promise<void> {
    const { catalog } = await this.get(Catalog).current();
    if (catalog.city !== RIVERBEND.name) return;
    const player = new Player(this.get(SubmissionDesk), this.get(CaseReader), this.get(CommandGateway));
    for (const run of this.underWay.splice(0, STEPS_A_CASE)) await this.step(player, run);
    const begun = await player.begin(this.nextStory());
    this.left -= 1;
    if ('reference' in begun) this.underWay.push(begun);
  }

  /** A case whose step is refused was changed by a visitor and is left to them; one that routing has not heard of yet is tried again. */
  private async step(player: Player, run: StoryRun): Promise<void> {
    const refused = await player.step(run);
    const isOver = run.done === run.story.steps.length;
    if (!isOver && (refused === null || refused.code === 'CASE_UNKNOWN')) this.underWay.push(run);
  }

  /** A routine story without its waits, whose planned end would lie after the next step. */
  private nextStory(): Story {
    const now = this.ports.clock.now();
    const service = this.random.pick(COMMON_SERVICES);
    const story = routineStory(this.random, `${this.name}.${this.cases++}`, now, service, instantOf(msOf(now) + LONGEST_STORY_MS));
    const steps = story.steps.filter(({ act: { name } }) => name !== 'wait' && name !== 'resume');
    return { ...story, steps, report: { ...story.report, contact: this.options.withContacts ? story.report.contact : null } };
  }

  private get<Service>(token: abstract new (...parameters: never[]) => Service): Service {
    return this.modules.get<Service>(token, { strict: false });
  }
}
