import { Describe } from '@onedoor/platform';
import { CASE_STATUSES, TRANSITIONS, type CaseAction } from './status.js';
import { CASE_CHANGED } from './case-answers.http.js';

/** Describes a command on a case: in which statuses it is refused is read from the table that refuses it. */
export function DescribeCommand(
  action: CaseAction,
  summary: string,
  more: { readonly details?: string; readonly example?: object; readonly refusedWith?: readonly string[] } = {},
): MethodDecorator {
  const { details, example, refusedWith = [] } = more;
  const forbidding = CASE_STATUSES.filter((status) => !TRANSITIONS[status].includes(action)).map(
    (status) => `CASE_IS_${status.toUpperCase()}`,
  );
  return Describe({
    summary,
    ...(details !== undefined && { details }),
    ...(example && { example }),
    headers: {
      'If-Match': {
        schema: { type: 'string', pattern: '^"[1-9]\\d{0,8}"$', description: 'The ETag that the case was read with.' },
        required: true,
      },
      'Idempotency-Key': {
        schema: {
          type: 'string',
          pattern: '^[\\x20-\\x7e]{1,255}$',
          description: 'Chosen by whoever asks: a request that is sent again with it does nothing again.',
        },
      },
      traceparent: { schema: { type: 'string', description: 'W3C trace context, kept with the events.' } },
    },
    answer: CASE_CHANGED,
    refuses: {
      403: ['CASE_OF_OTHERS'],
      404: ['CASE_UNKNOWN'],
      409: [...forbidding, ...refusedWith],
      412: ['CASE_CHANGED'],
      422: ['IDEMPOTENCY_KEY_REUSED'],
      428: ['IF_MATCH_REQUIRED'],
    },
  });
}
