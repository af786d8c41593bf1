import { hash } from 'node:crypto';
import { createElement } from 'react';
import { renderPage, Section } from './page.js';
import { pagePolicy } from './style.js';
import { Table } from './table.js';

const row = createElement('tr', null, createElement('th', { scope: 'row' }, '9AN-03NQ-K8NE'), createElement('td', null, 'open'));
const table = createElement(Table, { label: 'Table of requests', columns: ['Reference', 'Status'], children: row });

const html = renderPage({
  title: 'Requests · OneDoor',
  heading: 'Requests <of today>',
  lead: createElement('p', null, 'What was asked for.'),
  children: createElement(Section, { id: 'latest', title: 'Latest', children: table }),
});

describe('a page', () => {
  it('is a whole document without a script, and shows text as text', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html).toContain('<title>Requests · OneDoor</title>');
    expect(html).toContain('<h1>Requests &lt;of today&gt;</h1><p>What was asked for.</p></header>');
    expect(html).not.toContain('<script');
  });

  it('has the style that its policy allows by hash, and no other', () => {
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(html) ?? [];
    expect(style).toContain('body{');
    expect(pagePolicy({ forms: false })).toContain(`style-src 'sha256-${hash('sha256', style, 'base64')}'`);
    expect(html).not.toContain('style=');
  });

  it('sends forms to its own site only, or none', () => {
    expect(pagePolicy({ forms: true })).toContain("form-action 'self'");
    expect(pagePolicy({ forms: false })).toContain("form-action 'none'");
  });

  it('has sections named by their headings, and tables that a keyboard scrolls', () => {
    expect(html).toContain('<section aria-labelledby="latest"><h2 id="latest">Latest</h2>');
    expect(html).toContain('<div class="scroll" tabindex="0" role="region" aria-label="Table of requests">');
    expect(html).toContain('<th scope="col">Reference</th><th scope="col">Status</th>');
  });
});
