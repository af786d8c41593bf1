import type { MailMessage } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';

/** A message as nodemailer takes it, the same whether it is written to a file or sent to a server. */
export function compose(message: MailMessage, from: string): object {
  assertSound(message);
  const { id, to, subject, text, language, writtenAt } = message;
  return {
    from,
    // As an object, so that it is never parsed as a list of addresses.
    to: { name: '', address: to },
    subject,
    text,
    textEncoding: 'quoted-printable',
    messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    date: new Date(writtenAt),
    headers: {
      'Content-Language': language,
      // So that no holiday notice is sent back (RFC 3834).
      'Auto-Submitted': 'auto-generated',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Asserts what OneDoor itself guarantees of the two texts that go into headers. */
export function assertSound({ id, subject }: MailMessage): void {
  assert(isId(id), 'an id is one word');
  assert(!/\p{Cc}/u.test(subject), 'a subject is one line');
}

export const isId = (text: string): boolean => /^[A-Za-z0-9.-]{1,100}$/.test(text) && !text.startsWith('.');
