import { NO_DETAILS } from '@onedoor/contracts';
import { instantOf, msOf, type Instant } from '@onedoor/kernel';
import type { AddServices, OpenCatalog, ServiceCatalogEvent } from '../src/catalog/decider.js';
import type { ServiceDefinition } from '../src/catalog/service-definition.js';
import type {
  RecordClosing,
  RecordPause,
  RecordPromise,
  RecordReopening,
  RecordResume,
  RecordRouting,
  SubmitServiceRequest,
} from '../src/request/command.js';
import type { ServiceRequestEvent, Submission } from '../src/request/events.js';

/** Monday, nine o'clock in New York. */
export const monday: Instant = '2026-03-02T14:00:00.000Z';
export const hours = (count: number): Instant => instantOf(msOf(monday) + count * 3_600_000);

/** A report of a pothole at a place that does not exist. */
export const submission = (draft: Partial<Submission> = {}): Submission => ({
  service: { code: 'pothole', name: 'Pothole', catalogRevision: 1 },
  visibility: 'public',
  channel: 'web',
  location: { lat: 42.5, long: -71.25, address: '1 Example Street, Testville', addressId: null },
  description: { sealed: 'bm90LWEtcmVhbC1yZXBvcnQ' },
  cell: 'drt3f8v',
  mediaUrl: 'https://example.org/pothole.jpg',
  sealedDetails: null,
  answers: [],
  photos: [],
  sealedAttributes: null,
  hasContact: true,
  contact: { sealed: 'bm90LWEtcmVhbC1jb250YWN0' },
  language: 'en',
  department: null,
  source: null,
  ...draft,
});

// Commands on a request.

type Draft<Command> = Partial<Omit<Command, 'type'>>;

export const submit = (draft: Partial<Submission> = {}): SubmitServiceRequest => ({
  type: 'SubmitServiceRequest',
  at: monday,
  submission: submission(draft),
});
export const recordRouting = (draft: Draft<RecordRouting> = {}): RecordRouting => ({
  type: 'RecordRouting',
  at: hours(1),
  round: 1,
  department: 'works',
  ...draft,
});
export const recordPromise = (draft: Draft<RecordPromise> = {}): RecordPromise => ({
  type: 'RecordPromise',
  at: hours(1),
  round: 1,
  dueAt: hours(72),
  ...draft,
});
export const recordPause = (draft: Draft<RecordPause> = {}): RecordPause => ({
  type: 'RecordPause',
  at: hours(1),
  round: 1,
  reason: 'waiting for the resident',
  by: 'promise',
  ...draft,
});
export const recordResume = (draft: Draft<RecordResume> = {}): RecordResume => ({ type: 'RecordResume', at: hours(1), round: 1, ...draft });
export const recordClosing = (draft: Draft<RecordClosing> = {}): RecordClosing => ({
  type: 'RecordClosing',
  at: hours(1),
  round: 1,
  outcome: 'fixed',
  details: NO_DETAILS,
  ...draft,
});
export const recordReopening = (draft: Draft<RecordReopening> = {}): RecordReopening => ({
  type: 'RecordReopening',
  at: hours(1),
  round: 2,
  ...draft,
});

// Its events.

type Of<Type extends ServiceRequestEvent['type']> = Extract<ServiceRequestEvent, { readonly type: Type }>;

const builder =
  <Type extends ServiceRequestEvent['type']>(type: Type, defaults: Of<Type>['data']) =>
  ({ at = hours(1), ...data }: Partial<Of<Type>['data']> & { readonly at?: Instant } = {} as never): Of<Type> =>
    ({ type, at, data: { ...defaults, ...data } }) as unknown as Of<Type>;

export const submitted = ({
  at = monday,
  ...draft
}: Partial<Submission> & { readonly at?: Instant } = {}): Of<'ServiceRequestSubmitted'> => ({
  type: 'ServiceRequestSubmitted',
  at,
  data: submission(draft),
});
export const toldRouting = builder('ServiceRequestRouted', { round: 1, department: 'works' });
export const toldPromise = builder('ServiceRequestPromised', { round: 1, dueAt: hours(72) });
export const toldPause = builder('ServiceRequestPaused', { round: 1, reason: 'waiting for the resident', by: 'promise' });
export const toldResume = builder('ServiceRequestResumed', { round: 1 });
export const toldClosing = builder('ServiceRequestClosed', { round: 1, outcome: 'fixed', details: NO_DETAILS });
export const toldReopening = builder('ServiceRequestReopened', { round: 2 });

// The catalog.

export const service = (code = 'pothole', draft: Partial<ServiceDefinition> = {}): ServiceDefinition => ({
  code,
  name: `The service ${code}`,
  description: 'Something to be mended',
  group: 'Streets',
  keywords: ['road'],
  visibility: 'public',
  descriptions: 'public',
  ...draft,
});

export const openCatalog = (draft: Draft<OpenCatalog> = {}): OpenCatalog => ({
  type: 'OpenCatalog',
  at: monday,
  city: 'Testville',
  zone: 'America/New_York',
  ...draft,
});
export const addServices = (...services: readonly ServiceDefinition[]): AddServices => ({ type: 'AddServices', at: monday, services });
export const catalogOpened = (): ServiceCatalogEvent => ({
  type: 'ServiceCatalogOpened',
  at: monday,
  data: { city: 'Testville', zone: 'America/New_York' },
});
export const servicesAdded = (...services: readonly ServiceDefinition[]): ServiceCatalogEvent => ({
  type: 'ServicesAdded',
  at: monday,
  data: { services },
});
