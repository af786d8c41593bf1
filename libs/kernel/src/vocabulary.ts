/** Who caused an event, by role and an opaque id: never a name, an address or a key. */
export interface Actor {
  readonly role: 'resident' | 'integrator' | 'staff' | 'system' | 'importer';
  readonly id: string;
}

/**
 * The roles of an account:
 * - `department`: works for one department, on what is routed to it;
 * - `router`: 311 itself: triage, every department's cases;
 * - `auditor`: reads every history, changes nothing;
 * - `analyst`: reads figures;
 * - `administrator`: accounts, tokens, set-up.
 */
export const ROLES = ['department', 'router', 'auditor', 'analyst', 'administrator'] as const;

export type Role = (typeof ROLES)[number];

/** Who asks: an account that signed in, or the token of another system. */
export interface Principal {
  /** Opaque: never a name or an address. */
  readonly id: string;
  readonly kind: 'account' | 'token';
  readonly role: Role;
  /** Given for the role `department`, and only for it. */
  readonly department: string | null;
}
