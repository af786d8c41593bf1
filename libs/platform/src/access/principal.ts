import type { Actor, Principal } from '@onedoor/kernel';

export { ROLES, type Principal, type Role } from '@onedoor/kernel';

/** As whom the events name them. */
export const actorOf = ({ id, kind }: Principal): Actor => ({ role: kind === 'token' ? 'integrator' : 'staff', id });
