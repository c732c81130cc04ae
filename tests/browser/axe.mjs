// Accessibility rules of WCAG 2.2 AA and axe's best practices, on the page as it is rendered.
import { readFileSync } from 'node:fs';

const SOURCE = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** What axe finds wrong on this page, one line per kind of fault with the places where it is. */
export async function faults(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  const violations = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations);
  return violations.map(({ id, help, nodes }) =>
    `${id}: ${help} — ${nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}
