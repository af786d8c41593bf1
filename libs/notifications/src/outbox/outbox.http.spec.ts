import type { MailMessage } from '@onedoor/engine';
import { renderMessagePage, renderOutbox } from './outbox.page.js';

const message: MailMessage = {
  id: '9AN03NQK8NE.1',
  to: 'resident@example.org',
  subject: 'Recibimos su <solicitud>',
  text: 'Hola:\n\n<script>alert(1)</script>\n\nRiverbend 311\n',
  language: 'es',
  writtenAt: '2026-03-02T14:00:00.000Z',
};

describe('the outbox as a page', () => {
  it('says what to do while there is nothing', () => {
    expect(renderOutbox([])).toContain('Nothing yet. Post a request with an e-mail address, then reload.');
  });

  it('links to each message, in the language of its subject', () => {
    expect(renderOutbox([message])).toContain('<a href="/outbox/9AN03NQK8NE.1" lang="es">Recibimos su &lt;solicitud&gt;</a>');
  });

  it('shows a message as text, paragraph by paragraph, in its language', () => {
    const page = renderMessagePage(message);
    expect(page).toContain('<article lang="es">');
    expect(page).toContain('<p>Hola:</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>Riverbend 311</p>');
  });

  it.each([renderOutbox([message]), renderMessagePage(message)])('is a whole page without a script', (page) => {
    expect(page).toMatch(/^<!doctype html><html lang="en">/);
    expect(page).not.toContain('<script');
    expect(page.match(/<h1>/g)).toHaveLength(1);
  });
});
