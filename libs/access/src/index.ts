export { AccessModule, type AccessOptions } from './app/access.module.js';
export { Accounts, type NewPassword } from './app/accounts.js';
export { ApiTokens } from './app/api-tokens.js';
export { Passwords } from './app/passwords.js';
export { foundAccounts, publishedAccounts, type PublishedAccount } from './app/found-accounts.js';
export { PASSWORD_RULE, isPasswordLongEnough } from './app/password-rule.js';
export { ACCOUNT_ID_RULE, isAccountId } from './domain/account/account-id.js';
export type { Standing } from './domain/standing.js';
export { describeAccess } from './describe.js';
