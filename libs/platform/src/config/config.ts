import { plainToInstance, Transform } from 'class-transformer';
import { IsBoolean, IsInt, IsNotEmpty, IsString, Matches, Max, Min, ValidateIf, validateSync } from 'class-validator';
import { isCharset } from '../edge/text-encoding.js';
import { EngineConfig } from './engine-config.js';
import { list, onOrOff, whole } from './transforms.js';

/** Settings of a process, from its environment only. */
export class Config extends EngineConfig {
  /** The port to listen on; 0 takes any that is free. */
  @Transform(({ value }) => whole(value))
  @IsInt({ message: 'PORT must be a whole number' })
  @Min(0, { message: 'PORT must be at least 0' })
  @Max(65_535, { message: 'PORT must be at most 65535' })
  PORT = 3110;

  /** The address to listen on: this machine only, unless said otherwise. */
  @IsString()
  @IsNotEmpty({ message: 'ONEDOOR_HOST must name an address, such as 127.0.0.1 or 0.0.0.0' })
  ONEDOOR_HOST = '127.0.0.1';

  /** The folder of the embedded profile, and of the outbox without a mail server. */
  @IsString()
  @IsNotEmpty({ message: 'ONEDOOR_DATA must name a folder' })
  ONEDOOR_DATA = './data';

  /**
   * What sessions are signed with, the same in every process. Without it each start makes its own key, and sessions end with the process.
   */
  @ValidateIf(({ ONEDOOR_SESSION_KEY, ONEDOOR_PROFILE }: Config) => ONEDOOR_SESSION_KEY !== '' || ONEDOOR_PROFILE === 'distributed')
  @Matches(/^[\x21-\x7e]{32,500}$/, {
    message: 'ONEDOOR_SESSION_KEY must be 32 to 500 visible ASCII characters, best of chance (the distributed profile needs it)',
  })
  ONEDOOR_SESSION_KEY = '';

  /**
   * Whether a reverse proxy that speaks TLS stands in front: browsers are then told to use https only, and the client's address is taken
   * from the proxy's headers.
   */
  @Transform(({ value }) => onOrOff(value))
  @IsBoolean({ message: 'ONEDOOR_BEHIND_TLS must be on or off' })
  ONEDOOR_BEHIND_TLS = false;

  /** Open311's `jurisdiction_id` of this city, which stands in every event; in demo mode `riverbend.example` where none is said. */
  @Matches(/^[\x21-\x7e]{1,100}$/, { message: 'ONEDOOR_JURISDICTION must be 1 to 100 visible ASCII characters, such as millbrook.gov' })
  ONEDOOR_JURISDICTION = 'city';

  /** The api keys that may post Open311 requests. `key;charset=windows-1252`: forms under it that name no charset are written so. */
  @Transform(({ value }) => list(value))
  @IsString({ each: true })
  @Matches(/^[\x21-\x7e]{4,200}$/, {
    each: true,
    message: 'ONEDOOR_OPEN311_KEYS must be keys of 4 to 200 visible ASCII characters, separated by commas',
  })
  ONEDOOR_OPEN311_KEYS: readonly string[] = [];

  /** Posts that one client may make in a minute, by its address and by its api key; what it may read follows from it. 0 when off. */
  @Transform(({ value }) => (value === 'off' ? 0 : whole(value) === 0 ? Number.NaN : whole(value)))
  @IsInt({ message: 'ONEDOOR_RATE_LIMIT must be off or a whole number of posts a minute' })
  @Min(0, { message: 'ONEDOOR_RATE_LIMIT must be off or at least 1' })
  ONEDOOR_RATE_LIMIT = 600;

  /** Who sends it as a bearer token sees what is for the operator: figures, details of readiness, the outbox. */
  @ValidateIf(({ ONEDOOR_OPERATOR_TOKEN }: Config) => ONEDOOR_OPERATOR_TOKEN !== '')
  @Matches(/^[\x21-\x7e]{32,500}$/, { message: 'ONEDOOR_OPERATOR_TOKEN must be 32 to 500 visible ASCII characters, best of chance' })
  ONEDOOR_OPERATOR_TOKEN = '';

