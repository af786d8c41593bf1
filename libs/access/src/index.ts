export { ACCESS } from './access.module.js';
export { Accounts } from './account/accounts.service.js';
export { ACCOUNT_COMMANDS } from './account/commands/index.js';
export { ACCOUNT_ID_RULE, isAccountId, isPassword, PASSWORD_RULE } from './account/credentials.js';
export { Passwords } from './account/passwords.service.js';
export { foundAccounts, publishedAccounts, type PublishedAccount } from './account/published-accounts.service.js';
export { issueToken } from './token/issue-token.service.js';
