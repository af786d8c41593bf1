import { Transform } from 'class-transformer';
import { IsOptional, IsString, isURL, maxLength } from 'class-validator';
import { hasBidirectionalControls, isMailAddress, LIMITS, MAIL_ADDRESS_RULE } from '@onedoor/kernel';
import { Satisfies } from '@onedoor/platform';

/** An empty parameter equals an absent one (GeoReport v2, general); a repeated one is left for the validator to refuse. */
const EmptyIsAbsent = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.trim() === '' ? undefined : value));

/** Space around a value that has none is no part of it. */
const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() || undefined : value));

const Text =
  (name: string, characters: number): PropertyDecorator =>
  (target, key) => {
    EmptyIsAbsent()(target, key);
    IsOptional()(target, key);
    IsString({ message: `${name}: must be given once, as text` })(target, key as string);
    const fits = (value: unknown): boolean => typeof value !== 'string' || maxLength(value, characters);
    Satisfies(name, fits, `at most ${characters} characters`, { type: 'string', maxLength: characters })(target, key);
  };

/** Text that people compare by eye, such as an address: shown in one order only. */
const PlainText =
  (name: string, characters: number): PropertyDecorator =>
  (target, key) => {
    Text(name, characters)(target, key);
    const isPlain = (value: unknown): boolean => typeof value !== 'string' || !hasBidirectionalControls(value);
    Satisfies(name, isPlain, 'must not have characters that change the direction of writing', { type: 'string' })(target, key);
  };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** A number with a decimal point. A comma would read as two numbers, or as none. */
const Degrees =
  (name: string, most: number, rule: string): PropertyDecorator =>
  (target, key) => {
    Trimmed()(target, key);
    Text(name, 32)(target, key);
    const isOnGlobe = (value: unknown): boolean => typeof value !== 'string' || (NUMBER.test(value) && Math.abs(Number(value)) <= most);
    Satisfies(name, isOnGlobe, rule, { type: 'string' })(target, key);
  };

const WEB = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

/** The body of POST requests (GeoReport v2). Which of them must be there together is judged in `report-of.ts`. */
export class PostRequestDto {
  @Text('service_code', 200) service_code?: string;
  @Text('jurisdiction_id', 200) jurisdiction_id?: string;
  @Text('api_key', 200) api_key?: string;

  @Degrees('lat', 90, 'must be degrees north, from -90 to 90 (WGS 84)') lat?: string;
  @Degrees('long', 180, 'must be degrees east, from -180 to 180 (WGS 84)') long?: string;

  @PlainText('address_string', 500) address_string?: string;
  @PlainText('address_id', 100) address_id?: string;

  @Trimmed()
  @Text('email', 254)
  @Satisfies('email', (value) => typeof value !== 'string' || isMailAddress(value), MAIL_ADDRESS_RULE, { type: 'string', maxLength: 254 })
  email?: string;

  @Text('device_id', 200) device_id?: string;
  @Text('account_id', 200) account_id?: string;
  @Text('first_name', 200) first_name?: string;
  @Text('last_name', 200) last_name?: string;
  @Text('phone', 50) phone?: string;
  @Text('description', LIMITS.descriptionCharacters) description?: string;

  @Text('media_url', 2_000)
  @Satisfies('media_url', (value) => typeof value !== 'string' || isURL(value, WEB), 'must be an http or https address', {
    type: 'string',
    format: 'uri',
  })
  media_url?: string;
}
