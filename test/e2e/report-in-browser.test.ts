import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report } from '../../src/presentation/reports/index.js';
import { Browser, installedBrowser, type Look } from '../support/browser.ts';
import { hostileNames, largeResult, reportOptions } from '../support/verification-results.ts';

const looks = {
  'a phone': { width: 360 },
  'a phone in the dark': { width: 360, colorScheme: 'dark' },
  'a desk': { width: 1200 },
  'a desk in the dark': { width: 1200, colorScheme: 'dark' },
  // The width of A4 within the margins of the page.
  paper: { width: 688, media: 'print' },
} as const satisfies Record<string, Look>;
const cases = Object.entries(looks);

/** Texts that stand out too little from what is behind them (WCAG 2.2, 1.4.3). */
const faintTexts = `(() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = (color) => parts(color).slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return parts(color)[3] === 0 && element.parentElement !== null ? behind(element.parentElement) : color;
  };
  const contrast = (element) => {
    const [light, dark] = [getComputedStyle(element).color, behind(element)].map(luminance).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
  return [...document.body.querySelectorAll('*')].filter(hasText).filter((element) => contrast(element) < 4.5).length;
})()`;

const tooWide = `(() => {
  const page = document.documentElement.clientWidth;
  const reaching = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > page + 1);
  return [document.documentElement.scrollWidth > page, reaching.length];
})()`;

if (installedBrowser === undefined) {
  console.warn('The page for auditors was not opened in a browser: there is no Chromium on this machine.');
}

describe.skipIf(installedBrowser === undefined)('Given a page full of hostile names, in a browser', () => {
  let browser: Browser;
  let folder: string;
  let address: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'integration-user-page-'));
    const file = join(folder, 'report.html');
    await writeFile(file, report(largeResult(hostileNames), 'html', reportOptions(hostileNames[0])));
    address = pathToFileURL(file).href;
    browser = await Browser.start(installedBrowser ?? '');
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  it.each(cases)('When it is opened on %s, Then it asks for nothing but itself and no script runs', async (_, look) => {
    expect(await browser.open(address, look)).toEqual([address]);
    expect(browser.dialogs()).toBe(0);
  });

  it.each(cases)('When it is opened on %s, Then nothing reaches over the edge', async (_, look) => {
    await browser.open(address, look);
    expect(await browser.evaluate(tooWide)).toEqual([false, 0]);
  });

  it.each(cases)('When it is opened on %s, Then every text stands out from what is behind it', async (_, look) => {
    await browser.open(address, look);
    expect(await browser.evaluate(faintTexts)).toBe(0);
  });

  it('When it is read, Then the names stand there as text, and none became an element', async () => {
    await browser.open(address, looks['a desk']);
    const text = await browser.evaluate<string>('document.body.innerText');
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain('"><img src=x onerror=alert(1)>');
    expect(await browser.evaluate('document.querySelectorAll("script,img,a,iframe,object,form,link").length')).toBe(0);
  });

  it('When its headings are read in order, Then none skips a level', async () => {
    await browser.open(address, looks['a desk']);
    const levels = await browser.evaluate<readonly number[]>(
      '[...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map(({ tagName }) => Number(tagName[1]))',
    );
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
  });
});
