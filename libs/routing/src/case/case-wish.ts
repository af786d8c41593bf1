import type { Instant } from '@onedoor/kernel';
import type { Outcome } from './outcome.js';
import type { ReturnReason, TransferReason } from './reasons.js';

/** What staff want done about a case, before it is known what is agreed about that. Notes are still in clear. */
export type CaseWish =
  | { readonly type: 'AcceptCase' }
  | { readonly type: 'AssignCase'; readonly assignee: string }
  | { readonly type: 'StartCase' }
  | { readonly type: 'WaitCase'; readonly reason: string; readonly expectedUntil: Instant; readonly note: string | null }
  | { readonly type: 'ResumeCase' }
  | { readonly type: 'TransferCase'; readonly department: string; readonly reason: TransferReason }
  | { readonly type: 'ReturnCase'; readonly reason: ReturnReason; readonly note: string | null }
  | { readonly type: 'ResolveCase'; readonly outcome: Outcome; readonly note: string | null }
  | { readonly type: 'CloseCase' }
  | { readonly type: 'ReopenCase'; readonly reason: string };
