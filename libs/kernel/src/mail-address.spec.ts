import { isMailAddress } from './mail-address.js';

describe('an address that mail can be sent to', () => {
  it.each([
    'resident@example.org',
    'first.last+311@mail.example.co.uk',
    "o'neil_1@x-y.example",
    'zoë@example.org',
    'почта@пример.рф',
    `${'a'.repeat(64)}@example.org`,
  ])('is %s', (text) => expect(isMailAddress(text)).toBe(true));

  it.each([
    ['no domain', 'resident'],
    ['no local part', '@example.org'],
    ['a host of one label', 'resident@localhost'],
    ['a quoted local part', '"two words"@example.org'],
    ['a name', 'Zoë <zoe@example.org>'],
    ['two addresses', 'one@example.org,two@example.org'],
    ['two at signs', 'one@two@example.org'],
    ['a space', 'one two@example.org'],
    ['a space around it', ' one@example.org'],
    ['a line end', 'one@example.org\r\nBcc: two@example.org'],
    ['an address literal', 'one@[192.0.2.1]'],
    ['numbers for a domain', 'one@192.0.2.1'],
    ['two dots', 'one..two@example.org'],
    ['a dot at the end', 'one.@example.org'],
    ['an empty label', 'one@example..org'],
    ['a hyphen first', 'one@-example.org'],
    ['too long a local part', `${'a'.repeat(65)}@example.org`],
    ['too long a local part in bytes', `${'ë'.repeat(33)}@example.org`],
    ['too long a label', `one@${'a'.repeat(64)}.org`],
    ['too long an address', `one@${'a.'.repeat(130)}org`],
    ['another order of writing', 'one\u202egro.elpmaxe@example.org'],
    ['an invisible character', 'one\u200b@example.org'],
  ])('is none with %s', (_what, text) => expect(isMailAddress(text)).toBe(false));
});
