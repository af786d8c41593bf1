import type { Dependency } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';

/** How a server that this process depends on stands. */
export interface DependencyState {
  readonly name: string;
  readonly connected: boolean;
  readonly holdsUpRequests: boolean;
  /** Since when it does not answer; null while it does. */
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
