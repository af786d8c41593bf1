import type { Dependency } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';

/** The state of a server that this process depends on. */
export interface DependencyState {
  readonly name: string;
  readonly connected: boolean;
  readonly holdsUpRequests: boolean;
  /** Since when it has not answered; null while it answers. */
  readonly since: Instant | null;
  /** The kind of failure; null while it answers. */
  readonly reason: string | null;
}

export const dependencyStates = (dependencies: readonly Dependency[]): readonly DependencyState[] =>
  dependencies.map((dependency) => {
    const outage = dependency.outage();
    return {
      name: dependency.name,
      connected: outage === null,
      holdsUpRequests: dependency.holdsUpRequests,
      since: outage?.since ?? null,
      reason: outage?.reason ?? null,
    };
  });
