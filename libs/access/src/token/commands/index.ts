import { defineCommand, NoBody, type CommandSet } from '@onedoor/engine';
import { parseInstant } from '@onedoor/kernel';
import { Satisfies } from '@onedoor/platform';
import { IsOptional, Matches } from 'class-validator';
import { ASSIGNMENT_REFUSALS, assignmentOf, RoleFields } from '../../account/commands/command.js';
import { assignmentProblem } from '../../account/role-assignment.js';
import { isTokenId, TOKEN_ID_BYTES, TOKEN_UNKNOWN, tokenText, type ApiToken, type ApiTokenState } from '../api-token.js';
import type { ApiTokens } from '../api-tokens.service.js';
import type { ApiTokenCommand } from '../decider.js';

/** A command of a token, and what it may find things out with. */
const tokenCommand = defineCommand<ApiToken, ApiTokenCommand, ApiTokens>();

class IssueTokenBody extends RoleFields {
  @Matches(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u, {
    message: 'label: must name a system in 1 to 60 letters, digits, spaces, dots, hyphens or underscores',
  })
  label!: string;

  /** From when the token is refused; without an end when left out. */
  @IsOptional()
  @Satisfies('expiresAt', isInstantText, 'must be an instant such as 2027-01-31T00:00:00Z (RFC 3339)', {
    type: 'string',
    format: 'date-time',
  })
  expiresAt?: string | null;
}

function isInstantText(value: unknown): boolean {
  return typeof value === 'string' && parseInstant(value) !== null;
}

const issue = tokenCommand({
  name: 'issue',
  type: 'IssueApiToken',
  summary: 'Issue a token for another system',
  body: IssueTokenBody,
  example: { label: 'Work orders of Streets', role: 'department', department: 'streets', expiresAt: '2027-01-31T00:00:00Z' },
  roles: ['administrator'],
  stream: 'new',
  holdsSecret: true,
  route: { path: '', status: 201, id: (_body, entropy) => entropy.hex(TOKEN_ID_BYTES) },
  refusals: { ...ASSIGNMENT_REFUSALS, DEPARTMENT_UNKNOWN: 409, EXPIRY_PAST: 400 },
  async prepare({ id, body, at, by }, tokens) {
    const assignment = assignmentOf(body);
    const refused = assignmentProblem(assignment) ?? (await tokens.departments.refusal(assignment, by));
    if (refused !== null) return refused;
    const { secret, secretHash } = tokens.newSecret();
    const expiresAt = typeof body.expiresAt === 'string' ? parseInstant(body.expiresAt) : null;
    const token = { ...assignment, label: body.label, secretHash, expiresAt };
    return { outcome: 'revealing', command: { type: 'IssueApiToken', at, token }, reveals: { token: tokenText(id, secret) } };
  },
});

const revoke = tokenCommand({
  name: 'revoke',
  type: 'RevokeApiToken',
  summary: 'Revoke a token',
  body: NoBody,
  example: {},
  roles: ['administrator'],
  route: { method: 'DELETE', path: ':id', status: 204 },
});

/** What administrators do with the tokens of other systems. */
export const API_TOKEN_COMMANDS: CommandSet<ApiTokenState, ApiToken, ApiTokenCommand, 'issue' | 'revoke', ApiTokens> = {
  path: 'api/v1/tokens',
  parameter: 'id',
  idOf: (text) => (isTokenId(text) ? text : null),
  missing: TOKEN_UNKNOWN,
  existing: (state) => (state.exists ? state : null),
  refusal: () => null,
  refusalsOf: () => [],
  statuses: {},
  commands: { issue, revoke },
};
