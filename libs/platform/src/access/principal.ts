import type { Actor, Role } from '@onedoor/kernel';

export { ROLES, type Role } from '@onedoor/kernel';

/** Who asks: an account that signed in, or the token of another system. */
export interface Principal {
  /** Opaque: never a name or an address. */
  readonly id: string;
  readonly kind: 'account' | 'token';
  readonly role: Role;
  /** Given for the role `department`, and only for it. */
  readonly department: string | null;
}

/** As whom the events name them. */
export const actorOf = ({ id, kind }: Principal): Actor => ({ role: kind === 'token' ? 'integrator' : 'staff', id });
