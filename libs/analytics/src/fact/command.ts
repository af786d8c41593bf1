import type { Instant } from '@onedoor/kernel';
import type { FactBreached, FactExcused, FactPromised, FactReopened, FactResolved, FactRouted, FactSubmitted } from './events.js';

/** What a public event says, to be kept. Each has the fields of the event that it leads to. */
export type FactCommand =
  RecordSubmission | RecordRouting | RecordPromise | RecordBreach | RecordExcuse | RecordResolution | RecordReopening;

interface At {
  readonly at: Instant;
}

export type RecordSubmission = At & { readonly type: 'RecordSubmission' } & FactSubmitted['data'];
export type RecordRouting = At & { readonly type: 'RecordRouting' } & FactRouted['data'];
export type RecordPromise = At & { readonly type: 'RecordPromise' } & FactPromised['data'];
export type RecordBreach = At & { readonly type: 'RecordBreach' } & FactBreached['data'];
export type RecordExcuse = At & { readonly type: 'RecordExcuse' } & FactExcused['data'];
export type RecordResolution = At & { readonly type: 'RecordResolution' } & FactResolved['data'];
export type RecordReopening = At & { readonly type: 'RecordReopening' } & FactReopened['data'];
