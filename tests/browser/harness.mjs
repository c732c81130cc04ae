// A demo year, the served binary and a browser, for one test file. Everything on loopback, everything removed at the end.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const binary = process.env.MINGCHA_TEST_BINARY;
if (!binary) throw new Error('MINGCHA_TEST_BINARY is not set: run ./test, which builds the binary and starts these tests');

const CHROMIUM = process.env.MINGCHA_TEST_CHROMIUM ?? '/usr/bin/chromium';

/** How long a page may take to show what is waited for. Test builds are slow, and so are shared machines. */
export const PATIENCE = Number(process.env.MINGCHA_TEST_PATIENCE ?? 60_000);

async function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A data folder with the demo year or with nothing in it, its accounts, and the command line on it. */
export class House {
  constructor({ demo = '2023' } = {}) {
    this.scratch = mkdtempSync(join(tmpdir(), 'mingcha-browser-'));
    this.data = join(this.scratch, 'data');
    const made = this.json('init', ...(demo ? ['--demo', demo] : []));
    this.accounts = Object.fromEntries((made.accounts ?? []).map((account) => [account.role, account]));
  }

  path(name) {
    return join(this.scratch, name);
  }

  /** Runs a command; throws unless its exit code is one of `codes`. */
  run(...parts) {
    const codes = Array.isArray(parts.at(-1)) ? parts.pop() : [0];
    const ran = spawnSync(binary, parts, {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, MINGCHA_DATA: this.data },
      maxBuffer: 1 << 28,
    });
    if (!codes.includes(ran.status)) throw new Error(`mingcha ${parts.join(' ')} → ${ran.status}\n${ran.stdout}\n${ran.stderr}`);
    return ran;
  }

  json(...parts) {
    return JSON.parse(this.run(...parts, '--json').stdout);
  }

  jsonLines(...parts) {
    return this.run(...parts, '--json').stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  async serve() {
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    this.server = spawn(binary, ['serve', '--listen', `127.0.0.1:${port}`], {
      env: { PATH: process.env.PATH, MINGCHA_DATA: this.data },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.log = '';
    this.server.stderr.on('data', (text) => { this.log += text; });
    for (let i = 0; i < 300; i++) {
      if (this.server.exitCode !== null) throw new Error(`the server ended:\n${this.log}`);
      try {
        if ((await fetch(`${this.url}/health`)).ok) return;
      } catch { /* not listening yet */ }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the server does not answer:\n${this.log}`);
  }

  async stop() {
    if (this.server && this.server.exitCode === null) {
      const gone = new Promise((resolve) => this.server.once('exit', resolve));
      this.server.kill('SIGTERM');
      await gone;
    }
    rmSync(this.scratch, { recursive: true, force: true });
  }
}

export async function openBrowser() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** A browser window of somebody's own. What its pages complain of is kept in `page.complaints`. */
export async function openWindow(browser, options = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'zh-CN', acceptDownloads: true, ...options });
  return openTab(context);
}

/** One more tab of the same window. */
export async function openTab(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // A refusal is a page with a status; the browser notes it in the console, which is not the page's complaint.
    const refusal = message.text().startsWith('Failed to load resource') && !message.location().url.includes('/assets/');
    if (message.type() === 'error' && !refusal) page.complaints.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    // A page that is left, and a download, end their requests.
    const left = request.failure()?.errorText === 'net::ERR_ABORTED';
    if (!left) page.complaints.push(`request: ${request.url()} ${request.failure()?.errorText}`);
  });
  return page;
}

/** Fails when a page complained, with what it said. */
export function noComplaints(...pages) {
  for (const page of pages) assert.deepEqual(page.complaints, [], `complaints of ${page.url()}`);
}

/** Fills in the door that stands open on this page. */
export async function enter(page, account) {
  await page.getByLabel('账号').fill(account.login);
  await page.getByLabel('密码').fill(account.password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** A browser window of one person's own, signed in. */
export async function signIn(browser, house, role, options = {}) {
  const page = await openWindow(browser, options);
  await page.goto(`${house.url}/sign-in`);
  await enter(page, house.accounts[role]);
  return page;
}

/** Goes to a place of the office by the rail, as a person does. */
export async function goTo(page, place) {
  await page.getByRole('navigation', { name: '栏目' }).getByRole('link', { name: place }).and(page.locator(':visible')).first().click();
  await page.getByRole('main').waitFor();
}

/** Waits until `tell` gives something, asking again and again. */
export async function until(what, tell, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const told = await tell();
    if (told) return told;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The cell of a table's row below this heading. */
export async function cell(row, heading) {
  const heads = await row.locator('xpath=ancestor::table[1]').getByRole('columnheader').allInnerTexts();
  const at = heads.map((head) => head.trim()).indexOf(heading);
  assert.notEqual(at, -1, `no column “${heading}” among ${heads.join(' ')}`);
  return row.getByRole('cell').nth(at);
}

/** How far the page can be scrolled sideways, in pixels. */
export async function sidewaysScroll(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Screenshots go where MINGCHA_SCREENSHOTS says; without it none are taken. */
export async function shoot(page, name) {
  const folder = process.env.MINGCHA_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
