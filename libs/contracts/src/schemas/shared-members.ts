import { code, ordinal, text } from './member.js';

/** Members that several events have, so that they mean the same in each. */
export const ROUND = ordinal('Counts reopenings: 1 until the first, and one more with each.');
export const OUTCOME = code('How the work ended, such as fixed, no_access or duplicate; the glossary lists the codes.');
export const DEPARTMENT = text("The department's code.");
