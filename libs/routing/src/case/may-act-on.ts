import type { Principal } from '@onedoor/kernel';
import type { Case } from './state.js';

/** Whether a principal may change this case: 311 every one, a department those it has now. Pure. */
export function mayActOn({ role, department }: Principal, { department: holder }: Pick<Case, 'department'>): boolean {
  if (role === 'router') return true;
  return role === 'department' && department !== null && department === holder;
}

/** Whether a principal may see this case as staff do. Pure. */
export const mayRead = (principal: Principal, state: Pick<Case, 'department'>): boolean =>
  principal.role === 'auditor' || mayActOn(principal, state);
