// A large sheet takes a while: the page says how far it is, first the sending, then the reading, then the taking in; and a
// browser without script does the same work without the words.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';

import { House, noComplaints, openBrowser, shoot, signIn } from './harness.mjs';
import { SUBSIDY_HEADINGS, identityNumber, subsidy } from './invented.mjs';
import { openLedger } from './office.mjs';

const LINES = 40_000;

/** A text file of so many subsidies, one identity number for all. */
function largeSheet(from) {
  const id = identityNumber('1990-01-02', 371);
  const lines = [SUBSIDY_HEADINGS.join(',')];
  for (let n = 0; n < LINES; n++) {
    const row = subsidy({ no: `JD${from + n}`, id, name: '东郭明', day: '2023-11-08', amount: 900 });
    lines.push(row.join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** Collects what an element says, from now on, until the page is left. */
async function listen(page, selector) {
  const said = [];
  await page.exposeFunction('heard', (text) => said.push(text)).catch(() => {});
  await page.evaluate((selector) => {
    new MutationObserver(() => {
      const text = document.querySelector(selector)?.textContent;
      if (text) window.heard(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, selector);
  return said;
}

describe('A sheet that takes a while', () => {
  let house, browser;

  before(async () => {
    house = new House();
    await house.serve();
    browser = await openBrowser();
  });

  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  test('says how far it is until it is in', async () => {
    const clerk = await signIn(browser, house, 'clerk');
    const file = house.path('大表.csv');
    writeFileSync(file, largeSheet(0));
    await openLedger(clerk);
    const said = await listen(clerk, '[data-progress], form[data-watch] [role=status]');
    await clerk.locator('main input[type=file]').setInputFiles(file);
    await clerk.waitForURL(/\/office\/uploads\//);
    assert.ok(said.some((text) => text.includes('读取')), `it said ${said.join(' | ')}`);

    const taking = await listen(clerk, 'form[data-watch] [role=status]');
    await clerk.getByRole('button', { name: `收下 ${LINES} 行` }).click();
    await clerk.locator('form[data-watch] progress').waitFor();
    await shoot(clerk, 'taking-in');
    await clerk.waitForURL(/\/office\/batches\//);
    const all = [...said, ...taking];
    assert.ok(all.some((text) => /核对|写入/.test(text)), `it said ${all.join(' | ')}`);
    noComplaints(clerk);
  });

  test('goes in without a script as well', async () => {
    const clerk = await signIn(browser, house, 'clerk', { javaScriptEnabled: false });
    const file = house.path('另一张.csv');
    writeFileSync(file, largeSheet(LINES));
    await openLedger(clerk);
    await clerk.locator('main input[type=file]').setInputFiles(file);
    await clerk.getByRole('button', { name: '上传台账' }).click();
    await clerk.waitForURL(/\/office\/uploads\//);
    await clerk.getByRole('button', { name: `收下 ${LINES} 行` }).click();
    await clerk.waitForURL(/\/office\/batches\//);
  });
});
