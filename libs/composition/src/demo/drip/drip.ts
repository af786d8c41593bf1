import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Catalog, SubmissionDesk } from '@onedoor/intake';
import { instantOf, msOf } from '@onedoor/kernel';
import { CommandGateway, PORTS, type Ports } from '@onedoor/platform';
import { CaseReader } from '@onedoor/routing';
import { RIVERBEND } from '../city/riverbend.js';
import { Die } from '../history/die.js';
import { COMMON_SERVICES } from '../history/plan-history.js';
import { Player, type Life } from '../history/player.js';
import { routineStory } from '../history/routine-story.js';
import type { Story } from '../history/story.js';
import { DRIP_OPTIONS, type DripOptions } from './drip-options.js';

/** A demo that is forgotten fills no disk: this many cases, and then somebody has to ask for more. */
const MOST_CASES = 200;
/** Nothing happens while nobody has looked for so long. */
const PATIENCE_MS = 30 * 60_000;
/** Steps that staff take for each case that comes in. */
const STEPS_A_DROP = 2;
const LONGEST_STORY_MS = 365 * 86_400_000;

export type DripStanding = 'running' | 'paused' | 'spent';

/** Goes on with the demo as time goes on: a case comes in every few seconds, and staff work on those that came in like this, and on no others. */
@Injectable()
export class Drip {
  private readonly die: Die;
  private readonly name: string;
  /** Those that staff are to work on, the one that waited longest first. */
  private readonly underWay: Life[] = [];
  private cases = 0;
  private left = MOST_CASES;
  private isPaused = false;
  private lookedAtMs: number;

  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(DRIP_OPTIONS) private readonly options: DripOptions,
    private readonly modules: ModuleRef,
  ) {
    this.name = `drip ${ports.entropy.hex(8)}`;
    this.die = new Die(this.name);
    this.lookedAtMs = msOf(ports.clock.now());
  }

  get seconds(): number {
    return this.options.seconds;
  }

  standing(): DripStanding {
    if (this.isPaused) return 'paused';
    return this.left === 0 ? 'spent' : 'running';
  }

  /** Somebody looks at the demo. */
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

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.ports.clock.wait(this.options.seconds * 1_000, signal);
      if (!signal.aborted && this.isWatched()) await this.drop();
    }
  }

  private isWatched(): boolean {
    return this.standing() === 'running' && msOf(this.ports.clock.now()) - this.lookedAtMs <= PATIENCE_MS;
  }

  /** A case comes in, and a few others come a step further. */
  private async drop(): Promise<void> {
    const { catalog } = await this.get(Catalog).current();
    if (catalog.city !== RIVERBEND.name) return;
    const player = new Player(this.get(SubmissionDesk), this.get(CaseReader), this.get(CommandGateway));
    for (const life of this.underWay.splice(0, STEPS_A_DROP)) await this.goOn(player, life);
    const begun = await player.begin(this.nextStory());
    this.left -= 1;
    if ('reference' in begun) this.underWay.push(begun);
  }

  /** What is refused was touched by somebody else: then it is theirs. */
  private async goOn(player: Player, life: Life): Promise<void> {
    const refused = await player.goOn(life);
    const isOver = life.done === life.story.steps.length;
    if (!isOver && (refused === null || refused.code === 'CASE_UNKNOWN')) this.underWay.push(life);
  }

  /** An everyday story, without its waits: there is no telling how soon its steps follow one another. */
  private nextStory(): Story {
    const now = this.ports.clock.now();
    const service = this.die.pick(COMMON_SERVICES);
    const story = routineStory(this.die, `${this.name}.${this.cases++}`, now, service, instantOf(msOf(now) + LONGEST_STORY_MS));
    const steps = story.steps.filter(({ act: { name } }) => name !== 'wait' && name !== 'resume');
    return { ...story, steps, report: { ...story.report, contact: this.options.withContacts ? story.report.contact : null } };
  }

  private get<Service>(token: abstract new (...parameters: never[]) => Service): Service {
    return this.modules.get<Service>(token, { strict: false });
  }
}
