import { closingSentence, type Language } from '@onedoor/contracts';
import type { SealedText } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import type { Ports } from '@onedoor/platform';
import type { ServiceDefinition } from '../catalog/service-definition.js';
import type { RequestStatus } from '../request/request-status.js';
import { pausedWords } from './paused-words.js';
import type { Row } from './render.js';

/**
 * A page of requests as GET requests shows it, with one call of the vault. The only place of this interface where free text is unsealed.
 * A text that its service does not show, or that does not open, is left out of its row: the latter with an alarm.
 */
export async function requestRows(
  requests: readonly RequestStatus[],
  services: ReadonlyMap<string, Pick<ServiceDefinition, 'descriptions'>>,
  language: Language,
  { vault, alarm }: Pick<Ports, 'vault' | 'alarm'>,
): Promise<readonly Row[]> {
  const sealed = requests.flatMap(({ reference, service, description }): readonly SealedText[] =>
    description === null || services.get(service)?.descriptions !== 'public' ? [] : [{ reference, sealed: description }],
  );
  const unsealed = sealed.length === 0 ? [] : await vault.unsealAll(sealed, 'present');
  const texts = new Map(sealed.map(({ reference }, index) => [reference, unsealed[index]]));
  const damaged = unsealed.flatMap((each) => (each.outcome === 'damaged' ? [each.reason] : []));
  if (damaged.length > 0) alarm('sealed text does not open', { texts: damaged.length, first: damaged[0] });
  return requests.map((request) => {
    const text = texts.get(request.reference);
    return rowOf(request, language, text?.outcome === 'text' ? text.text : null);
  });
}

function rowOf(request: RequestStatus, language: Language, description: string | null): Row {
  const { reference, location } = request;
  return {
    service_request_id: reference,
    status: request.status,
    status_notes: notesOn(request, language),
    service_name: request.serviceName,
    service_code: request.service,
    description,
    agency_responsible: request.department,
    service_notice: null,
    requested_datetime: toTheSecond(request.submittedAt),
    updated_datetime: toTheSecond(request.updatedAt),
    // A date that stood before the pause counts no more, and the next one is known when it ends.
    expected_datetime: request.promisedBy === null || request.pausedFor !== null ? null : toTheSecond(request.promisedBy),
    address: location?.address ?? null,
    address_id: location?.addressId ?? null,
    zipcode: null,
    lat: degrees(location?.lat),
    long: degrees(location?.long),
    media_url: request.mediaUrl,
  };
}

/** How it ended, in a sentence for everyone; while its promise stands still, for what the city waits. */
function notesOn({ pausedFor, outcome, details }: RequestStatus, language: Language): string | null {
  if (pausedFor !== null) return pausedWords(language, pausedFor);
  return outcome === null ? null : closingSentence(language, outcome, details);
}

/** W3C date and time with zone, no fraction (GeoReport v2, dates). */
const toTheSecond = (instant: Instant): string => `${instant.slice(0, 19)}Z`;

const degrees = (value: number | null | undefined): { readonly degrees: number } | null =>
  value === null || value === undefined ? null : { degrees: value };
