import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { AccessConfig } from './access-config.js';
import { whole } from './transforms.js';

/** What lives in a demo. Outside demo mode none of it matters. */
export class DemoConfig extends AccessConfig {
  /** How many cases of its last six months the demo city gets in an empty folder; 0 for none. */
  @Transform(({ value }) => whole(value))
  @IsInt({ message: 'ONEDOOR_DEMO_CASES must be a whole number of cases' })
  @Min(0, { message: 'ONEDOOR_DEMO_CASES must be at least 0' })
  @Max(5_000, { message: 'ONEDOOR_DEMO_CASES must be at most 5000' })
  ONEDOOR_DEMO_CASES = 500;

  /** Seconds from one new case of the demo to the next; 0 for none. */
  @Transform(({ value }) => whole(value))
  @IsInt({ message: 'ONEDOOR_DEMO_DRIP_SECONDS must be a whole number of seconds' })
  @Min(0, { message: 'ONEDOOR_DEMO_DRIP_SECONDS must be at least 0' })
  @Max(86_400, { message: 'ONEDOOR_DEMO_DRIP_SECONDS must be at most 86400' })
  ONEDOOR_DEMO_DRIP_SECONDS = 20;
}
