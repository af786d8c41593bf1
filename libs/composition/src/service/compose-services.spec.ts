import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { SERVICES } from '../services.js';
import { writeServices } from './compose-services.js';

const FILE = readFileSync(fileURLToPath(new URL('../../../../docker-compose.yml', import.meta.url)), 'utf8');

interface Compose {
  readonly services: Readonly<Record<string, { readonly command?: readonly string[]; readonly depends_on?: object }>>;
}
const read = (text: string): Compose => parse(text, { merge: true }) as Compose;

describe('the containers of the services', () => {
  it('stand in docker-compose.yml as `npm run docs` writes them', () => {
    expect(writeServices(FILE, SERVICES)).toBe(FILE);
  });

  it('follow the table: a service that is added gets its container, and the proxy waits for it', () => {
    const written = read(writeServices(FILE, [...SERVICES, { name: 'lanterns', contexts: [] }]));
    expect(written.services['lanterns']?.command?.at(-1)).toBe('apps/lanterns/dist/main.js');
    expect(written.services['lanterns']).toEqual({ ...written.services['audit'], command: written.services['lanterns']?.command });
    expect(written.services['proxy']?.depends_on).toHaveProperty('lanterns', { condition: 'service_healthy' });
  });

  it('lose the container of a service that is taken away, and nothing else', () => {
    const [kept, written] = [read(FILE), read(writeServices(FILE, SERVICES.slice(0, -1)))];
    expect(Object.keys(kept.services).filter((name) => !(name in written.services))).toEqual(['audit']);
    expect(written.services['proxy']?.depends_on).not.toHaveProperty('audit');
  });

  it('are written nowhere where their place is not marked', () => {
    expect(() => writeServices('services:\n', SERVICES)).toThrow('docker-compose.yml has a place for the containers');
  });
});
