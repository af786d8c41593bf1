import type { Language, ReportedAnswer } from '@onedoor/contracts';
import type { Contact } from '@onedoor/engine';
import { RequestProblem } from '@onedoor/platform';
import type { Report } from '../request/report.js';
import type { PostRequestDto } from './post-request.http.js';

/**
 * The report that a valid body makes, from a reporter who is told things in `language`. Throws a 400 that names each field that is missing
 * or in excess.
 */
export function reportOf(dto: PostRequestDto, attributes: readonly ReportedAnswer[], language: Language): Report {
  const problems: string[] = [];
  if (dto.service_code === undefined) problems.push('service_code: is required');
  if ((dto.lat === undefined) !== (dto.long === undefined)) problems.push('lat and long: are given together or not at all');
  if (dto.lat === undefined && dto.address_string === undefined && dto.address_id === undefined) {
    problems.push('lat and long, address_string or address_id: one of them is required');
  }
  if (dto.service_code === undefined || problems.length > 0) throw new RequestProblem(400, problems);
  return {
    serviceCode: dto.service_code,
    channel: 'open311',
    location: {
      lat: dto.lat === undefined ? null : Number(dto.lat),
      long: dto.long === undefined ? null : Number(dto.long),
      address: dto.address_string ?? null,
      addressId: dto.address_id ?? null,
    },
    description: dto.description ?? null,
    mediaUrl: dto.media_url ?? null,
    contact: contactOf(dto),
    attributes,
    language,
    department: null,
    source: null,
  };
}

function contactOf(dto: PostRequestDto): Contact | null {
  const contact: Contact = {
    ...(dto.first_name !== undefined && { firstName: dto.first_name }),
    ...(dto.last_name !== undefined && { lastName: dto.last_name }),
    ...(dto.email !== undefined && { email: dto.email }),
    ...(dto.phone !== undefined && { phone: dto.phone }),
    ...(dto.device_id !== undefined && { deviceId: dto.device_id }),
    ...(dto.account_id !== undefined && { accountId: dto.account_id }),
  };
  return Object.keys(contact).length === 0 ? null : contact;
}
