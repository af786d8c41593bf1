import chromium from '@sparticuz/chromium';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { readConfig, type Config } from '@onedoor/platform';
import { chromium as playwright, type Browser } from 'playwright-core';
import { openStandalone } from '../src/standalone.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// In a single process, which the package asks for, the browser would end with the first page that is closed.
const browser = await playwright
  .launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((argument) => argument !== '--single-process'),
    headless: true,
  })
  .catch((error: Error) => error);
// A machine that can't run the browser says so: the journey is then listed as skipped, not as passed.
const journey = browser instanceof Error ? describe.skip : describe;

journey(
  `the first page in a real browser${browser instanceof Error ? ` (could not start it: ${browser.message.slice(0, 200)})` : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'onedoor-journey-'));
    let door: Awaited<ReturnType<typeof openStandalone>>;

    beforeAll(async () => {
      door = await openStandalone(
        readConfig({
          PORT: '0',
          ONEDOOR_DATA: folder,
          ONEDOOR_DEMO: 'on',
          ONEDOOR_DEMO_CASES: '40',
          ONEDOOR_DEMO_DRIP_SECONDS: '3600',
        }) as Config,
      );
    });
    afterAll(async () => {
      await (browser as Browser).close();
      await door.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it.each([1200, 360])(
      'shows departments, the latest cases and their clocks, and has no fault that axe finds, at a width of %i',
      async (width) => {
        const page = await (browser as Browser).newPage({ viewport: { width, height: 800 }, bypassCSP: true });
        await page.goto(door.url);
        expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Riverbend 311');
        expect(await page.getByRole('region', { name: 'Table of departments' }).getByRole('row').count()).toBe(5);
        expect(await page.getByRole('region', { name: 'Table of cases' }).getByRole('row').count()).toBe(21);
        expect(
          await page
            .getByRole('row', { name: /Traffic signal/ })
            .first()
            .textContent(),
        ).toMatch(/\d+ min left/);
        // Nothing but tables and examples scrolls sideways.
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        await page.evaluate(axe);
        const { violations } = (await page.evaluate(
          'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
        )) as AxeResults;
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
        await page.close();
      },
    );

    it('holds the demo, and leads to a request, by keyboard alone', async () => {
      const page = await (browser as Browser).newPage();
      await page.goto(door.url);
      // This page is under its own content security policy, which must allow its style and its form.
      expect(await page.evaluate('getComputedStyle(document.querySelector("header")).color')).toBe('rgb(255, 255, 255)');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Let it go on' }).waitFor();
      // The button, both tables, and the first link.
      for (let stop = 0; stop < 4; stop++) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(/open311\/v2\/requests\/\w{11}\.json$/);
      expect(await page.textContent('body')).toContain('"status":"open"');
      await page.close();
    });
  },
);
