import { isInstant } from '@onedoor/kernel';
import { RequestProblem } from '@onedoor/platform';
import type { QueueCursor } from './read-queue.service.js';
import { IsIn, IsOptional, Matches } from 'class-validator';

/** The parameters of a queue, each given once at most. */
export class QueueQueryDto {
  /** Statuses, separated by commas; all that are open where absent. */
  @IsOptional()
  @Matches(/^(triage|queued|assigned|in_progress|waiting)(,(triage|queued|assigned|in_progress|waiting)){0,4}$/, {
    message: 'status: must be triage, queued, assigned, in_progress or waiting, or several of them separated by commas',
  })
  status?: string;

  @IsOptional()
  @IsIn(['true'], { message: 'overdue: must be true, or left out' })
  overdue?: string;

  @IsOptional()
  @Matches(/^[\w.:-]{1,100}$/, { message: 'assignee: must be the id of one assignee' })
  assignee?: string;

  @IsOptional()
  @Matches(/^[\w-]{1,200}$/, { message: 'cursor: must be the one of the page before' })
  cursor?: string;

  @IsOptional()
  @Matches(/^([1-9]\d?|1\d\d|200)$/, { message: 'limit: must be a whole number from 1 to 200' })
  limit?: string;

  /** The position that a command answered: what it did is to be in the list. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'after: must be the position that a command answered' })
  after?: string;
}

/** A place in a queue as clients hand it back: opaque to them. */
export const writeCursor = ({ queueAt, reference }: QueueCursor): string => Buffer.from(`${queueAt} ${reference}`).toString('base64url');

/** Throws a 400 for what no page ever gave. */
export function readCursor(text: string): QueueCursor {
  const [queueAt = '', reference = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  if (!isInstant(queueAt) || !/^[\w.-]{1,50}$/.test(reference))
    throw new RequestProblem(400, ['cursor: must be the one of the page before']);
  return { queueAt, reference };
}
