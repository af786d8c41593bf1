import { isIPv4, isIPv6 } from 'node:net';

const GROUPS = 8;
/** A provider gives a household or a machine a whole /64 (RFC 6177): any number of its addresses are one client. */
const NETWORK_GROUPS = 4;

/**
 * By what a client is counted: its IPv4 address, or the /64 of its IPv6 address, such as `2001:db8:0:1::/64`. An IPv4 address that is
 * written as IPv6 counts as what it is. Any other text counts as itself.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [bare = ''] = address.toLowerCase().split('%');
  const groups = groupsOf(bare);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return [groups[6] ?? 0, groups[7] ?? 0].flatMap((group) => [group >> 8, group & 0xff]).join('.');
  return `${groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of a well-formed address. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = address.split('::');
  const before = numbersIn(head);
  if (tail === undefined) return before;
  const after = numbersIn(tail);
  return [...before, ...Array<number>(GROUPS - before.length - after.length).fill(0), ...after];
}

const numbersIn = (part: string): readonly number[] =>
  part === '' ? [] : part.split(':').flatMap((group) => (isIPv4(group) ? pairOf(group) : [Number.parseInt(group, 16)]));

function pairOf(dotted: string): readonly number[] {
  const [one = 0, two = 0, three = 0, four = 0] = dotted.split('.').map(Number);
  return [one * 256 + two, three * 256 + four];
}
