interface ElectionOptions {
  readonly electionMs: number;
  readonly failureNoticedMs: number;
}

/** Which node leads. A node that is away is noticed after `failureNoticedMs`; another leader is elected `electionMs` after that. */
export class Election {
  readonly #away = new Set<number>();
  readonly #timers = new Map<number, NodeJS.Timeout>();
  #electing: NodeJS.Timeout | null = null;
  #leader: number | null = 0;
  #lastLeader = 0;

  constructor(
    private readonly nodes: number,
    private readonly options: ElectionOptions,
    /** Called when a node begins to lead. */
    private readonly onElected: (node: number) => void,
  ) {}

  /** The leader as the nodes know it; null while there is none. */
  get leader(): number | null {
    return this.#leader;
  }

  /** Whether the others have noticed that the node is away. */
  isKnownAway(node: number): boolean {
    return this.#away.has(node);
  }

  nodeLeft(node: number): void {
    clearTimeout(this.#timers.get(node));
    this.#timers.set(
      node,
      setTimeout(() => this.#notice(node), this.options.failureNoticedMs),
    );
  }

  /** A restarted node is a follower, even where its failure was not noticed. */
  nodeRestarted(node: number): void {
    if (node === this.#leader) this.#leader = null;
    this.nodeReturned(node);
  }

  /** A node that answers again before it was noticed counts as never away. */
  nodeReturned(node: number): void {
    clearTimeout(this.#timers.get(node));
    this.#timers.delete(node);
    this.#away.delete(node);
    this.#elect();
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    if (this.#electing) clearTimeout(this.#electing);
  }

  #notice(node: number): void {
    this.#away.add(node);
    if (node === this.#leader || !this.#hasMajority) this.#leader = null;
    this.#elect();
  }

  #elect(): void {
    if (this.#leader !== null || this.#electing || !this.#hasMajority) return;
    this.#electing = setTimeout(() => {
      this.#electing = null;
      const chosen = this.#candidates.find((node) => !this.#away.has(node) && !this.#timers.has(node));
      if (chosen === undefined || !this.#hasMajority) return;
      this.#leader = this.#lastLeader = chosen;
      this.onElected(chosen);
    }, this.options.electionMs);
  }

  get #hasMajority(): boolean {
    return this.nodes - this.#away.size > this.nodes / 2;
  }

  /** In order of preference: the last leader comes last. */
  get #candidates(): readonly number[] {
    return Array.from({ length: this.nodes }, (_none, index) => (this.#lastLeader + 1 + index) % this.nodes);
  }
}
