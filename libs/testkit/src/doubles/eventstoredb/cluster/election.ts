export interface ElectionOptions {
  readonly electionMs: number;
  readonly failureNoticedMs: number;
}

/** Who leads, as the nodes that stand know it: they notice late that one is away, and choose another one later still. */
export class Election {
  readonly #away = new Set<number>();
  readonly #timers = new Map<number, NodeJS.Timeout>();
  #choosing: NodeJS.Timeout | null = null;
  #leader: number | null = 0;
  #lastLeader = 0;

  constructor(
    private readonly nodes: number,
    private readonly options: ElectionOptions,
    /** Called when a node begins to lead. */
    private readonly onElected: (node: number) => void,
  ) {}

  /** The last leader that is known; null while there is none. */
  get leader(): number | null {
    return this.#leader;
  }

  /** Whether the others know that the node is away. */
  isNoticed(node: number): boolean {
    return this.#away.has(node);
  }

  left(node: number): void {
    clearTimeout(this.#timers.get(node));
    this.#timers.set(
      node,
      setTimeout(() => this.#notice(node), this.options.failureNoticedMs),
    );
  }

  /** A node whose process was started anew leads no more, also where its fall was not noticed. */
  restarted(node: number): void {
    if (node === this.#leader) this.#leader = null;
    this.cameBack(node);
  }

  /** One that answers again in time has never been away. */
  cameBack(node: number): void {
    clearTimeout(this.#timers.get(node));
    this.#timers.delete(node);
    this.#away.delete(node);
    this.#choose();
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    if (this.#choosing) clearTimeout(this.#choosing);
  }

  #notice(node: number): void {
    this.#away.add(node);
    if (node === this.#leader || !this.#hasMost) this.#leader = null;
    this.#choose();
  }

  #choose(): void {
    if (this.#leader !== null || this.#choosing || !this.#hasMost) return;
    this.#choosing = setTimeout(() => {
      this.#choosing = null;
      const chosen = this.#candidates.find((node) => !this.#away.has(node) && !this.#timers.has(node));
      if (chosen === undefined || !this.#hasMost) return;
      this.#leader = this.#lastLeader = chosen;
      this.onElected(chosen);
    }, this.options.electionMs);
  }

  get #hasMost(): boolean {
    return this.nodes - this.#away.size > this.nodes / 2;
  }

  /** The last leader comes last. */
  get #candidates(): readonly number[] {
    return Array.from({ length: this.nodes }, (_none, index) => (this.#lastLeader + 1 + index) % this.nodes);
  }
}
