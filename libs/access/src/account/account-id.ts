/** The name an account signs in with: a desk or a duty, such as `streets-desk`, never a person's name or address. */
export type AccountId = string;

export const ACCOUNT_ID_RULE = 'must be 2 to 40 characters: a small letter, then small letters, digits and hyphens';

export const ACCOUNT_ID = /^[a-z][a-z0-9-]{1,39}$/;

export const isAccountId = (text: string): text is AccountId => ACCOUNT_ID.test(text);
