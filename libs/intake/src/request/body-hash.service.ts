import { hash } from 'node:crypto';
import type { Vault } from '@onedoor/engine';
import { canonicalJson, type Reference } from '@onedoor/kernel';
import type { ServiceDefinition } from '../catalog/service-definition.js';
import type { Report } from './submission-desk.service.js';

/** By a key: without it, what was written can not be found out by trying. */
const KEYED = 'mac:';
/** Without one, for what stands in the event in clear anyway. */
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
  return isInClear ? plain(report) : keyed(vault, reference, report);
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
  if (kept?.startsWith(PLAIN)) return plain(report) === kept;
  if (!kept?.startsWith(KEYED)) return true;
  const mac = await keyed(vault, reference, report);
  return mac === null || mac === kept;
}

/** The language is left out: the same report read by another browser is the same. */
const textOf = ({ language: _language, ...report }: Report): string => canonicalJson(report);

const plain = (report: Report): string => PLAIN + hash('sha256', textOf(report), 'hex');

async function keyed(vault: Pick<Vault, 'mac'>, reference: Reference, report: Report): Promise<string | null> {
  const mac = await vault.mac(reference, textOf(report));
  return mac && KEYED + mac;
}
