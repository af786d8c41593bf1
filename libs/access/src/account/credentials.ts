/** The name an account signs in with: a desk or a duty, such as `streets-desk`, never a person's name or address. */
export type AccountId = string;

export const ACCOUNT_ID_RULE = 'must be 2 to 40 characters: a small letter, then small letters, digits and hyphens';

export const ACCOUNT_ID = /^[a-z][a-z0-9-]{1,39}$/;

export const isAccountId = (text: string): text is AccountId => ACCOUNT_ID.test(text);

/** The allowed lengths of a password, in the words of a JSON schema. */
export const PASSWORD_CHARACTERS = { minLength: 12, maxLength: 200 } as const;

const { minLength: FEWEST, maxLength: MOST } = PASSWORD_CHARACTERS;

/** Different characters that a password has at least: a length that is made of one key, or of a short word again and again, is none. */
const DIFFERENT = 8;

/**
 * Length makes a password hard to guess; kinds of characters are not asked for (NIST SP 800-63B, 5.1.1.2). Counted in characters, not in
 * the units of an encoding.
 */
export const PASSWORD_RULE =
  `must be text of ${FEWEST} to ${MOST} characters, ${DIFFERENT} of them different, in well-formed Unicode and without NUL; ` +
  'spaces and invisible characters do not count as different ones';

export const isPassword = (text: string): boolean => {
  const characters = [...text].length;
  return (
    text.isWellFormed() && !text.includes('\u0000') && characters >= FEWEST && characters <= MOST && differentVisibleIn(text) >= DIFFERENT
  );
};

/** Nothing that a reader would see: separators, controls, formats and what Unicode lets be ignored, fillers among it. */
const INVISIBLE = /[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** As the password is hashed: two spellings of one character are one, and case counts. */
const differentVisibleIn = (text: string): number =>
  new Set([...text.normalize('NFKC')].filter((character) => !INVISIBLE.test(character))).size;

/** The vault keeps a key for each reference of a request; an account's has a prefix that no reference can have. */
export const vaultKeyOf = (id: AccountId): string => `account-${id}`;
