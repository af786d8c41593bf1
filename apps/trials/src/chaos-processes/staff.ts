import { setTimeout as pause } from 'node:timers/promises';
import { HOUR_MS } from '@onedoor/kernel';
import type { Cluster } from '../cluster/cluster.js';
import { TRIAL_DEPARTMENTS, TRIAL_PAUSE } from '../cluster/trial-city.js';
import type { Ledger } from '../chaos/ledger.js';

const PAUSE_MS = 20;
/** The actions on a case by its status, with cumulative likelihoods. */
const ACTIONS: Readonly<Record<string, readonly (readonly [likelihood: number, action: string, body: object | null])[]>> = {
  queued: [
    [0.4, 'transfer', null],
    [0.7, 'wait', null],
    [1, 'resolve', { outcome: 'fixed' }],
  ],
  waiting: [[1, 'resume', null]],
  resolved: [
    [0.5, 'reopen', { reason: 'not_fixed' }],
    [1, 'close', null],
  ],
  triage: [[1, 'transfer', null]],
};

/** A member of 311 staff who acts on random cases, through any service failure. After a failed command the case is read again first. */
export class Staff {
  /** The number of acknowledged commands by name. */
  readonly done = new Map<string, number>();

  constructor(
    private readonly cluster: Cluster,
    private readonly bearer: string,
    private readonly ledger: Ledger,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const all = this.ledger.all();
      const reference = all[Math.floor(Math.random() * all.length)];
      if (reference !== undefined) await this.actOn(reference, Math.random());
      await pause(PAUSE_MS);
    }
  }

  /** Resumes every waiting case, because a paused promise would never end. */
  async resumeAll(): Promise<void> {
    for (const reference of this.ledger.all()) {
      for (;;) {
        const seen = await this.read(reference);
        if (seen === null) await pause(PAUSE_MS);
        else if (seen.status !== 'waiting' || (await this.post(reference, 'resume', null, seen.etag))) break;
      }
    }
  }

  private async actOn(reference: string, chance: number): Promise<void> {
    const seen = await this.read(reference);
    const chosen = ACTIONS[seen?.status ?? '']?.find(([likelihood]) => chance < likelihood);
    if (seen === null || chosen === undefined) return;
    const [, action, body] = chosen;
    await this.post(reference, action, body ?? bodyFor(action, seen.department), seen.etag);
  }

  private async read(
    reference: string,
  ): Promise<{ readonly status: string; readonly department: string | null; readonly etag: string } | null> {
    try {
      const answer = await fetch(this.cluster.urlOf(`/api/v1/cases/${reference}`), { headers: { authorization: this.bearer } });
      const body = (await answer.json()) as { readonly status: string; readonly department: string | null };
      return answer.ok ? { ...body, etag: answer.headers.get('etag') ?? '' } : null;
    } catch {
      return null;
    }
  }

  /** Whether the command was acknowledged. A refusal is expected where another command came first. */
  private async post(reference: string, action: string, body: object | null, etag: string): Promise<boolean> {
    try {
      const headers = { authorization: this.bearer, 'if-match': etag, ...(body && { 'content-type': 'application/json' }) };
      const answer = await fetch(this.cluster.urlOf(`/api/v1/cases/${reference}/${action}`), {
        method: 'POST',
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
      await answer.text();
      if (answer.ok) this.done.set(action, (this.done.get(action) ?? 0) + 1);
      return answer.ok;
    } catch {
      return false;
    }
  }
}

function bodyFor(action: string, department: string | null): object | null {
  if (action === 'wait') return { reason: TRIAL_PAUSE, expectedUntil: new Date(Date.now() + HOUR_MS).toISOString() };
  if (action !== 'transfer') return null;
  const others = TRIAL_DEPARTMENTS.filter((each) => each !== department);
  return { department: others[Math.floor(Math.random() * others.length)] ?? 'streets', reason: 'next_step' };
}
