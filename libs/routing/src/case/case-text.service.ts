import type { Reported, ReportedDetails } from '@onedoor/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { readReaching, streamOf, upcast, type RecordedEvent, type Sealed } from '@onedoor/engine';
import { withoutReordering, type Cell, type Instant, type Principal, type Reference } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { CASE } from '../aggregates.js';
import { Disclosures } from '../disclosure/disclosures.service.js';
import type { SealedPart } from '../disclosure/disclosure.js';
import { CASE_OVERVIEW } from './case-overview.js';
import type { CaseEvent } from './events.js';
import { mayActOn } from './may-act-on.js';
import type { Case } from './state.js';

/** What was reported, as the caller may read it. */
export interface ReportedText extends Pick<Reported, 'answers' | 'photos'> {
  readonly cell: Cell | null;
  readonly location: ReportedDetails['location'];
  readonly mediaUrl: string | null;
  /** Null where nothing was written, after an erasure, and where the vault can not open it. */
  readonly description: string | null;
  /** Whether more is known than this caller may read. */
  readonly isWithheld: boolean;
}

/** A note of an employee. */
export interface CaseNote {
  readonly at: Instant;
  /** With which command it was given. */
  readonly command: 'wait' | 'return' | 'resolve';
  /** Who, as `role:id`. */
  readonly by: string;
  /** Null after an erasure, and where the vault can not open it. */
  readonly text: string | null;
}

/**
 * Opens what is sealed about a case, for the staff who work on it. What not everyone may know is shown only once it is recorded who is
 * shown it: both throw `Unavailable` where that can't be recorded.
 */
@Injectable()
export class CaseText {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly disclosures: Disclosures,
  ) {}

  /** Null: it was not kept. */
  async reported(reference: Reference, state: Case, principal: Principal): Promise<ReportedText | null> {
    if (state.reported === null) return null;
    const { cell, details, sealedDetails, description, answers, photos } = state.reported;
    const isPublic = state.visibility === 'public';
    const hasSealed = description !== null || sealedDetails !== null;
    if (!isPublic && !mayActOn(principal, state))
      return { cell, location: null, mediaUrl: null, description: null, answers: [], photos: [], isWithheld: hasSealed };
    if (!isPublic && hasSealed) await this.disclosures.record(reference, partsOf(state.reported), principal);
    const purpose = isPublic ? 'present' : 'work';
    const [opened = null, text = null] = await this.open(reference, [sealedDetails, description], purpose);
    const known = details ?? (opened === null ? null : (JSON.parse(opened) as ReportedDetails));
    const { location = null, mediaUrl = null } = known ?? {};
    return { cell, location, mediaUrl, description: text && withoutReordering(text), answers, photos, isWithheld: false };
  }

  /** The notes that staff gave with their commands, oldest first. */
  async notes(reference: Reference, principal: Principal): Promise<readonly CaseNote[]> {
    const [shown] = await this.ports.readModels.get(CASE_OVERVIEW.collection, [reference]);
    const events = await readReaching(this.ports, streamOf(CASE, reference), shown?.position ?? null);
    const sealed = events.flatMap(noteIn);
    if (sealed.length > 0) await this.disclosures.record(reference, ['notes'], principal);
    const texts = await this.open(
      reference,
      sealed.map(({ note }) => note),
      'work',
    );
    return sealed.map(({ note: _, ...about }, index) => {
      const text = texts[index] ?? null;
      return { ...about, text: text && withoutReordering(text) };
    });
  }

  /** Null after an erasure, and for a text that does not open: that one is left out with an alarm, and all else is shown. */
  private async open(
    reference: Reference,
    texts: readonly (Sealed | null)[],
    purpose: 'present' | 'work',
  ): Promise<readonly (string | null)[]> {
    const sealed = texts.flatMap((each) => (each === null ? [] : [{ reference, sealed: each }]));
    const opened = sealed.length === 0 ? [] : await this.ports.vault.unsealAll(sealed, purpose);
    const damaged = opened.flatMap((each) => (each.outcome === 'damaged' ? [each.reason] : []));
    if (damaged.length > 0) this.ports.alarm('sealed text does not open', { texts: damaged.length, first: damaged[0] });
    let next = 0;
    return texts.map((each) => {
      const found = each === null ? undefined : opened[next++];
      return found?.outcome === 'text' ? found.text : null;
    });
  }
}

const partsOf = ({ sealedDetails, description }: Reported): readonly SealedPart[] => [
  ...(sealedDetails === null ? [] : (['details'] as const)),
  ...(description === null ? [] : (['description'] as const)),
];

const COMMANDS = { CaseWaiting: 'wait', CaseReturned: 'return', CaseResolved: 'resolve' } as const satisfies Partial<
  Record<CaseEvent['type'], CaseNote['command']>
>;

function noteIn(recorded: RecordedEvent): readonly (Omit<CaseNote, 'text'> & { readonly note: Sealed })[] {
  const { type, data, at } = upcast(CASE.shapes, recorded) as unknown as CaseEvent;
  if (type !== 'CaseWaiting' && type !== 'CaseReturned' && type !== 'CaseResolved') return [];
  const { role, id } = recorded.metadata.actor;
  return data.note === null ? [] : [{ at, command: COMMANDS[type], by: `${role}:${id}`, note: data.note }];
}
