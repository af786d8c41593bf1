import type { MailMessage, Mailer } from '@onedoor/engine';

interface MailerUnderTest {
  readonly mailer: Mailer;
  /** The messages that arrived, decoded as by a mail program, with their raw form; oldest first. */
  received(): Promise<readonly ReceivedMail[]>;
  close(): Promise<void>;
}

export interface ReceivedMail {
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** As it went over the wire, headers first. */
  readonly raw: string;
}

const MESSAGE: MailMessage = {
  id: '9AN03NQK8NE.1',
  to: 'resident@example.org',
  subject: 'We received your request 9AN-03NQ-K8NE',
  text: 'Hello,\n\nWe received your request.\n\n.\nA line with a dot before it.\n',
  language: 'en',
  writtenAt: '2026-03-02T14:00:00.000Z',
};

/** The guarantees of every mailer. `open` gives a new one each time, which has sent nothing yet. */
export function mailerContract(name: string, open: () => Promise<MailerUnderTest>): void {
  describe(`${name} as a mailer`, () => {
    let underTest: MailerUnderTest;
    let mailer: Mailer;
    beforeEach(async () => {
      underTest = await open();
      mailer = underTest.mailer;
    });
    afterEach(() => underTest.close());

    it('hands over a message as it is', async () => {
      expect(await mailer.send(MESSAGE)).toEqual({ outcome: 'accepted' });
      expect(await underTest.received()).toMatchObject([
        { messageId: '9AN03NQK8NE.1', to: 'resident@example.org', subject: MESSAGE.subject, text: MESSAGE.text },
      ]);
    });

    it('hands over every letter of the languages it is written in', async () => {
      const subject =
        'Recibimos su solicitud: señal caída, ¿todavía? ' + 'Año nuevo en la esquina de Peñón y Güell, número setenta y siete';
      const text = `Hola:\n\n«Árbol caído», ¿sí? ${'Una línea muy larga. '.repeat(20)}\n\nSu número: 3D7 = 3D7\n`;
      await mailer.send({ ...MESSAGE, subject, text, language: 'es' });
      expect(await underTest.received()).toMatchObject([{ subject, text }]);
    });

    it.each([75, 76, 77, 300, 1_500])('hands over a line of %i letters in one piece', async (length) => {
      const text = `${'a word '.repeat(300).slice(0, length)}.\n\nEnd\n`;
      await mailer.send({ ...MESSAGE, text });
      expect(await underTest.received()).toMatchObject([{ text }]);
    });

    it('says the language, that a machine wrote it, and when', async () => {
      await mailer.send({ ...MESSAGE, language: 'es' });
      const [mail] = await underTest.received();
      const head = mail?.raw.split('\r\n\r\n')[0]?.split('\r\n');
      expect(head).toEqual(
        expect.arrayContaining(['Content-Language: es', 'Auto-Submitted: auto-generated', 'Date: Mon, 02 Mar 2026 14:00:00 +0000']),
      );
    });

    it('gives the same message the same Message-ID, and no other one', async () => {
      await mailer.send(MESSAGE);
      await mailer.send(MESSAGE);
      await mailer.send({ ...MESSAGE, id: '9AN03NQK8NE.2' });
      const ids = (await underTest.received()).map(({ messageId }) => messageId);
      expect(new Set(ids)).toEqual(new Set(['9AN03NQK8NE.1', '9AN03NQK8NE.2']));
    });

    it('takes many at once', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `9AN03NQK8NE.${index + 1}`);
      await Promise.all(ids.map((id) => mailer.send({ ...MESSAGE, id })));
      const arrived = (await underTest.received()).map(({ messageId }) => messageId);
      expect(arrived.toSorted()).toEqual(ids.toSorted());
    });

    it.each([
      ['a header in its tail', 'resident@example.org\r\nBcc: all@example.org'],
      ['a line end before it', '\nBcc: all@example.org'],
      ['a second address', 'resident@example.org, all@example.org'],
      ['a group', 'all: one@example.org, two@example.org;'],
      ['a name', 'Everyone <all@example.org>'],
      ['a comment', 'resident(all)@example.org'],
      ['a quoted part', '"a b"@example.org'],
      ['no domain', 'resident'],
      ['a domain of one label', 'resident@localhost'],
      ['another order of writing', 'resident\u202e@example.org'],
      ['nothing in it', ''],
      ['NUL in it', 'resi\u0000dent@example.org'],
      ['a thousand letters', `${'a'.repeat(1_000)}@example.org`],
    ])('refuses an address with %s, and hands over nothing', async (_name, to) => {
      expect(await mailer.send({ ...MESSAGE, to })).toEqual({ outcome: 'refused', code: 'ADDRESS_INVALID' });
      expect(await underTest.received()).toEqual([]);
    });

    it.each(['A subject\r\nBcc: all@example.org', 'A subject\nwith another line'])(
      'never lets a subject begin a header: %j',
      async (subject) => {
        await expect(mailer.send({ ...MESSAGE, subject })).rejects.toThrow('a subject is one line');
        expect(await underTest.received()).toEqual([]);
      },
    );

    it('sends a text as plain text, even if it looks like headers, SMTP commands or markup', async () => {
      const text = 'Bcc: all@example.org\n\n.\nQUIT\n=C3=B1 <b>&amp;</b>\n';
      await mailer.send({ ...MESSAGE, text });
      expect(await underTest.received()).toMatchObject([{ text }]);
    });
  });
}
