import { stringify } from 'csv-stringify/sync';

/** The columns of New York's published export of 311 requests, in their order. */
const NEW_YORK = [
  'Unique Key',
  'Created Date',
  'Closed Date',
  'Agency',
  'Agency Name',
  'Complaint Type',
  'Descriptor',
  'Location Type',
  'Incident Zip',
  'Incident Address',
  'Street Name',
  'Cross Street 1',
  'Cross Street 2',
  'Intersection Street 1',
  'Intersection Street 2',
  'Address Type',
  'City',
  'Landmark',
  'Facility Type',
  'Status',
  'Due Date',
  'Resolution Description',
  'Resolution Action Updated Date',
  'Community Board',
  'BBL',
  'Borough',
  'X Coordinate (State Plane)',
  'Y Coordinate (State Plane)',
  'Open Data Channel Type',
  'Park Facility Name',
  'Park Borough',
  'Vehicle Type',
  'Taxi Company Borough',
  'Taxi Pick Up Location',
  'Bridge Highway Name',
  'Bridge Highway Direction',
  'Road Ramp',
  'Bridge Highway Segment',
  'Latitude',
  'Longitude',
  'Location',
] as const;

/** Those of Chicago's. */
const CHICAGO = [
  'SR_NUMBER',
  'SR_TYPE',
  'SR_SHORT_CODE',
  'CREATED_DEPARTMENT',
  'OWNER_DEPARTMENT',
  'STATUS',
  'ORIGIN',
  'CREATED_DATE',
  'LAST_MODIFIED_DATE',
  'CLOSED_DATE',
  'STREET_ADDRESS',
  'CITY',
  'STATE',
  'ZIP_CODE',
  'STREET_NUMBER',
  'STREET_DIRECTION',
  'STREET_NAME',
  'STREET_TYPE',
  'DUPLICATE',
  'LEGACY_RECORD',
  'LEGACY_SR_NUMBER',
  'PARENT_SR_NUMBER',
  'COMMUNITY_AREA',
  'WARD',
  'ELECTRICAL_DISTRICT',
  'ELECTRICITY_GRID',
  'POLICE_SECTOR',
  'POLICE_DISTRICT',
  'POLICE_BEAT',
  'PRECINCT',
  'SANITATION_DIVISION_DAYS',
  'CREATED_HOUR',
  'CREATED_DAY_OF_WEEK',
  'CREATED_MONTH',
  'X_COORDINATE',
  'Y_COORDINATE',
  'LATITUDE',
  'LONGITUDE',
  'LOCATION',
] as const;

/** The fields of a row by their columns; the others are empty. */
export type Row<Column extends string> = Partial<Readonly<Record<Column, string>>>;
export type NewYorkRow = Row<(typeof NEW_YORK)[number]>;
export type ChicagoRow = Row<(typeof CHICAGO)[number]>;

export const newYorkCsv = (rows: readonly NewYorkRow[]): string => csv(NEW_YORK, rows);
export const chicagoCsv = (rows: readonly ChicagoRow[]): string => csv(CHICAGO, rows);

const csv = (columns: readonly string[], rows: readonly Row<string>[]): string =>
  stringify([columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]);
