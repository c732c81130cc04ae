// What a clerk sees about a ledger: what was handed in, how it stood before, how good it is, which models it supports.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import writeExcelFile from 'write-excel-file/node';

import { House, noComplaints, openBrowser, shoot, signIn } from './harness.mjs';
import { SUBSIDY, SUBSIDY_HEADINGS, identityNumber, subsidy, writeWorkbook } from './invented.mjs';
import { handIn, preview } from './office.mjs';
import { lookAt, told } from './pages.mjs';

const PERSON = { id: identityNumber('1987-06-05', 731), name: '闻人知微' };
const row = (no, amount = 800) => subsidy({ no, ...PERSON, day: '2023-12-05', amount });
const PAGES = `/office/ledgers/${SUBSIDY}`;

describe('The pages of a ledger', () => {
  let house, browser, clerk;

  before(async () => {
    house = new House();
    await house.serve();
    browser = await openBrowser();
    clerk = await signIn(browser, house, 'clerk');
  });

  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  const main = () => clerk.getByRole('main');
  const tab = async (name) => {
    await main().getByRole('navigation', { name: '这本台账的各页' }).getByRole('link', { name, exact: true }).click();
    await clerk.waitForLoadState('load');
  };
  const lineOf = (text) => main().getByRole('row').filter({ hasText: text });

  async function sheet(name, rows, headings = SUBSIDY_HEADINGS) {
    const file = house.path(name);
    await writeWorkbook(file, { title: '培训补贴发放明细表', headings, rows });
    return file;
  }

  async function takeIn() {
    await main().getByRole('button', { name: /^收下/ }).click();
    await clerk.waitForURL(/\/office\/batches\//);
  }

  test('a sheet whose rows a later one changed says which batch stands in the way, and the later one can be undone', async () => {
    await preview(clerk, await sheet('补贴甲.xlsx', [row('JY-001'), row('JY-002')]));
    await takeIn();
    await preview(clerk, await sheet('补贴乙.xlsx', [row('JY-002', 950), row('JY-003')]));
    await takeIn();
    await clerk.goto(house.url + PAGES);
    await tab('上传记录');
    const first = lineOf('补贴甲.xlsx');
    await first.getByText(/不能撤回：其中 1 行已被后来的第 \d+ 批（补贴乙\.xlsx）改动/).waitFor();
    assert.equal(await first.getByRole('link', { name: '撤回这一批' }).count(), 0);
    await first.getByRole('link', { name: '补贴甲.xlsx' }).click();
    await clerk.getByText(/撤回这一批 · 不能撤回：其中 1 行已被后来的第 \d+ 批（补贴乙\.xlsx）改动/).waitFor();
    await clerk.goBack();
    await lineOf('补贴乙.xlsx').getByRole('link', { name: '撤回这一批' }).click();
    await clerk.getByRole('heading', { name: '撤回这一批' }).waitFor();
    assert.equal(told(await lookAt(clerk, `${house.url}${PAGES}/uploads`)), '');
    noComplaints(clerk);
  });

  test('the rows of an earlier version are there, said to be old, and what changed since is shown with the old value', async () => {
    await clerk.goto(house.url + PAGES);
    await tab('版本');
    await main().getByRole('row').nth(2).getByRole('link', { name: '当时的数据' }).click();
    await main().getByText('这是以前的数据').waitFor();
    await main().getByRole('searchbox').fill('JY-');
    await main().getByRole('button', { name: '筛选' }).click();
    await main().getByText('共 2 行。').waitFor();
    assert.equal(await lineOf('JY-003').count(), 0);
    assert.match(await lineOf('JY-001').innerText(), /330\d{3}\*+/);
    await tab('版本');
    await main().getByRole('row').nth(1).getByRole('link', { name: '改了什么' }).click();
    await lineOf('JY-003').getByText('新增').waitFor();
    const changed = lineOf('JY-002');
    assert.match(await changed.locator('del').innerText(), /800/);
    assert.match(await changed.locator('ins').innerText(), /950/);
    noComplaints(clerk);
  });

  test('quality and the models supported are counted from the rows', async () => {
    await clerk.goto(house.url + PAGES);
    await tab('质量');
    await main().getByRole('heading', { name: '完整：每列填了多少' }).waitFor();
    assert.match(await lineOf('补贴编号').first().innerText(), /(\d+) \/ \1/);
    await shoot(clerk, 'ledger-quality');
    await tab('能支持的模型');
    await lineOf('一年内享受培训补贴超过三次').getByText('部分能支持').waitFor();
    await main().getByText(/“身份证号”有 \d+ 行空着（共 \d+ 行）/).first().waitFor();
    noComplaints(clerk);
  });

  test('what was said about a heading is used for the next sheet, shown as remembered, and can be forgotten', async () => {
    const headings = ['流水号', ...SUBSIDY_HEADINGS.slice(1)];
    await handIn(clerk, await sheet('一月.xlsx', [row('LS-001')], headings));
    await main().getByLabel('流水号', { exact: true }).selectOption({ label: '补贴编号 *' });
    await main().locator('#mapping').getByRole('button', { name: '按这样重新读取' }).click();
    await takeIn();
    await preview(clerk, await sheet('二月.xlsx', [row('LS-002')], headings));
    await main().getByText('按上次的对应').waitFor();
    assert.equal(told(await lookAt(clerk, clerk.url())), '');
    await main().getByRole('button', { name: '忘记这个对应' }).click();
    await main().getByRole('heading', { level: 1, name: /表头还对不上/ }).waitFor();
    assert.equal(await main().getByText('按上次的对应').count(), 0);
  });

  test('a file that is not wanted is set aside and never asked about again', async () => {
    await main().getByRole('button', { name: '放弃这份表' }).click();
    await main().getByText('已放弃，没有任何一行入库。').waitFor();
    const line = lineOf('二月.xlsx');
    await line.getByText('已放弃').waitFor();
    assert.equal(await line.getByRole('link', { name: '继续入库' }).count(), 0);
    noComplaints(clerk);
  });

  test('of two sheets that fit, one is read, the other becomes an upload of its own', async () => {
    const file = house.path('两个月.xlsx');
    const cells = (rows) => [SUBSIDY_HEADINGS, ...rows].map((line) => line.map((value) => ({ type: typeof value === 'number' ? Number : String, value })));
    await writeExcelFile([
      { sheet: '十一月', data: cells([row('ZA-001'), row('ZA-002')]) },
      { sheet: '十二月', data: cells([row('ZB-001')]) },
    ]).toFile(file);
    await preview(clerk, file);
    await main().getByRole('heading', { level: 1, name: /2 行里，2 行可以入库/ }).waitFor();
    await main().getByRole('button', { name: '“十二月”也要入库：另作一份' }).click();
    await main().getByRole('heading', { level: 1, name: /1 行里，1 行可以入库/ }).waitFor();
    await main().getByLabel('工作表').selectOption('十一月');
    await main().getByRole('button', { name: '换成这样读' }).click();
    await main().getByRole('heading', { level: 1, name: /2 行里，2 行可以入库/ }).waitFor();
    noComplaints(clerk);
  });
});
