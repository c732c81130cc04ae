// Finding every page by following links, as a visitor could, and looking at each as several visitors do.
import { faults } from './axe.mjs';
import { DESKTOP, PHONE, sidewaysScroll } from './harness.mjs';

/** The shape of an address: its identifiers and numbers do not matter, nor what a list is filtered by. */
export function shape(url) {
  return url.pathname
    .split('/')
    .map((part) => (/^[0-9a-f]{8}-[0-9a-f-]{27}$|^[0-9a-f]{24,}$|^\d+$|^[0-9A-Z]{20,}$/.test(part) ? '*' : part))
    .join('/');
}

/** Addresses that lead to a file or out of the session rather than to a page. */
const NO_PAGE = /\/assets\/|\/sign-out|\.(xlsx|csv|md|html|json|pdf|svg)$|\/evidence\/|\/health$/;

/**
 * Walks from these addresses over every link that `wanted` takes; `each` of an address' shape is opened at most `most`
 * times. Gives the addresses of the pages that were opened.
 */
export async function walk(page, starts, { wanted, most = 1, onPage }) {
  const seen = new Map();
  const waiting = [...starts];
  const known = new Set(starts);
  const opened = [];
  while (waiting.length > 0) {
    const address = waiting.shift();
    const url = new URL(address);
    const times = seen.get(shape(url)) ?? 0;
    if (times >= most) continue;
    seen.set(shape(url), times + 1);
    const answer = await page.goto(address);
    opened.push(address);
    await onPage(address, answer);
    const links = await page.locator('a[href]').evaluateAll((all) => all.filter((a) => !a.hasAttribute('download')).map((a) => a.href));
    for (const link of links) {
      const next = new URL(link);
      next.hash = '';
      if (next.origin !== url.origin || NO_PAGE.test(next.pathname) || next.searchParams.has('lang')) continue;
      if (!wanted(next) || known.has(next.href)) continue;
      known.add(next.href);
      waiting.push(next.href);
    }
  }
  return opened;
}

/** A key of the message files that no words were found for, shown to people. */
const BARE_KEY = /(?<![\w/.-])(?:web|case|problem|inspection|detect|intake|ledger|publish|role|MC-[A-Z]+)-[a-z0-9][a-z0-9_-]*(?![\w./])/;

/** Looks at the open page wide and narrow, light and dark; gives one line for each thing that is wrong. */
export async function lookAt(page, address) {
  const wrong = [];
  const path = new URL(address).pathname + new URL(address).search;
  for (const [viewport, width] of [[DESKTOP, 1440], [PHONE, 360]]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const fault of await faults(page)) wrong.push(`${path} ${width} ${colorScheme}: ${fault}`);
    }
    const over = await sidewaysScroll(page);
    if (over > 0) wrong.push(`${path} ${width}: scrolls ${over} px sideways`);
  }
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: 'light' });
  const key = (await page.locator('body').innerText()).match(BARE_KEY);
  if (key) wrong.push(`${path}: shows the bare key ${key[0]}`);
  if ((await page.locator('h1').count()) !== 1) wrong.push(`${path}: has ${await page.locator('h1').count()} headings of the first level`);
  return wrong;
}
