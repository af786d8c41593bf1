import { CursorQueryDto } from '@onedoor/platform';
import { IsIn, IsOptional, Matches } from 'class-validator';

/** The parameters of a queue, each given once at most. */
export class QueueQueryDto extends CursorQueryDto {
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

  /** The position that a command answered: what it did is to be in the list. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'after: must be the position that a command answered' })
  after?: string;
}
