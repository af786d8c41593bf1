import { IsOptional, IsRFC3339, Matches } from 'class-validator';
import { StandingFields } from '../fields.http.js';

export class IssueTokenDto extends StandingFields {
  @Matches(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u, {
    message: 'label: must name a system in 1 to 60 letters, digits, spaces, dots, hyphens or underscores',
  })
  label!: string;

  /** From when it lets nobody in any more; without an end when left out. */
  @IsOptional()
  @IsRFC3339({ message: 'expiresAt: must be an instant such as 2027-01-31T00:00:00Z (RFC 3339)' })
  expiresAt?: string | null;
}
