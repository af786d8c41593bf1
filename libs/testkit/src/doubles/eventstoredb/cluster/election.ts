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
    this.#timers.set(node, setTimeout(() => this.#notice(node), this.options.failureNoticedMs));
  }

  /** One that comes back in time has never been away. */
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
      const chosen = Array.from({ length: this.nodes }, (_none, node) => node).find((node) => !this.#away.has(node) && !this.#isLeaving(node));
      if (chosen === undefined || !this.#hasMost) return;
      this.#leader = chosen;
      this.onElected(chosen);
    }, this.options.electionMs);
  }

  get #hasMost(): boolean {
    return this.nodes - this.#away.size > this.nodes / 2;
  }

  #isLeaving(node: number): boolean {
    return this.#timers.has(node);
  }
}
