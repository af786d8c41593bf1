import { EXCUSE_REASONS, type ExcuseReason } from '@onedoor/contracts';
import { OneOf } from '@onedoor/platform';
import { caseCommand } from './command.js';

class ExcuseBreachBody {
  @OneOf('reason', EXCUSE_REASONS) reason!: ExcuseReason;
}

export const excuse = caseCommand({
  name: 'excuse',
  type: 'ExcuseBreach',
  summary: 'Excuse that the promise of this round was not kept',
  details: 'The breach stays in every score; the excuse stands beside it.',
  body: ExcuseBreachBody,
  example: { reason: 'outside_city_control' },
  // A department does not excuse itself.
  roles: ['router'],
});
