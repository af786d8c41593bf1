import { Transform } from 'class-transformer';
import { IsEmail, IsLatitude, IsLongitude, IsOptional, IsString, IsUrl, MaxLength } from 'class-validator';
import { LIMITS } from '@onedoor/kernel';

/** An empty parameter equals an absent one (GeoReport v2, general); a repeated one is left for the validator to refuse. */
const EmptyIsAbsent = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.trim() === '' ? undefined : value));

const Text =
  (name: string, characters: number): PropertyDecorator =>
  (target, key) => {
    EmptyIsAbsent()(target, key);
    IsOptional()(target, key);
    IsString({ message: `${name}: must be given once, as text` })(target, key as string);
    MaxLength(characters, { message: `${name}: at most ${characters} characters` })(target, key as string);
  };

/** The body of POST requests (GeoReport v2). Which of them must be there together is judged in `report-of.ts`. */
export class PostRequestDto {
  @Text('service_code', 200) service_code?: string;
  @Text('jurisdiction_id', 200) jurisdiction_id?: string;
  @Text('api_key', 200) api_key?: string;

  @Text('lat', 32)
  @IsLatitude({ message: 'lat: must be degrees north, from -90 to 90 (WGS 84)' })
  lat?: string;

  @Text('long', 32)
  @IsLongitude({ message: 'long: must be degrees east, from -180 to 180 (WGS 84)' })
  long?: string;

  @Text('address_string', 500) address_string?: string;
  @Text('address_id', 100) address_id?: string;

  @Text('email', 254)
  @IsEmail({}, { message: 'email: must be an email address' })
  email?: string;

  @Text('device_id', 200) device_id?: string;
  @Text('account_id', 200) account_id?: string;
  @Text('first_name', 200) first_name?: string;
  @Text('last_name', 200) last_name?: string;
  @Text('phone', 50) phone?: string;
  @Text('description', LIMITS.descriptionCharacters) description?: string;

  @Text('media_url', 2_000)
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false },
    { message: 'media_url: must be an http or https address' },
  )
  media_url?: string;
}
