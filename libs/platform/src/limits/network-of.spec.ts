import fc from 'fast-check';
import { networkOf } from './network-of.js';

describe('by what a client is counted', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:201', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::ffff:ffff:ffff:ffff', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0001:1:2:3:4', '2001:db8:0:1::/64'],
    ['2001:db8:0:1::', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['', ''],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));

  it('is the same for any two addresses of one /64, however they are written, and another for another /64', () => {
    const group = fc.integer({ min: 1, max: 0xffff }).map((value) => value.toString(16));
    const four = fc.tuple(group, group, group, group).map((groups) => groups.join(':'));
    fc.assert(
      fc.property(four, four, four, (network, one, other) => {
        expect(networkOf(`${network}:${one}`)).toBe(networkOf(`${network.toUpperCase()}:${other}`));
        expect(networkOf(`${network}::1`)).toBe(networkOf(`${network}:${one}`));
        if (other !== network) expect(networkOf(`${other}:${one}`)).not.toBe(networkOf(`${network}:${one}`));
      }),
    );
  });
});
