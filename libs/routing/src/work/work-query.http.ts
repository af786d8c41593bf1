import { IsIn, IsOptional, Matches } from 'class-validator';

/** Where to begin, for clients that can set no header. */
export class WorkQueryDto {
  @IsOptional()
  @IsIn(['start'], { message: 'from: must be start, or left out' })
  from?: string;

  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'lastEventId: must be the id of an event of this stream' })
  lastEventId?: string;
}
