/** The name an account signs in with: a desk or a duty, such as `streets-desk`, never a person's name or address. */
export type AccountId = string;

export const ACCOUNT_ID_RULE = 'must be 2 to 40 characters: a small letter, then small letters, digits and hyphens';

export const ACCOUNT_ID = /^[a-z][a-z0-9-]{1,39}$/;

export const isAccountId = (text: string): text is AccountId => ACCOUNT_ID.test(text);

/** The allowed lengths of a password, in the words of a JSON schema. */
export const PASSWORD_CHARACTERS = { minLength: 12, maxLength: 200 } as const;

const { minLength: FEWEST, maxLength: MOST } = PASSWORD_CHARACTERS;

/** Length makes a password hard to guess; kinds of characters are not asked for (NIST SP 800-63B, 5.1.1.2). */
export const PASSWORD_RULE = `must be text of ${FEWEST} to ${MOST} characters`;

export const isPasswordLongEnough = (password: string): boolean => password.length >= FEWEST && password.length <= MOST;

/** The vault keeps a key for each reference of a request; an account's has a prefix that no reference can have. */
export const vaultKeyOf = (id: AccountId): string => `account-${id}`;
