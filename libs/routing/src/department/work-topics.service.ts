import { Inject, Injectable } from '@nestjs/common';
import { workTopic } from '@onedoor/contracts';
import { PORTS, type Ports } from '@onedoor/platform';

/** The topics by which departments hear of their work. */
@Injectable()
export class WorkTopics {
  constructor(@Inject(PORTS) private readonly ports: Pick<Ports, 'bus'>) {}

  /** Makes the topic of a department where there is none yet. Throws `Unavailable` where the bus can't be reached. */
  declare(department: string): Promise<void> {
    return this.ports.bus.declare([workTopic(department)]);
  }
}
