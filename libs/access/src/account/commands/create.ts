import { assignmentProblem } from '../role-assignment.js';
import { accountCommand, AccountIdText, ASSIGNMENT_REFUSALS, assignmentOf, NewPassword, RoleFields } from './command.js';

class CreateAccountBody extends RoleFields {
  @AccountIdText('id') id!: string;
  @NewPassword('password') password!: string;
}

/** The id is given by the client, so a request that is sent again is refused by what the first one made. */
export const create = accountCommand({
  name: 'create',
  type: 'CreateAccount',
  summary: 'Make an account',
  body: CreateAccountBody,
  example: { id: 'streets-desk', password: 'a long and private one', role: 'department', department: 'streets' },
  roles: ['administrator'],
  stream: 'new',
  holdsSecret: true,
  route: { path: '', status: 201, id: ({ id }) => id },
  refusals: { ...ASSIGNMENT_REFUSALS, DEPARTMENT_UNKNOWN: 409, ACCOUNT_EXISTS: 409, TOO_MANY_AT_ONCE: 429 },
  async prepare({ id, body, at, by, isPreview }, needs) {
    const assignment = assignmentOf(body);
    const refused = assignmentProblem(assignment) ?? (await needs.departments.refusal(assignment, by));
    if (refused !== null) return refused;
    const hash = await needs.sealedHash(id, body.password, isPreview);
    if (assignment.role === 'administrator' && !isPreview) await needs.administrators.add(id, by);
    return { type: 'CreateAccount', at, assignment, password: { hash, isPublished: false } };
  },
});

/** Many accounts of a demonstration share one password and so one hash: hashing is slow on purpose, and this hash protects nothing. */
class CreatePublishedBody extends RoleFields {
  hash!: string;
}

export const createPublished = accountCommand({
  name: 'create-published',
  type: 'CreateAccount',
  summary: 'Make an account of a demonstration, whose password stands in its documentation',
  body: CreatePublishedBody,
  example: { hash: '$scrypt$…', role: 'department', department: 'streets' },
  roles: [],
  stream: 'new',
  holdsSecret: true,
  async prepare({ id, body, at, by, isPreview }, needs) {
    const hash = await needs.seal(id, body.hash, isPreview);
    if (body.role === 'administrator' && !isPreview) await needs.administrators.add(id, by);
    return { type: 'CreateAccount', at, assignment: assignmentOf(body), password: { hash, isPublished: true } };
  },
});
