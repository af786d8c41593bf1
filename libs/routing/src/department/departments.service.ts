import { Inject, Injectable } from '@nestjs/common';
import { workTopic } from '@onedoor/contracts';
import { Executor } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { DEPARTMENT } from '../aggregates.js';

/** The departments, read from their streams: never from a view that may lag. */
@Injectable()
export class Departments {
  /** Since when those are there that were found once: none is ever taken away. */
  private readonly known = new Map<string, Instant>();

  constructor(private readonly executor: Executor) {}

  async has(code: string): Promise<boolean> {
    return (await this.since(code)) !== null;
  }

  /** Whether a department had been created by an instant. */
  async had(code: string, at: Instant): Promise<boolean> {
    const since = await this.since(code);
    return since !== null && since <= at;
  }

  private async since(code: string): Promise<Instant | null> {
    const known = this.known.get(code);
    if (known !== undefined) return known;
    const { state } = await this.executor.load(DEPARTMENT, code);
    if (state.name === null) return null;
    this.known.set(code, state.createdAt);
    return state.createdAt;
  }
}

/** The topics by which departments hear of their work. */
@Injectable()
export class WorkTopics {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'bus'>) {}

  /** Makes the topic of a department where there is none yet. Throws `Unavailable` where the bus can't be reached. */
  declare(department: string): Promise<void> {
    return this.ports.bus.declare([workTopic(department)]);
  }
}
