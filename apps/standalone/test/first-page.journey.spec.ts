import chromium from '@sparticuz/chromium';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { chromium as playwright, type Browser } from 'playwright-core';
import { openTestDoor, type TestDoor } from './support.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// In a single process, which the package asks for, the browser would end with the first page that is closed.
const browser = await playwright
  .launch({ executablePath: await chromium.executablePath(), args: chromium.args.filter((argument) => argument !== '--single-process'), headless: true })
  .catch((error: Error) => error);
// A machine that can't run the browser says so: the journey is then listed as skipped, not as passed.
const journey = browser instanceof Error ? describe.skip : describe;

journey(`the first page in a real browser${browser instanceof Error ? ` (could not start it: ${browser.message.slice(0, 200)})` : ''}`, () => {
  let door: TestDoor;
  let url: string;

  beforeAll(async () => {
    door = await openTestDoor('memory', '2026-11-23T15:00:00.000Z');
    await door.app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(door.app.getHttpServer().address() as { port: number }).port}/`;
    for (const service of ['pothole', 'fallen-tree', 'traffic-signal']) {
      await door.http().post('/open311/v2/requests.json').type('form').send({ api_key: 'demo-key', service_code: service, address_string: '1 Main' }).expect(200);
    }
    await door.settle();
  });
  afterAll(async () => {
    await (browser as Browser).close();
    await door.close();
  });

  it.each([1200, 360])('shows the latest cases and has no fault that axe finds, at a width of %i', async (width) => {
    const page = await (browser as Browser).newPage({ viewport: { width, height: 800 }, bypassCSP: true });
    await page.goto(url);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Riverbend 311');
    expect(await page.getByRole('row').count()).toBe(4);
    expect(await page.getByRole('row', { name: /Traffic signal/ }).textContent()).toContain('4 h left');
    // Nothing but the table scrolls sideways.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.evaluate(axe);
    const { violations } = (await page.evaluate('axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })')) as AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    await page.close();
  });

  it('leads to a request by keyboard alone', async () => {
    const page = await (browser as Browser).newPage();
    await page.goto(url);
    // This page is under its own content security policy, which must allow its style.
    expect(await page.evaluate('getComputedStyle(document.querySelector("header")).color')).toBe('rgb(255, 255, 255)');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/open311\/v2\/requests\/\w{11}\.json$/);
    expect(await page.textContent('body')).toContain('"status":"open"');
    await page.close();
  });
});
