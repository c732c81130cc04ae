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
const NO_PAGE = /\/assets\/|\/sign-out|\.(xlsx|csv|md|html|json|pdf|svg)$|\/evidence\/|\/source$|\/health$/;

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
const BARE_KEY = /(?<![\w/.-])(?:web|case|problem|inspection|detect|intake|ledger|publish|role|MC-[A-Z]+-\d+)-[a-z0-9][a-z0-9_-]*(?![\w./])/;

/** Neighbours in a row or a column that lie upon each other, by their first words. */
async function overlaps(page) {
  return page.evaluate(() => {
    const found = [];
    for (const box of document.querySelectorAll('main, main *')) {
      if (!/^(inline-)?(grid|flex)$/.test(getComputedStyle(box).display)) continue;
      const children = [...box.children].filter((child) => !/absolute|fixed|sticky/.test(getComputedStyle(child).position));
      const places = children.map((child) => child.getBoundingClientRect());
      for (let i = 0; i < places.length; i++) {
        for (let j = i + 1; j < places.length; j++) {
          const [a, b] = [places[i], places[j]];
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          const words = (element) => `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.trim().slice(0, 20)}`;
          if (wide > 2 && high > 2) found.push(`${words(children[i])} and ${words(children[j])}`);
        }
      }
    }
    return found;
  });
}

/** Looks at the open page wide and narrow, light and dark; gives what is wrong with it, and where. */
export async function lookAt(page, address) {
  const wrong = [];
  const path = new URL(address).pathname + new URL(address).search;
  const note = (what, how) => wrong.push({ what, where: `${path} ${how}`.trim() });
  for (const [viewport, width] of [[DESKTOP, 1440], [PHONE, 360]]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const fault of await faults(page)) note(fault, `${width} ${colorScheme}`);
    }
    const over = await sidewaysScroll(page);
    if (over > 0) note(`scrolls ${over} px sideways`, width);
    for (const pair of await overlaps(page)) note(`${pair} lie upon each other`, width);
  }
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: 'light' });
  const key = (await page.locator('body').innerText()).match(BARE_KEY);
  if (key) note(`shows the bare key ${key[0]}`, '');
  const headings = await page.locator('h1').count();
  if (headings !== 1) note(`has ${headings} headings of the first level`, '');
  return wrong;
}

/** What is wrong, one line for each kind with the places where it was seen; empty when nothing is. */
export function told(wrong) {
  const kinds = new Map();
  for (const { what, where } of wrong) kinds.set(what, [...(kinds.get(what) ?? []), where]);
  return [...kinds].map(([what, places]) => `${what}\n    ${places.slice(0, 4).join('\n    ')}${places.length > 4 ? `\n    and ${places.length - 4} more` : ''}`).join('\n');
}
