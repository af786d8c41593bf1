import type { ErrorForm } from '@onedoor/platform';
import { renderList } from './render.js';

/** Open311's own error form: `<errors><error><code/><description/></error></errors>`, or the same as a bare JSON array. */
export const OPEN311_ERRORS: ErrorForm = {
  prefix: '/open311/',
  isOpenToAllOrigins: true,
  render: ({ status, details }, path) =>
    renderList(
      path.endsWith('.xml') ? 'xml' : 'json',
      'errors',
      'error',
      details.map((description) => ({ code: status, description })),
    ),
};
