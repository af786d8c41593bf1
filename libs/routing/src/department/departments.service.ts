import { Inject, Injectable } from '@nestjs/common';
import { workTopic } from '@onedoor/contracts';
import { Executor } from '@onedoor/engine';
import { PORTS, type Ports } from '@onedoor/platform';
import { DEPARTMENT } from '../aggregates.js';

/** The departments, read from their streams: never from a view that may lag. */
@Injectable()
export class Departments {
  /** Those that were found once: none is ever taken away. */
  private readonly known = new Set<string>();

  constructor(private readonly executor: Executor) {}

  async has(code: string): Promise<boolean> {
    if (this.known.has(code)) return true;
    const { state } = await this.executor.load(DEPARTMENT, code);
    if (state.name !== null) this.known.add(code);
    return state.name !== null;
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
