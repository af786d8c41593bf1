import type { Vault } from '@onedoor/engine';
import { canonicalJson, type Reference } from '@onedoor/kernel';
import { isKeyedHash, keyedHash, plainHash } from '@onedoor/platform';
import type { ServiceDefinition } from '../catalog/service-definition.js';
import type { Report } from './report.js';

/** Before the hash of a report that stands in its event in clear anyway. */
const PLAIN = 'sha256:';

/** The hash of a report that its event keeps, to tell a retry from another report under the same Idempotency-Key. Null after an erasure. */
export async function bodyHashOf(
  vault: Pick<Vault, 'mac'>,
  reference: Reference,
  report: Report,
  { visibility }: Pick<ServiceDefinition, 'visibility'>,
): Promise<string | null> {
  const { contact, description, attributes = [] } = report;
  const isInClear = visibility === 'public' && contact === null && description === null && attributes.length === 0;
  return isInClear ? PLAIN + plainHash(textOf(report)) : keyedHash(vault, reference, textOf(report));
}

/**
 * Whether a report is the one whose hash was kept. After an erasure it is not compared, nor is the hash of an earlier release: the caller
 * gets the reference of what was kept under the key.
 */
export async function isSameBody(
  vault: Pick<Vault, 'mac'>,
  reference: Reference,
  report: Report,
  kept: string | undefined,
): Promise<boolean> {
  if (kept?.startsWith(PLAIN)) return PLAIN + plainHash(textOf(report)) === kept;
  if (!isKeyedHash(kept)) return true;
  const now = await keyedHash(vault, reference, textOf(report));
  return now === null || now === kept;
}

/** The language is left out: the same report read by another browser is the same. */
const textOf = ({ language: _language, ...report }: Report): string => canonicalJson(report);
