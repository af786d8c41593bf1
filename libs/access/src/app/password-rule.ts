const FEWEST = 12;
const MOST = 200;

/** Length is what makes a password hard to guess; kinds of characters are not asked for (NIST SP 800-63B, 5.1.1.2). */
export const PASSWORD_RULE = `must be text of ${FEWEST} to ${MOST} characters`;

export const isPasswordLongEnough = (password: string): boolean => password.length >= FEWEST && password.length <= MOST;
