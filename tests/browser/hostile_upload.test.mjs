// Twelve files from the table of hostile files, handed in on the page: the clerk reads what is wrong, where, and what to
// do, or sees the right rows; and nothing goes in without the button.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, afterEach, before, describe, test } from 'node:test';

import { House, cell, noComplaints, openBrowser, shoot, signIn } from './harness.mjs';
import { claimingToBeLarge, csv, errorValue, formula, htmlTable, withPassword, workbook, zip } from './hostile.mjs';
import { SUBSIDY, SUBSIDY_HEADINGS, identityNumber, subsidy } from './invented.mjs';
import { counts, handIn, preview } from './office.mjs';
import { lookAt, told as sayings } from './pages.mjs';

const DAY = '2023-11-08';
const person = (no) => identityNumber('1990-01-02', no);
const good = (no, more = {}) => subsidy({ no: `EM202311-${String(no).padStart(3, '0')}`, id: person(no), name: '东郭明', day: DAY, ...more });
const plain = (...rows) => [SUBSIDY_HEADINGS, ...rows];

describe('Hostile files on the page', () => {
  let house, browser, clerk, batches, head;

  before(async () => {
    house = new House();
    await house.serve();
    browser = await openBrowser();
    clerk = await signIn(browser, house, 'clerk');
    batches = house.run('ledger', 'batches', '--json').stdout;
    head = house.jsonLines('ledger', 'rows', SUBSIDY).flat().length;
  });

  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  afterEach(async () => {
    noComplaints(clerk);
    assert.equal(sayings(await lookAt(clerk, clerk.url())), '');
    assert.equal(house.run('ledger', 'batches', '--json').stdout, batches, 'no batch comes of a file that nobody took');
    assert.equal(house.jsonLines('ledger', 'rows', SUBSIDY).flat().length, head, 'no row comes of it either');
  });

  function file(name, content) {
    const path = house.path(name);
    writeFileSync(path, content);
    return path;
  }

  /** The clerk is told all of these, and there is nothing to take. */
  async function refused(name, content, words) {
    await handIn(clerk, file(name, content));
    const main = clerk.getByRole('main');
    for (const word of words) await main.getByText(word).first().waitFor();
    assert.equal(await main.getByRole('button', { name: /收下/ }).count(), 0, 'there is nothing to take');
  }

  /** What stands in the preview's row of this number under this heading. */
  async function shown(no, heading) {
    const row = clerk.getByRole('row').filter({ hasText: no }).first();
    return (await cell(row, heading)).innerText();
  }

  test('a web page with a table, named .xls', async () => {
    await preview(clerk, file('补贴.xls', htmlTable(plain(good(1)))));
    assert.deepEqual(await counts(clerk), { added: 1, bad: 0, changed: 0, same: 0 });
    await shoot(clerk, 'hostile-html');
  });

  test('an archive named .csv', async () => {
    await refused('补贴.csv', zip({ '补贴.csv': csv(plain(good(1))) }), [/压缩包/, 'MC-INTAKE-001']);
  });

  test('a workbook with a password', async () => {
    await refused('补贴.xlsx', withPassword(), [/密码/, /去掉密码/, 'MC-INTAKE-003']);
    await shoot(clerk, 'hostile-password');
  });

  test('half a workbook', async () => {
    const whole = workbook([{ name: '明细', rows: plain(good(1), good(2)) }]);
    await refused('半份.xlsx', whole.subarray(0, whole.length / 2), [/损坏/, /另存一份/, 'MC-INTAKE-007']);
  });

  test('a small file that is gigabytes when unpacked', async () => {
    const large = claimingToBeLarge(workbook([{ name: '明细', rows: plain(good(1)) }]));
    await refused('炸.xlsx', large, [/解压后/, /上限/, 'MC-INTAKE-006']);
    await shoot(clerk, 'hostile-bomb');
  });

  test('a workbook that names a file of this machine', async () => {
    const before = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>';
    const rows = plain(good(1, { name: { xml: '<c t="inlineStr"><is><t>&f;</t></is></c>' } }));
    await refused('实体.xlsx', workbook([{ name: '明细', before, rows }]), [/MC-INTAKE-0\d\d/]);
    assert.doesNotMatch(await clerk.getByRole('main').innerText(), /root:/);
  });

  test('a quotation mark that never closes', async () => {
    const text = csv(plain(good(1), good(2), good(3))).replace('养老护理员', '"养老护理员');
    await refused('引号.csv', text, [/第 2 行/, /引号/, 'MC-INTAKE-010']);
    await shoot(clerk, 'hostile-quote');
  });

  test('a title, a two-line header and hidden rows, with a total below', async () => {
    const upper = ['补贴编号', '补贴种类', '享受人', '', '职业（工种）', '发放日期', '补贴金额', '发放状态'];
    const lower = ['', '', '身份证号码', '学员姓名', '', '', '', ''];
    const merged = ['A1:H1', 'A2:A3', 'B2:B3', 'C2:D2', 'E2:E3', 'F2:F3', 'G2:G3', 'H2:H3'];
    const total = ['合计', '', '', '', '', '', 2400, ''];
    const rows = [['二〇二三年十一月补贴发放表'], upper, lower, good(11), good(12), good(13), total];
    await preview(clerk, file('两行表头.xlsx', workbook([{ name: '明细', rows, merged, hiddenRows: [5] }])));
    assert.deepEqual(await counts(clerk), { added: 3, bad: 0, changed: 0, same: 0 });
    const text = await clerk.getByRole('main').innerText();
    for (const word of ['隐藏', '合计']) assert.ok(text.includes(word), `${text} tells of ${word}`);
    await shoot(clerk, 'hostile-header');
  });

  test('two sheets that both fit', async () => {
    const sheets = [{ name: '十月', rows: plain(good(21)) }, { name: '十一月', rows: plain(good(22)) }];
    await preview(clerk, file('两张表.xlsx', workbook(sheets)));
    const text = await clerk.getByRole('main').innerText();
    for (const name of ['十月', '十一月']) assert.ok(text.includes(name), `${text} names ${name}`);
    await shoot(clerk, 'hostile-two-sheets');
  });

  test('identity numbers that Excel spoilt, days that there are not, errors and unfinished formulas', async () => {
    const rows = plain(
      good(31),
      good(32, { id: 330902199001011230 }),
      good(33, { id: '3.30902E+17' }),
      good(34, { day: '2023-02-30' }),
      good(35, { day: '1/5/2023' }),
      good(36, { amount: errorValue('#N/A') }),
      good(37, { amount: formula('SUM(A1:A3)') }),
      good(38, { amount: '八百元' }),
    );
    await preview(clerk, file('坏格.xlsx', workbook([{ name: '明细', rows }])));
    assert.deepEqual(await counts(clerk), { added: 1, bad: 7, changed: 0, same: 0 });
    for (const [no, heading, why] of [
      ['EM202311-032', '身份证号', /后几位已丢失/],
      ['EM202311-033', '身份证号', /3\.30902E\+17[\s\S]*后几位已丢失/],
      ['EM202311-034', '发放日期', /2023 年 2 月没有 30 日/],
      ['EM202311-035', '发放日期', /1\/5\/2023/],
      ['EM202311-036', '补贴金额（元）', /#N\/A/],
      ['EM202311-037', '补贴金额（元）', /没有算出结果/],
      ['EM202311-038', '补贴金额（元）', /八百元/],
    ]) {
      assert.match(await shown(no, heading), why);
    }
    await shoot(clerk, 'hostile-cells');
  });

  test('one number twice in a sheet, with two amounts', async () => {
    const rows = plain(good(41), good(42), good(41, { amount: 900 }));
    await preview(clerk, file('重号.xlsx', workbook([{ name: '明细', rows }])));
    assert.deepEqual(await counts(clerk), { added: 1, bad: 2, changed: 0, same: 0 });
    const text = await clerk.getByRole('main').innerText();
    for (const word of ['第 2 行', '第 4 行']) assert.ok(text.includes(word), `${text} says where the other is: ${word}`);
    await shoot(clerk, 'hostile-keys');
  });

  test('texts that would be a formula or a page’s markup, in an office’s encoding', async () => {
    const rows = plain(
      good(51, { name: "=cmd|' /C calc'!A0" }),
      good(52, { name: '<img src=x onerror=alert(1)>' }),
      good(53, { name: '@某某' }),
    );
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv(rows).replaceAll(',', '\t'), 'utf16le')]);
    await preview(clerk, file('文字.txt', bytes));
    assert.deepEqual(await counts(clerk), { added: 3, bad: 0, changed: 0, same: 0 });
    assert.equal(await clerk.getByRole('main').locator('img[src="x"]').count(), 0, 'markup is shown as text');
    await shoot(clerk, 'hostile-texts');
  });
});
