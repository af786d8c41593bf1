export { AccessModule, type AccessOptions } from './access.module.js';
export { Accounts, type NewPassword } from './account/accounts.service.js';
export { ApiTokens } from './token/api-tokens.service.js';
export { Passwords } from './account/passwords.service.js';
export { foundAccounts, publishedAccounts, type PublishedAccount } from './account/found-accounts.service.js';
export { PASSWORD_RULE, isPasswordLongEnough } from './account/password-rule.js';
export { ACCOUNT_ID_RULE, isAccountId } from './account/account-id.js';
export type { Standing } from './account/standing.js';
export { describeAccess } from './describe.js';
