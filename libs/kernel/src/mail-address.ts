const MOST_BYTES = 254;
const MOST_LOCAL_BYTES = 64;

/** A dot-atom (RFC 5322, 3.2.3) of ASCII, or of letters of any script (RFC 6531). */
const LOCAL_PART = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u;
/** Letters, digits and hyphens, none of them first or last. */
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u;

export const MAIL_ADDRESS_RULE = 'must be an email address';

/**
 * Whether mail can be sent to this text: one mailbox at a domain of two labels or more, within the lengths of RFC 5321, 4.5.3.1. No space,
 * quote, bracket or control character, so that no second address and no header can be in it, and nothing that is shown in another order.
 * The same rule holds where an address is taken in and where mail is sent.
 */
export function isMailAddress(text: string): boolean {
  // No longer text can be so few bytes: no pattern runs over it.
  if (text.length > MOST_BYTES || bytesOf(text) > MOST_BYTES) return false;
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || bytesOf(local) > MOST_LOCAL_BYTES || !LOCAL_PART.test(local)) return false;
  const labels = domain.split('.');
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && !/^\p{N}+$/u.test(labels.at(-1) ?? '');
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
