import { Injectable } from '@nestjs/common';
import { Executor } from '@onedoor/engine';
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