  /** A second port, on this machine only, on which the same is shown without a token; 0 for none. */
  @Transform(({ value }) => whole(value))
  @IsInt({ message: 'ONEDOOR_OPERATOR_PORT must be a whole number' })
  @Min(0, { message: 'ONEDOOR_OPERATOR_PORT must be at least 0' })
  @Max(65_535, { message: 'ONEDOOR_OPERATOR_PORT must be at most 65535' })
  ONEDOOR_OPERATOR_PORT = 0;

  /** Demo mode: an empty folder gets a small city, and `demo-key` is an api key of Open311. */
  @Transform(({ value }) => onOrOff(value))
  @IsBoolean({ message: 'ONEDOOR_DEMO must be on or off' })
  ONEDOOR_DEMO = false;

  /** How many cases of its last six months the demo city gets in an empty folder; 0 for none. Read in demo mode only. */
  @Transform(({ value }) => whole(value))
  @IsInt({ message: 'ONEDOOR_DEMO_CASES must be a whole number of cases' })
  @Min(0, { message: 'ONEDOOR_DEMO_CASES must be at least 0' })
  @Max(5_000, { message: 'ONEDOOR_DEMO_CASES must be at most 5000' })
  ONEDOOR_DEMO_CASES = 500;

  /** Seconds from one new case of the demo to the next; 0 for none. Read in demo mode only. */
  @Transform(({ value }) => whole(value))
  @IsInt({ message: 'ONEDOOR_DEMO_DRIP_SECONDS must be a whole number of seconds' })
  @Min(0, { message: 'ONEDOOR_DEMO_DRIP_SECONDS must be at least 0' })
  @Max(86_400, { message: 'ONEDOOR_DEMO_DRIP_SECONDS must be at most 86400' })
  ONEDOOR_DEMO_DRIP_SECONDS = 20;

  /** Seconds added to the system's clock: for demos, and for tests of what happens at another hour. */
  @Transform(({ value }) => whole(value))
  @IsInt({ message: 'ONEDOOR_CLOCK_OFFSET_SECONDS must be a whole number of seconds' })
  ONEDOOR_CLOCK_OFFSET_SECONDS = 0;
}

/** The settings, or everything that is wrong with them, each line naming the variable and its rule. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config | readonly string[] {
  const given = Object.fromEntries(Object.keys(new Config()).flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
  const unknown = Object.keys(environment).filter((name) => name.startsWith('ONEDOOR_') && !(name in new Config()));
  const config = plainToInstance(Config, given, { exposeDefaultValues: true });
  const problems = validateSync(config, { stopAtFirstError: true }).flatMap(({ constraints }) => Object.values(constraints ?? {}));
  problems.push(...unknown.map((name) => `${name} is no setting of OneDoor`));
  const keys = config.ONEDOOR_OPEN311_KEYS.map((key) => key.split(/;charset=/i));
  if (keys.some(([, charset]) => charset !== undefined && !isCharset(charset)))
    problems.push('ONEDOOR_OPEN311_KEYS must name charsets that are known, such as windows-1252, behind ;charset=');
  if (!config.ONEDOOR_DEMO && keys.some(([key]) => key === DEMO_KEY))
    problems.push(`ONEDOOR_OPEN311_KEYS must not hold ${DEMO_KEY} outside demo mode: it is published`);
  if (problems.length > 0) return problems;
  if (config.ONEDOOR_DEMO && !environment['ONEDOOR_JURISDICTION']) config.ONEDOOR_JURISDICTION = 'riverbend.example';
  if (config.ONEDOOR_DEMO && config.ONEDOOR_OPEN311_KEYS.length === 0) config.ONEDOOR_OPEN311_KEYS = [DEMO_KEY];
  return config;
}

export const DEMO_KEY = 'demo-key';
