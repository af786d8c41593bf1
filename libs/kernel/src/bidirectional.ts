/**
 * The characters that change the direction in which what follows is written: marks, embeddings, overrides and isolates (UAX 9, 2). With
 * them a text can be shown in another order than it is stored in, such as `gro.elpmaxe` for `example.org`.
 */
const CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/g;

/** Whether a text that is compared by eye, such as an address, could be shown as another one. */
export const hasBidirectionalControls = (text: string): boolean => CONTROLS.test(text);

/** The text as it may be shown beside others: marks stay, which order single letters; what reorders a whole run of text is left out. */
export const withoutReordering = (text: string): string => text.replace(REORDERING, '');
