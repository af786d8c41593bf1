import type { Vault } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import type { RequestStatus } from '../request/request-status.js';
import type { Row } from './render.js';

/** One request as GET requests shows it. The only place of this interface where free text is unsealed. */
export async function requestRow(request: RequestStatus, vault: Vault): Promise<Row> {
  const { reference, location, description } = request;
  return {
    service_request_id: reference,
    status: request.status,
    status_notes: request.outcome,
    service_name: request.serviceName,
    service_code: request.service,
    description: description && (await vault.unseal(reference, description, 'present')),
    agency_responsible: request.department,
    service_notice: null,
    requested_datetime: toTheSecond(request.submittedAt),
    updated_datetime: toTheSecond(request.updatedAt),
    expected_datetime: request.promisedBy && toTheSecond(request.promisedBy),
    address: location?.address ?? null,
    address_id: location?.addressId ?? null,
    zipcode: null,
    lat: degrees(location?.lat),
    long: degrees(location?.long),
    media_url: request.mediaUrl,
  };
}

/** W3C date and time with zone, no fraction (GeoReport v2, dates). */
const toTheSecond = (instant: Instant): string => `${instant.slice(0, 19)}Z`;

const degrees = (value: number | null | undefined): { readonly degrees: number } | null =>
  value === null || value === undefined ? null : { degrees: value };
