import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemory, openSqlite } from '@onedoor/adapters';
import type { Reported } from '@onedoor/contracts';
import type { ReadModels } from '@onedoor/engine';
import { cellOf, makeReference, type Point, type Principal } from '@onedoor/kernel';
import type { PageEnd } from '@onedoor/platform';
import { hours, reported } from '../../test/case.fixtures.js';
import { CASE_OVERVIEW, type CaseOverview } from './case-overview.js';
import { PlaceHistoryHandler, ReadPlaceHistory, type PlaceHistory } from './place-history.service.js';

const CENTER: Point = { lat: 42.3601, long: -71.0589 };
/** A degree of latitude is 111,195 m. */
const north = (meters: number): Point => ({ lat: CENTER.lat + meters / 111_195, long: CENTER.long });

const folder = mkdtempSync(join(tmpdir(), 'onedoor-places-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Draft {
  readonly at: Point;
  readonly hour: number;
  readonly isPublic?: boolean;
  readonly department?: string;
}

function documentOf({ at, hour, isPublic = true, department = 'parks' }: Draft, number: number): CaseOverview {
  const location = { ...at, address: null, addressId: null };
  const details: Reported['details'] = isPublic ? { location, mediaUrl: null } : null;
  return {
    reference: makeReference(9_500, number),
    edition: 1,
    status: 'queued',
    waitingFrom: null,
    service: 'pothole',
    isPublic,
    cell: cellOf(at),
    reported: reported({ cell: cellOf(at), details, sealedDetails: isPublic ? null : { sealed: 'cGxhY2U' } }),
    department,
    assignee: null,
    isAccepted: false,
    returnedBy: null,
    round: 1,
    openedAt: hours(hour),
    dueAt: null,
    isPaused: false,
    revisedTo: null,
    legDueAt: null,
    legStandsStill: null,
    breachedAt: null,
    outcome: null,
    isOpen: true,
    queueAt: hours(hour),
  };
}

const router: Principal = { id: 'router', kind: 'account', role: 'router', department: null };
const parks: Principal = { id: 'parks', kind: 'account', role: 'department', department: 'parks' };
const works: Principal = { id: 'works', kind: 'account', role: 'department', department: 'works' };

const NEAR: readonly Draft[] = [
  { at: CENTER, hour: 1 },
  { at: north(40), hour: 3 },
  { at: north(99), hour: 2 },
  { at: north(101), hour: 4 },
  { at: north(3_000), hour: 5 },
  { at: north(30), hour: 6, isPublic: false },
];

describe.each(['memory', 'sqlite'])('the history of a place on %s', (profile) => {
  let readModels: ReadModels;
  let close: () => Promise<void>;

  beforeEach(async () => {
    const data = profile === 'sqlite' ? await openSqlite(mkdtempSync(join(folder, 'data-'))) : openMemory();
    ({ readModels } = data);
    close = () => data.close();
  });
  afterEach(() => close());

  const keep = (drafts: readonly Draft[]): Promise<void> =>
    readModels.apply(
      CASE_OVERVIEW.collection,
      drafts
        .map(documentOf)
        .map((body, index) => ({ id: body.reference, position: `p:${String(index).padStart(8, '0')}`, body: { ...body } })),
    );
  const history = async (
    principal: Principal,
    { radius = 100, limit = 50, after = null as PageEnd | null } = {},
  ): Promise<PlaceHistory> => {
    const found = await new PlaceHistoryHandler({ readModels }).execute(new ReadPlaceHistory(CENTER, radius, principal, after, limit));
    if (found === null) throw new Error('so far from the poles there is an answer');
    return found;
  };
  const metersOf = ({ cases }: PlaceHistory): readonly (number | null)[] => cases.map(({ distance }) => distance);

  it('is what is within the radius, the newest first, also across the borders of neighbourhoods', async () => {
    await keep(NEAR);
    expect(metersOf(await history(works))).toEqual([40, 99, 0]);
    expect(metersOf(await history(works, { radius: 101 }))).toEqual([101, 40, 99, 0]);
    expect(metersOf(await history(works, { radius: 1 }))).toEqual([0]);
  });

  it('has a private case for those who may read it, without its place', async () => {
    await keep(NEAR);
    for (const principal of [router, parks]) expect(metersOf(await history(principal))).toEqual([null, 40, 99, 0]);
    expect(JSON.stringify(await history(parks))).not.toContain('cGxhY2U');
  });

  it('goes on from page to page, without loss and without doubles', async () => {
    // Most of the neighbourhood is too far, so that a page of the index is not a page of the answer.
    const many = Array.from({ length: 450 }, (_, index) => ({ at: north(index % 9 === 0 ? index / 9 : 120), hour: index }));
    await keep(many);
    const seen: string[] = [];
    let after: PageEnd | null = null;
    for (let page = 0; page < 60; page++) {
      const { cases, next } = await history(works, { limit: 7, after });
      expect(cases.length).toBeLessThanOrEqual(7);
      seen.push(...cases.map(({ openedAt }) => openedAt));
      after = next;
      if (after === null) break;
    }
    expect(after).toBeNull();
    expect(seen).toEqual(
      many
        .filter((_, index) => index % 9 === 0)
        .map(({ hour }) => hours(hour))
        .reverse(),
    );
  });

  it('is asked for in a smaller radius near a pole', async () => {
    const pole = new ReadPlaceHistory({ lat: 89.99, long: 0 }, 500, router, null, 10);
    expect(await new PlaceHistoryHandler({ readModels }).execute(pole)).toBeNull();
  });
});
