import { isInstant } from '@onedoor/kernel';
import { RequestProblem } from '@onedoor/platform';
import type { QueueCursor } from './case-queues.service.js';

/** A place in a queue as clients hand it back: opaque to them. */
export const writeCursor = ({ queueAt, reference }: QueueCursor): string => Buffer.from(`${queueAt} ${reference}`).toString('base64url');

/** Throws a 400 for what no page ever gave. */
export function readCursor(text: string): QueueCursor {
  const [queueAt = '', reference = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  if (!isInstant(queueAt) || !/^[\w.-]{1,50}$/.test(reference))
    throw new RequestProblem(400, ['cursor: must be the one of the page before']);
  return { queueAt, reference };
}
