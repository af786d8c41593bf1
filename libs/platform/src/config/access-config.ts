import { Transform } from 'class-transformer';
import { IsBoolean, Matches, ValidateIf } from 'class-validator';
import { EngineConfig } from './engine-config.js';
import { onOrOff } from './transforms.js';

/** Who comes in, and how the way to the door is kept. */
export class AccessConfig extends EngineConfig {
  /** What sessions are signed with, the same in every process. Without it each start makes its own, and sessions end with the process. */
  @ValidateIf(({ ONEDOOR_SESSION_KEY, ONEDOOR_PROFILE }: AccessConfig) => ONEDOOR_SESSION_KEY !== '' || ONEDOOR_PROFILE === 'distributed')
  @Matches(/^[\x21-\x7e]{32,500}$/, {
    message: 'ONEDOOR_SESSION_KEY must be 32 to 500 visible ASCII characters, best of chance (the distributed profile needs it)',
  })
  ONEDOOR_SESSION_KEY = '';

  /** Whether a reverse proxy that speaks TLS stands before the door: browsers are then told to come by https only, and the proxy says who the client is. */
  @Transform(({ value }) => onOrOff(value))
  @IsBoolean({ message: 'ONEDOOR_BEHIND_TLS must be on or off' })
  ONEDOOR_BEHIND_TLS = false;
}
