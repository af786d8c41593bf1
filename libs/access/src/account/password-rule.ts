/** How long a password may be, in the words of a schema. */
export const PASSWORD_CHARACTERS = { minLength: 12, maxLength: 200 } as const;

const { minLength: FEWEST, maxLength: MOST } = PASSWORD_CHARACTERS;

/** Length is what makes a password hard to guess; kinds of characters are not asked for (NIST SP 800-63B, 5.1.1.2). */
export const PASSWORD_RULE = `must be text of ${FEWEST} to ${MOST} characters`;

export const isPasswordLongEnough = (password: string): boolean => password.length >= FEWEST && password.length <= MOST;
