import { checkpointOf, followed } from '@onedoor/engine';
import { REQUEST_STATUS, type Submission } from '@onedoor/intake';
import { idOf, parseReference, type Reference } from '@onedoor/kernel';
import type { ReadData } from './open-data.js';

const PAGE_EVENTS = 8_192;

/** Resolves the text of an argument: a reference, or `<system>:<id>` of a request that came from another system. */
export async function findReference(data: ReadData, text: string): Promise<Reference | null> {
  return text.includes(':') ? findBySource(data, text) : parseReference(text);
}

/** Searches the index of the view, then the part of the log that the view has not reached yet. */
async function findBySource(data: ReadData, source: string): Promise<Reference | null> {
  const [known] = await data.readModels.find(REQUEST_STATUS.collection, { where: { source }, limit: 1 });
  if (known !== undefined) return known.id;
  const after = await data.checkpoints.load(checkpointOf(REQUEST_STATUS));
  const { signal } = new AbortController();
  for await (const next of followed(data, { after, categories: REQUEST_STATUS.categories, pageSize: PAGE_EVENTS, signal })) {
    if (next.kind === 'caught-up') return null;
    for (const { type, stream, data } of next.events) {
      const submission = data as Partial<Submission>;
      if (type === 'ServiceRequestSubmitted' && submission.source && `${submission.source.system}:${submission.source.id}` === source)
        return idOf(stream);
    }
  }
  return null;
}
