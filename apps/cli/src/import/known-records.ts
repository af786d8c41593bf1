import type { Outcome } from '@onedoor/contracts';
import { followed, upcast, type LogPorts, type RecordedEvent } from '@onedoor/engine';
import { SERVICE_REQUEST, type Submission } from '@onedoor/intake';
import { idOf, laterOf, type DomainEvent, type Instant, type Reference } from '@onedoor/kernel';
import { CASE, CLOCKS, CORRECTED, type CaseEvent } from '@onedoor/routing';
import type { Unchangeable } from './contradiction.js';

/** What the log holds of one record of a system. */
export interface KnownRecord extends Pick<Unchangeable, 'openedAt' | 'service'> {
  readonly reference: Reference;
  /** Null where the log does not show it. */
  readonly place: Omit<Unchangeable, 'openedAt' | 'service'> | null;
  /** What imports have said of it so far. */
  readonly department: string | null;
  readonly closedAt: Instant | null;
  readonly outcome: Outcome | null;
  /** Null where an import was killed before the case was opened. */
  readonly case: KnownCase | null;
}

interface KnownCase {
  readonly isOpen: boolean;
  /** False also for a case that is resolved, and not closed yet. */
  readonly isClosed: boolean;
  /** It waits for something, and can not end before it goes on. */
  readonly isWaiting: boolean;
  readonly round: number;
  /** Of its latest fact: nothing can be recorded before it. */
  readonly lastAt: Instant;
  /** Up to which its clocks were let run: what happened then, and was not known, came before what they did. Empty before the first. */
  readonly clocksRanTo: Instant;
  /** Whether anyone but imports and the clocks has done something to it. */
  readonly isWorkedOn: boolean;
}

const PAGE_EVENTS = 8_192;
const CATEGORIES = [SERVICE_REQUEST.category, CASE.category];

/**
 * The records of a system that the log holds, by their ids in that system, read in one pass over the log. An import on an empty log has
 * none, and reads nothing. About half a kilobyte of memory for each.
 */
export async function knownRecords(log: LogPorts, source: string): Promise<ReadonlyMap<string, KnownRecord>> {
  const known = new Map<string, KnownRecord>();
  const idOfReference = new Map<Reference, string>();
  const { signal } = new AbortController();
  for await (const next of followed(log, { after: null, categories: CATEGORIES, pageSize: PAGE_EVENTS, signal })) {
    if (next.kind === 'caught-up') break;
    for (const event of next.events) {
      const reference = idOf(event.stream);
      if (event.type === 'ServiceRequestSubmitted') {
        const submission = upcast(SERVICE_REQUEST.shapes, event).data as Submission;
        if (submission.source?.system !== source) continue;
        idOfReference.set(reference, submission.source.id);
        known.set(submission.source.id, submitted(reference, event.at, submission));
      } else {
        const id = event.stream.startsWith(`${CASE.category}-`) ? idOfReference.get(reference) : undefined;
        const record = id === undefined ? undefined : known.get(id);
        if (id !== undefined && record !== undefined) known.set(id, told(record, upcast(CASE.shapes, event)));
      }
    }
  }
  return known;
}

const submitted = (reference: Reference, openedAt: Instant, { service, visibility, location, department }: Submission): KnownRecord => ({
  reference,
  openedAt,
  service: service.code,
  place: visibility === 'public' ? { address: location?.address ?? null, lat: location?.lat ?? null, long: location?.long ?? null } : null,
  department,
  closedAt: null,
  outcome: null,
  case: null,
});

const NEW_CASE: KnownCase = { isOpen: true, isClosed: false, isWaiting: false, round: 1, lastAt: '', clocksRanTo: '', isWorkedOn: false };

function told(record: KnownRecord, recorded: RecordedEvent): KnownRecord {
  const before = record.case ?? NEW_CASE;
  const { role, id } = recorded.metadata.actor;
  const isImport = role === 'importer';
  const isWorkedOn = before.isWorkedOn || !(isImport || role === 'system');
  const event = recorded as DomainEvent as CaseEvent;
  const { isOpen, isClosed } = before;
  const lastAt = laterOf(before.lastAt, event.at);
  const clocksRanTo = id === CLOCKS.id && role === CLOCKS.role ? laterOf(before.clocksRanTo, event.at) : before.clocksRanTo;
  const after = { ...record, case: { ...before, isWorkedOn, lastAt, clocksRanTo } };
  switch (event.type) {
    case 'CaseRouted':
      // A department that the rules found is not one that the record named.
      return isImport ? { ...after, department: event.data.because === 'reported' ? event.data.department : null } : after;
    case 'CaseWaiting':
      return { ...after, case: { ...after.case, isWaiting: true } };
    case 'CaseResumed':
      return { ...after, case: { ...after.case, isWaiting: false } };
    case 'CaseResolved': {
      const ended = { ...after, case: { ...after.case, isOpen: false, isClosed } };
      return isImport ? { ...ended, closedAt: event.at, outcome: event.data.outcome } : ended;
    }
    case 'CaseClosed':
      return { ...after, case: { ...after.case, isOpen, isClosed: true } };
    case 'CaseReopened': {
      const reopened = { ...after, case: { ...after.case, isOpen: true, isClosed: false, round: event.data.round } };
      return event.data.reason === CORRECTED ? { ...reopened, closedAt: null, outcome: null } : reopened;
    }
    default:
      return after;
  }
}
