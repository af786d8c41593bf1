import type { Reference } from '@onedoor/kernel';
import type { CaseAct, Story } from './story.js';

/**
 * Which request a duplicate joins: of those for the same service that were begun so far, and end otherwise, the one with the least
 * reference. So a run that is repeated finds the same one, in whichever order its stories begin.
 */
export class Originals {
  private readonly byService = new Map<string, Reference>();

  add({ report: { serviceCode }, steps }: Story, reference: Reference): void {
    const known = this.byService.get(serviceCode);
    if (!steps.some(({ act }) => isDuplicate(act)) && (known === undefined || reference < known))
      this.byService.set(serviceCode, reference);
  }

  /** An act with the request that it joins, where it ends as a duplicate; where nothing else was reported, it is answered instead. */
  named(act: CaseAct, { report: { serviceCode } }: Story): CaseAct {
    if (!isDuplicate(act)) return act;
    const parent = this.byService.get(serviceCode);
    return { ...act, body: { ...act.body, ...(parent === undefined ? { outcome: 'answered' } : { parent }) } };
  }
}

const isDuplicate = ({ name, body }: CaseAct): boolean =>
  name === 'resolve' && (body as { readonly outcome: string }).outcome === 'duplicate';
