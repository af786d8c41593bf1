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
  /** Whether everyone reads what the reporters of its requests wrote. */
  readonly descriptions: Descriptions;
}

/** `public`: with the request, as Open311 shows it; `never`: staff who may read it, and no one else. */
export const DESCRIPTIONS = ['public', 'never'] as const;
export type Descriptions = (typeof DESCRIPTIONS)[number];

/** A service as it is asked for. */
export type ServiceDraft = Omit<ServiceDefinition, 'descriptions'> & {
  /** `public` where nothing is said. */
  readonly descriptions?: Descriptions | null | undefined;
};

export const definitionOf = ({ descriptions, ...draft }: ServiceDraft): ServiceDefinition => ({
  ...draft,
  descriptions: descriptions ?? 'public',
});

/** Characters of a service's name and of its group. */
export const SERVICE_TEXT_CHARACTERS = 200;

export const isServiceCode = (code: string): boolean => isIdentifier(code, SERVICE_CODE_CHARACTERS);

/** Services that one catalog may hold: its whole list is one answer. */
export const MOST_SERVICES = 2_000;
