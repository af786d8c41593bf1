import { languageOf } from './language-of.js';

describe('the language of an answer, by Accept-Language', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['es', 'es'],
    ['es-MX,es;q=0.9,en;q=0.8', 'es'],
    ['en-US,es;q=0.9', 'en'],
    ['fr, es;q=0.5, en;q=0.4', 'es'],
    ['fr', 'en'],
    ['es;q=0', 'en'],
    ['es;q=x, en;q=0.1', 'en'],
    [',,;;q', 'en'],
  ])('%s: %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
