import type { Reported, Visibility } from '@onedoor/contracts';
import { caseCommand } from './command.js';

/** What was submitted, as far as it decides where the case goes. */
class OpenCaseBody {
  service!: string;
  visibility!: Visibility;
  reported!: Reported | null;
  /** The department that was named with the report; null leaves it to the rules. */
  department!: string | null;
}

export const open = caseCommand({
  name: 'open',
  type: 'OpenCase',
  summary: 'Take a request on, and send it where it belongs',
  body: OpenCaseBody,
  example: { service: 'pothole', visibility: 'public', reported: null, department: null },
  roles: [],
  stream: 'new',
  async prepare({ body: { service, visibility, reported, department }, at }, { policies }) {
    return { type: 'OpenCase', at, service, visibility, reported, placement: await policies.place(service, department, at) };
  },
});
