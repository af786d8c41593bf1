/** One mailbox and nothing else: no second address, no name, no line end that could begin a header (RFC 5321, 4.5.3.1: 254 characters). */
const ADDRESS = /^[^\s\p{Cc}<>()[\]@,;:\\"]{1,64}@[^\s\p{Cc}<>()[\]@,;:\\"]{1,190}$/u;

export const isAddress = (text: string): boolean => text.length <= 254 && ADDRESS.test(text);
