import type { Visibility } from '@onedoor/contracts';
import { isIdentifier, SERVICE_CODE_CHARACTERS } from '@onedoor/kernel';

/** The id of the one catalog: stream `catalog-city`. */
export const CATALOG_ID = 'city';

/** One thing that residents can ask for, as Open311's service list shows it. */
export interface ServiceDefinition {
  /** Open311's service_code. */
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly group: string;
  readonly keywords: readonly string[];
  readonly visibility: Visibility;
}

/** Characters of a service's name and of its group. */
export const SERVICE_TEXT_CHARACTERS = 200;

export const isServiceCode = (code: string): boolean => isIdentifier(code, SERVICE_CODE_CHARACTERS);

/** Services that one catalog may hold: its whole list is one answer. */
export const MOST_SERVICES = 2_000;
