import { IsOptional, Matches } from 'class-validator';
import { isInstant, type Instant } from '@onedoor/kernel';
import { text, type Schema } from '../openapi/schema.js';
import { RequestProblem } from './problem.js';

/** The rows of a page, up to 200. */
export class PageQueryDto {
  @IsOptional()
  @Matches(/^([1-9]\d?|1\d\d|200)$/, { message: 'limit: must be a whole number from 1 to 200' })
  limit?: string;
}

/** A page of the versions of something, the newest first. A version may be large, so that a page holds 50 at most. */
export class VersionsQueryDto {
  @IsOptional()
  @Matches(/^[1-9]\d{0,4}$/, { message: 'before: must be the number of a version' })
  before?: string;

  @IsOptional()
  @Matches(/^([1-9]|[1-4]\d|50)$/, { message: 'limit: must be a whole number from 1 to 50' })
  limit?: string;
}

const USUAL_VERSIONS = 20;

/** The versions that such a query asks for, and the parameters of the next page; null on the last one. */
export function versionsPage<Version>(
  oldestFirst: readonly Version[],
  numberOf: (version: Version) => number,
  { before, limit }: VersionsQueryDto,
): { readonly versions: readonly Version[]; readonly next: VersionsQueryDto | null } {
  const wanted = before === undefined ? oldestFirst : oldestFirst.filter((version) => numberOf(version) < Number(before));
  const most = limit === undefined ? USUAL_VERSIONS : Number(limit);
  const versions = wanted.slice(-most).reverse();
  const last = versions.at(-1);
  const hasMore = last !== undefined && wanted.length > versions.length;
  return { versions, next: hasMore ? { before: String(numberOf(last)), ...(limit !== undefined && { limit }) } : null };
}

/** The header `Link` to the next page (RFC 8288). `path` has been encoded. */
export const linkToNext = (path: string, parameters: object): string => {
  const given = Object.entries(parameters as Readonly<Record<string, string | undefined>>).filter(
    (parameter): parameter is [string, string] => parameter[1] !== undefined,
  );
  return `</${path}?${new URLSearchParams(given).toString()}>; rel="next"`;
};

export const LINK_TO_NEXT: Schema = text('The next page, as `<…>; rel="next"` (RFC 8288); absent on the last one.');

/** The last row of a page whose rows are ordered by an instant, and by their ids where that is the same. */
export interface PageEnd {
  readonly at: Instant;
  readonly id: string;
}

/** A page of at most `limit` documents, found with one more than that; `next` is its end where more follow, and null on the last page. */
export function pageOf<Row, End>(
  found: readonly { readonly body: object }[],
  limit: number,
  endOf: (last: Row) => End,
): { readonly rows: readonly Row[]; readonly next: End | null } {
  const rows = found.slice(0, limit).map(({ body }) => body as unknown as Row);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last === undefined ? null : endOf(last) };
}

/** The end of a page as the `cursor` of the next one, opaque to clients. */
export const writeCursor = ({ at, id }: PageEnd): string => Buffer.from(`${at} ${id}`).toString('base64url');

/** Throws a 400 for a text that `writeCursor` has not written: bytes that decode to the same, or to no text, are another text. */
export function readCursor(text: string): PageEnd {
  const [at = '', id = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  if (!isInstant(at) || !/^[\w.-]{1,50}$/.test(id) || writeCursor({ at, id }) !== text)
    throw new RequestProblem(400, ['cursor: must be the one of the page before']);
  return { at, id };
}

/** The parameters of such a page: its cursor, and how many rows. */
export class CursorQueryDto extends PageQueryDto {
  @IsOptional()
  @Matches(/^[\w-]{1,200}$/, { message: 'cursor: must be the one of the page before' })
  cursor?: string;
}
