// What a clerk hands in by mistake: each gets an answer in Chinese with what happened, where, and what to do now; and
// nothing of it is half committed.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, afterEach, before, describe, test } from 'node:test';

import { House, noComplaints, openBrowser, shoot, signIn } from './harness.mjs';
import { PICTURE, SUBSIDY, SUBSIDY_HEADINGS, identityNumber, subsidy, writeWorkbook } from './invented.mjs';
import { counts, handIn, preview } from './office.mjs';
import { lookAt, told as sayings } from './pages.mjs';

const TITLE = '定海区职业技能培训补贴发放明细表';
const ROWS = [
  subsidy({ no: 'TG202311-001', id: identityNumber('1990-01-02', 371), name: '东郭明', day: '2023-11-08', amount: 900 }),
  subsidy({ no: 'TG202311-002', id: identityNumber('1988-07-21', 526), name: '南宫雅', day: '2023-11-08', amount: 1000 }),
];

describe('A sheet that cannot be taken', () => {
  let house, browser, clerk, batches, head;

  const allBatches = () => house.run('ledger', 'batches', '--json').stdout;
  const rowsOf = () => house.jsonLines('ledger', 'rows', SUBSIDY).flat().length;

  before(async () => {
    house = new House();
    await house.serve();
    browser = await openBrowser();
    clerk = await signIn(browser, house, 'clerk');
    batches = allBatches();
    head = rowsOf();
  });

  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  afterEach(() => noComplaints(clerk));

  async function refused(page, file, what, remedy, code) {
    await handIn(page, file);
    const told = page.getByRole('main');
    await told.getByText(what).first().waitFor();
    await told.getByText(remedy).first().waitFor();
    await told.getByText(code).first().waitFor();
    if (page === clerk) assert.equal(sayings(await lookAt(page, page.url())), '');
    assert.equal(allBatches(), batches, 'no batch came of it');
    assert.equal(rowsOf(), head, 'no row came of it');
  }

  test('a picture with the name of a workbook is known for a picture', async () => {
    const file = house.path('照片.xlsx');
    writeFileSync(file, PICTURE);
    await refused(clerk, file, '这是图片，不是可以导入的表格', '另存为 .xlsx 再传', 'MC-INTAKE-001');
    await shoot(clerk, 'upload-picture');
  });

  test('an empty file is called empty', async () => {
    const file = house.path('空表.xlsx');
    writeFileSync(file, '');
    await refused(clerk, file, '文件是空的', '打开原表看看内容是否已保存', 'MC-INTAKE-002');
    await shoot(clerk, 'upload-empty');
  });

  test('a workbook with a title and nothing below it is told so', async () => {
    const file = house.path('只有表头.xlsx');
    await writeWorkbook(file, { title: TITLE, headings: SUBSIDY_HEADINGS, rows: [] });
    await refused(clerk, file, '表头在第 2 行，下面没有数据', '把数据填在表头下面再传', 'MC-INTAKE-014');
  });

  test('a picture is refused in the same words without any script', async () => {
    const plain = await signIn(browser, house, 'clerk', { javaScriptEnabled: false });
    const file = house.path('照片.xlsx');
    writeFileSync(file, PICTURE);
    await refused(plain, file, '这是图片，不是可以导入的表格', '另存为 .xlsx 再传', 'MC-INTAKE-001');
    noComplaints(plain);
    await plain.context().close();
  });

  test('after a refusal the next file can be handed in at once, from the same page', async () => {
    const picture = house.path('照片.xlsx');
    writeFileSync(picture, PICTURE);
    await handIn(clerk, picture);
    await clerk.getByText('这是图片').first().waitFor();
    const sheet = house.path('改好的表.xlsx');
    await writeWorkbook(sheet, { title: TITLE, headings: SUBSIDY_HEADINGS, rows: ROWS });
    await clerk.getByRole('main').locator('input[type=file]').setInputFiles(sheet);
    await clerk.waitForURL(/\/office\/uploads\//);
    assert.deepEqual(await counts(clerk), { added: 2, bad: 0, changed: 0, same: 0 });
  });

  test('a sheet whose columns are not recognised offers the ledger’s columns, and once they are named it goes in', async () => {
    const file = house.path('列名不同.xlsx');
    const headings = SUBSIDY_HEADINGS.map((heading) => ({ 补贴编号: '本次单据', 补贴金额: '实发数' })[heading] ?? heading);
    await writeWorkbook(file, { title: TITLE, headings, rows: ROWS });
    await handIn(clerk, file);
    const main = clerk.getByRole('main');
    const alert = main.getByRole('alert');
    await alert.filter({ hasText: /缺少必填的列/ }).waitFor();
    const told = await alert.innerText();
    for (const column of ['补贴编号', '补贴金额（元）']) assert.ok(told.includes(column), `${told} names ${column}`);
    assert.match(told, /第 2 行表头/);
    assert.match(told, /MC-INTAKE-015/);
    assert.equal(await main.getByRole('button', { name: /收下/ }).count(), 0, 'there is nothing to commit yet');
    assert.equal(allBatches(), batches, 'no batch came of it');
    assert.equal(sayings(await lookAt(clerk, clerk.url())), '');
    await shoot(clerk, 'upload-columns');

    await main.getByLabel('本次单据').selectOption({ label: '补贴编号 *' });
    await main.getByLabel('实发数').selectOption({ label: '补贴金额（元） *' });
    await main.getByRole('button', { name: '按这样重新读取' }).click();
    await clerk.waitForLoadState('load');
    assert.deepEqual(await counts(clerk), { added: 2, bad: 0, changed: 0, same: 0 });
    assert.equal(allBatches(), batches, 'a preview is no batch');
    await main.getByRole('button', { name: /收下\s*2\s*行/ }).click();
    await clerk.waitForURL(/\/office\/batches\/\d+/);
    assert.equal(rowsOf(), head + 2);
    await shoot(clerk, 'upload-mapped');

    // The mapping is remembered: the next sheet of that shape is recognised by itself.
    await preview(clerk, file);
    assert.deepEqual(await counts(clerk), { added: 0, bad: 0, changed: 0, same: 2 });
  });

  test('after all of this the folder verifies', () => {
    const verified = house.json('verify');
    assert.deepEqual(verified.altered, []);
    assert.equal(verified.ok, true);
  });
});
