// The main job, end to end, as a new user tries it: from a clerk's Excel sheet to a line of the bulletin.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { House, cell, enter, goTo, noComplaints, openBrowser, openTab, openWindow, shoot, signIn, until } from './harness.mjs';
import { RECEIPT, SUBSIDY, SUBSIDY_HEADINGS, identityNumber, masked, subsidy, withWrongCheck, writeWorkbook } from './invented.mjs';
import { counts, filterFindings, formOf, openPanel, post, preview, send, typed } from './office.mjs';
import { lookAt, told } from './pages.mjs';

const MODEL = '一年内享受培训补贴超过三次';
const LEAD_UNIT = '区人社保局';
const TITLE = '定海区2023年12月职业技能培训补贴发放明细表';

// Seven invented persons. The first has had three subsidies in the year, which is allowed; the fourth is in a row that
// must be mended first.
const OFTEN = { id: identityNumber('1987-06-05', 731), name: '闻人知微' };
const OTHERS = [['1979-11-23', 442], ['1991-02-14', 815], ['1983-08-30', 278], ['1996-05-17', 664]].map(([born, sequence], at) => ({
  id: identityNumber(born, sequence),
  name: ['司空远', '澹台清', '公冶和', '亓官宁'][at],
}));

const GOOD = [
  subsidy({ no: 'DH202312-001', ...OFTEN, work: '电工', day: '2023-02-14', amount: 800 }),
  subsidy({ no: 'DH202312-002', ...OFTEN, kind: '技能提升补贴', work: '焊工', day: '2023-05-09', amount: 1000 }),
  subsidy({ no: 'DH202312-003', ...OFTEN, work: '叉车司机', day: '2023-08-22', amount: 800 }),
  subsidy({ no: 'DH202312-004', ...OTHERS[0], day: '2023-12-05' }),
  subsidy({ no: 'DH202312-005', ...OTHERS[1], day: '2023-12-05' }),
];
const FOURTH = { no: 'DH202312-006', ...OFTEN, kind: '项目制补贴', work: '船舶管系工', day: '2023-12-06', amount: 1200 };
const BAD = [
  subsidy({ ...FOURTH, day: '2023-13-05' }),
  subsidy({ no: 'DH202312-007', ...OTHERS[2], id: withWrongCheck(OTHERS[2].id), day: '2023-12-06' }),
  subsidy({ no: 'DH202312-008', ...OTHERS[3], id: 330902000000000000, day: '2023-12-06' }),
];
const MENDED = [
  subsidy(FOURTH),
  subsidy({ no: 'DH202312-007', ...OTHERS[2], day: '2023-12-06' }),
  subsidy({ no: 'DH202312-008', ...OTHERS[3], day: '2023-12-06' }),
];

describe('From a clerk’s sheet to a line of the bulletin', () => {
  let house, browser, clerk, supervisor, finding, problem;

  before(async () => {
    house = new House();
    await house.serve();
    browser = await openBrowser();
    clerk = await signIn(browser, house, 'clerk');
    supervisor = await signIn(browser, house, 'supervisor');
  });

  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  /** The public page of the figure 整改问题, reached from the home page by a citizen without an account. */
  async function openPublicFigure() {
    const citizen = await openWindow(browser);
    await citizen.goto(house.url);
    await citizen.getByRole('main').getByRole('link', { name: '职业技能培训领域突出问题专项治理' }).click();
    await citizen.getByRole('main').getByRole('link', { name: /\d+\s*个/ }).first().click();
    await citizen.getByRole('heading', { level: 1, name: /整改问题/ }).waitFor();
    return citizen;
  }

  async function batchesOfFile(name) {
    return house.json('ledger', 'batches', SUBSIDY).filter((batch) => JSON.stringify(batch).includes(name));
  }

  test('before anything is done the public page says 22 problems', async () => {
    const citizen = await openPublicFigure();
    await citizen.getByRole('heading', { level: 1, name: /整改问题\s*22\s*个/ }).waitFor();
    await citizen.getByText(/共整改问题\s*22\s*个/).first().waitFor();
    noComplaints(citizen);
    await citizen.context().close();
  });

  test('a sheet with three bad rows shows which cells are bad and why', async () => {
    const file = house.path('十二月补贴发放.xlsx');
    await writeWorkbook(file, { title: TITLE, headings: SUBSIDY_HEADINGS, rows: [...GOOD, ...BAD] });
    await preview(clerk, file);
    await clerk.getByRole('heading', { level: 1, name: /十二月补贴发放\.xlsx/ }).waitFor();
    assert.deepEqual(await counts(clerk), { added: 5, bad: 3, changed: 0, same: 0 });
    await clerk.getByText(/表头在第 2 行/).waitFor();

    // Title, headings, five good rows: the bad ones are the rows 8 to 10 of the sheet.
    const expected = [
      { row: '8', no: 'DH202312-006', column: '发放日期', written: '2023-13-05', why: '没有 13 月' },
      { row: '9', no: 'DH202312-007', column: '身份证号', written: '', why: /末位校验码应为 \S，现为 \S/ },
      { row: '10', no: 'DH202312-008', column: '身份证号', written: '3.30902E+17', why: /被 Excel 存成了数字.*后几位已丢失/ },
    ];
    for (const bad of expected) {
      const row = clerk.getByRole('row').filter({ hasText: bad.no });
      assert.match(await row.innerText(), new RegExp(`^\\s*${bad.row}\\b`), `the row of ${bad.no} names its place in the sheet`);
      const text = await (await cell(row, bad.column)).innerText();
      assert.ok(text.includes(bad.written), `${text} repeats what is written`);
      assert.match(text, bad.why instanceof RegExp ? bad.why : new RegExp(bad.why));
    }
    assert.equal(told(await lookAt(clerk, clerk.url())), '');
    await shoot(clerk, 'preview');
    noComplaints(clerk);
  });

  test('the marked sheet can be taken away to be mended', async () => {
    const coming = clerk.waitForEvent('download');
    await clerk.getByRole('link', { name: '下载标注表' }).click();
    const marked = await coming;
    assert.match(marked.suggestedFilename(), /\.xlsx$/);
    const saved = house.path('标注表.xlsx');
    await marked.saveAs(saved);
    // It goes through the same intake, and the same three cells are still to be mended.
    const again = house.run('ledger', 'import', '--preview', SUBSIDY, saved, '--json', [0, 2]);
    assert.match(again.stdout, /MC-INTAKE-037/);
    assert.match(again.stdout, /MC-INTAKE-044/);
  });

  test('the good rows go in once, however often the button is pressed, and three subsidies are no doubtful item', async () => {
    const before = house.jsonLines('finding', 'list').length;
    const button = clerk.getByRole('button', { name: /收下\s*5\s*行/ });
    const form = await formOf(clerk.locator('form').filter({ has: button }));
    await button.click();
    await clerk.waitForURL(/\/office\/batches\/\d+/);
    await clerk.getByRole('status').filter({ hasText: '已入库，模型已按新数据运行' }).waitFor();
    await clerk.getByText('还需更正 3 行').waitFor();
    await shoot(clerk, 'committed');

    assert.equal((await batchesOfFile('十二月补贴发放')).length, 1);
    const twice = await post(clerk, form);
    assert.ok(twice.status() < 500, `the same form again: ${twice.status()}`);
    assert.equal((await batchesOfFile('十二月补贴发放')).length, 1, 'the same form again makes no second batch');

    // The job runner has had its turn when the command line finds nothing left to do.
    assert.equal(house.jsonLines('finding', 'list').length, before);
    noComplaints(clerk);
  });

  test('of the corrected sheet only the three mended rows go in', async () => {
    const file = house.path('十二月补贴发放（改正）.xlsx');
    await writeWorkbook(file, { title: TITLE, headings: SUBSIDY_HEADINGS, rows: [...GOOD, ...MENDED] });
    await preview(clerk, file);
    assert.deepEqual(await counts(clerk), { added: 3, bad: 0, changed: 0, same: 5 });
    await clerk.getByRole('button', { name: /收下\s*3\s*行/ }).click();
    await clerk.waitForURL(/\/office\/batches\/\d+/);

    // A third time there is nothing to take.
    await preview(clerk, file);
    assert.deepEqual(await counts(clerk), { added: 0, bad: 0, changed: 0, same: 8 });
    assert.equal(await clerk.getByRole('button', { name: /收下/ }).count(), 0);
    noComplaints(clerk);
  });

  test('the supervisor finds the new doubtful item, with its reason and the four rows of the clerk’s two sheets', async () => {
    const link = await until('the new finding in the list', async () => {
      const main = await filterFindings(supervisor, { model: MODEL, state: '待核' });
      const found = main.getByRole('link').filter({ hasText: masked(OFTEN.id) });
      return (await found.count()) === 1 ? found : null;
    });
    await shoot(supervisor, 'findings');
    await link.click();
    await supervisor.getByRole('heading', { level: 1, name: /2023 年享受培训补贴 4 次，合计 3,800(\.00)? 元/ }).waitFor();
    finding = new URL(supervisor.url()).pathname;

    const main = supervisor.getByRole('main');
    await main.getByText(/疑点不是结论|不是结论/).first().waitFor();
    for (const no of ['DH202312-001', 'DH202312-002', 'DH202312-003', 'DH202312-006']) {
      await main.getByRole('row').filter({ hasText: no }).waitFor();
    }
    assert.equal(await main.getByRole('row').filter({ hasText: 'DH202312-004' }).count(), 0, 'rows of others are no evidence');
    assert.ok(!(await supervisor.content()).includes(OFTEN.id), 'the identity number is masked');
    assert.ok(!(await supervisor.content()).includes(OFTEN.name), 'the name is masked');
    await shoot(supervisor, 'finding');

    await main.getByRole('row').filter({ hasText: 'DH202312-006' }).getByRole('link').last().click();
    await supervisor.getByRole('main').getByText(/十二月补贴发放（改正）\.xlsx/).first().waitFor();
    await supervisor.getByRole('main').getByText(/第\s*8\s*行/).first().waitFor();
    await supervisor.goBack();
    noComplaints(supervisor);
  });

  test('what is the supervisor’s the clerk neither sees nor can do', async () => {
    // Before it is dispatched to their unit, it is not there for the clerk at all.
    assert.equal((await clerk.goto(house.url + finding)).status(), 404);
    await clerk.getByRole('heading', { level: 1, name: '没有找到这项内容' }).waitFor();
    await clerk.getByRole('link', { name: '回到我的待办' }).click();
    assert.equal(await clerk.getByRole('navigation', { name: '栏目' }).first().getByRole('link', { name: '设置' }).count(), 0);

    const csrf = await clerk.locator('input[name=csrf]').first().inputValue();
    const body = new URLSearchParams({ csrf, version: '1', to: 'human_resources', working_days: '5', note: '' }).toString();
    const dispatched = await post(clerk, { action: `${house.url}${finding}/dispatch`, body });
    assert.equal(dispatched.status(), 403);
    assert.match(await dispatched.text(), /不归您的角色|经办人不能/);
    for (const page of ['/office/settings/audit', '/office/settings/accounts', '/office/inspections/new']) {
      assert.equal((await clerk.request.get(house.url + page)).status(), 403, page);
    }
    await supervisor.goto(house.url + finding);
    await supervisor.getByRole('link', { name: '派发', exact: true }).waitFor();
  });

  test('a form that no page of ours sent is refused and changes nothing', async () => {
    const form = await formOf(await openPanel(supervisor, '派发'));
    const forged = form.body.replace(/csrf=[^&]*/, `csrf=${'0'.repeat(64)}`);
    for (const [what, answer] of [
      ['a forged token', await post(supervisor, { action: form.action, body: forged })],
      ['no token', await post(supervisor, { action: form.action, body: form.body.replace(/csrf=[^&]*&?/, '') })],
      ['another site', await post(supervisor, form, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })],
    ]) {
      assert.equal(answer.status(), 403, what);
      assert.match(await answer.text(), /没有处理/, what);
    }
    await supervisor.reload();
    await supervisor.getByRole('link', { name: '派发', exact: true }).waitFor();
  });

  test('dispatching from two tabs: the second is told who was first and keeps what was typed', async () => {
    const stale = await openTab(supervisor.context());
    await stale.goto(house.url + finding);
    const late = await openPanel(stale, '派发');
    await late.getByLabel('派给').selectOption({ label: LEAD_UNIT });
    const note = '请核对第四笔的银行回单，并问本人是否知情。';
    await late.getByLabel('备注').fill(note);

    const form = await openPanel(supervisor, '派发');
    assert.equal(told(await lookAt(supervisor, supervisor.url())), '', 'with the panel open');
    await form.getByLabel('派给').selectOption({ label: LEAD_UNIT });
    await form.getByLabel('备注').fill('请重点核对第四次。');
    const sent = await formOf(form);
    await send(supervisor, form, '派发');
    await supervisor.getByRole('main').getByText(/已派发/).first().waitFor();
    await shoot(supervisor, 'dispatched');

    await send(stale, late, '派发');
    await stale.getByRole('alert').filter({ hasText: /已由监督员于 .+ 办理/ }).waitFor();
    const kept = [...(await typed(stale)), await stale.getByRole('main').innerText()].join('\n');
    assert.ok(kept.includes(note), 'what was typed in the stale tab is still there');
    assert.equal(told(await lookAt(stale, stale.url())), '', 'the refused page');
    await shoot(stale, 'stale');
    noComplaints(stale, supervisor);
    await stale.close();

    const twice = await post(supervisor, sent);
    assert.equal(twice.status(), 409, 'the same form a second time');
    await supervisor.reload();
    assert.equal(await supervisor.getByRole('main').getByRole('listitem').filter({ hasText: '派发 · 区人社保局' }).count(), 1, 'it was dispatched once');
  });

  test('a session that ends while a form is filled in says so and leads back to the same page', async () => {
    await clerk.goto(house.url + finding);
    const form = await openPanel(clerk, '反馈核查结果');
    await form.getByLabel('属实', { exact: true }).check();
    await form.getByLabel('说明').fill('银行回单四张齐全。');
    await clerk.context().clearCookies();
    await form.getByRole('button', { name: '反馈核查结果' }).click();
    await clerk.getByText('没有登录，或登录已过期').first().waitFor();
    await clerk.getByRole('link', { name: '登录' }).click();
    await enter(clerk, house.accounts.clerk);
    await clerk.waitForURL((url) => url.pathname === finding);
    await clerk.getByRole('link', { name: '反馈核查结果', exact: true }).waitFor();
  });

  test('the clerk finds it among what is theirs and answers 属实', async () => {
    await goTo(clerk, '我的待办');
    await clerk.getByRole('main').getByRole('link').filter({ hasText: masked(OFTEN.id) }).first().click();
    await clerk.waitForURL((url) => url.pathname === finding);
    for (const move of ['派发', '撤回派发', '退回补充']) {
      assert.equal(await clerk.getByRole('link', { name: move, exact: true }).count(), 0, `the clerk is not offered ${move}`);
    }
    const form = await openPanel(clerk, '反馈核查结果');
    await form.getByLabel('属实', { exact: true }).check();
    await form.getByLabel('说明').fill('银行回单四张齐全，第四笔由船厂代领，本人知情，属重复享受。');
    await send(clerk, form, '反馈核查结果');
    await clerk.getByRole('main').getByText(/已核查/).first().waitFor();
    noComplaints(clerk);
  });

  test('the clerk makes it a problem with the person in it', async () => {
    const form = await openPanel(clerk, '列入问题');
    await form.getByLabel('标题').fill('一人一年享受培训补贴四次');
    await form.getByLabel('类别').fill('一年超三次享受培训补贴');
    assert.ok(await form.getByRole('checkbox', { name: new RegExp(masked(OFTEN.id).replaceAll('*', '\\*')) }).isChecked());
    await send(clerk, form, '列入问题');
    await clerk.waitForURL(/\/office\/problems\//);
    problem = new URL(clerk.url()).pathname;
    await clerk.getByRole('heading', { level: 1, name: '一人一年享受培训补贴四次' }).waitFor();
    await clerk.getByRole('main').getByRole('row').filter({ hasText: masked(OFTEN.id) }).first().waitFor();
    assert.ok(!(await clerk.content()).includes(OFTEN.id), 'the identity number is masked');
    noComplaints(clerk);
  });

  test('money that came back is recorded, once', async () => {
    const form = await openPanel(clerk, '登记追回资金');
    await form.getByLabel('金额（元）').fill('1,200');
    await form.getByLabel('身份证号').fill(OFTEN.id);
    await form.getByLabel('退回哪里').fill('就业补助资金专户');
    const sent = await formOf(form);
    await send(clerk, form, '登记追回资金');
    const row = clerk.getByRole('main').getByRole('row').filter({ hasText: '就业补助资金专户' });
    await row.filter({ hasText: '1,200.00' }).waitFor();
    assert.equal((await post(clerk, sent)).status(), 409);
    await clerk.reload();
    assert.equal(await row.count(), 1, 'the same form again records nothing');
  });

  test('an amount that is none is refused in its place, and what was typed stays', async () => {
    const form = await openPanel(clerk, '登记追回资金');
    await form.getByLabel('金额（元）').fill('一千二');
    await form.getByLabel('退回哪里').fill('失业保险基金专户');
    await send(clerk, form, '登记追回资金');
    await clerk.getByRole('alert').filter({ hasText: '“一千二”不是一个金额' }).waitFor();
    const kept = await typed(clerk);
    assert.ok(kept.includes('一千二') && kept.includes('失业保险基金专户'));
    await clerk.goto(house.url + problem);
  });

  test('the clerk reports it rectified, with a receipt as evidence', async () => {
    const form = await openPanel(clerk, '反馈整改');
    await form.getByLabel('说明').fill('第四笔 1,200 元已由船厂退回专户。');
    await form.getByLabel('佐证材料').setInputFiles({ name: '退款回单.pdf', mimeType: 'application/pdf', buffer: RECEIPT });
    await send(clerk, form, '反馈整改');
    await clerk.getByRole('main').getByText(/已整改待复核/).first().waitFor();
    const coming = clerk.waitForEvent('download');
    await clerk.getByRole('link', { name: '退款回单.pdf' }).click();
    assert.equal((await coming).suggestedFilename(), '退款回单.pdf');
    await shoot(clerk, 'rectified');
    noComplaints(clerk);
  });

  test('the supervisor re-checks it and closes it; the clerk may do neither', async () => {
    for (const move of ['复核通过', '销号']) {
      assert.equal(await clerk.getByRole('link', { name: move, exact: true }).count(), 0, `the clerk is not offered ${move}`);
    }
    const csrf = await clerk.locator('input[name=csrf]').first().inputValue();
    for (const move of ['pass', 'close']) {
      const body = new URLSearchParams({ csrf, version: '1', why: '自己复核' }).toString();
      assert.equal((await post(clerk, { action: `${house.url}${problem}/${move}`, body })).status(), 403, move);
    }

    await goTo(supervisor, '问题整改');
    await supervisor.getByRole('main').getByRole('link', { name: '一人一年享受培训补贴四次' }).click();
    const recheck = await openPanel(supervisor, '复核通过');
    await recheck.getByLabel('说明').fill('回单与金额相符。');
    await send(supervisor, recheck, '复核通过');
    const close = await openPanel(supervisor, '销号');
    await send(supervisor, close, '销号');
    await supervisor.getByRole('main').getByText(/已销号/).first().waitFor();
    await shoot(supervisor, 'closed');
    noComplaints(supervisor);
  });

  test('until an edition is published the public page still says 22', async () => {
    const citizen = await openPublicFigure();
    await citizen.getByRole('heading', { level: 1, name: /整改问题\s*22\s*个/ }).waitFor();
    await citizen.context().close();
  });

  test('the supervisor publishes an edition', async () => {
    await goTo(supervisor, '成果通报');
    await supervisor.getByRole('main').getByText(/23\s*个/).first().waitFor();
    await shoot(supervisor, 'results');
    const form = await openPanel(supervisor, '发布');
    await form.getByLabel('说明').fill('第四季度补录：新增整改问题 1 个。');
    const sent = await formOf(form);
    await send(supervisor, form, '发布');
    await supervisor.waitForURL(/\/bulletins\/2\b/);
    await supervisor.getByRole('status').filter({ hasText: '已发布' }).waitFor();

    await post(supervisor, sent);
    assert.equal(house.json('edition', 'list').length, 2, 'the same form again publishes nothing');
    noComplaints(supervisor);
  });

  test('the public page says 23 problems and the bulletin says so too', async () => {
    const citizen = await openPublicFigure();
    await citizen.getByRole('heading', { level: 1, name: /整改问题\s*23\s*个/ }).waitFor();
    await shoot(citizen, 'public-figure');
    await citizen.getByRole('navigation', { name: '栏目' }).getByRole('link', { name: '成果通报' }).click();
    await citizen.getByRole('main').getByRole('link').first().click();
    await citizen.getByText(/共整改问题\s*23\s*个，涉及人数\s*89\s*人，追回违规资金\s*8\.81\s*万元/).waitFor();
    await shoot(citizen, 'bulletin');
    noComplaints(citizen);
    await citizen.context().close();
  });

  test('the figure opens on the command line to the new problem and down to the clerk’s sheets', () => {
    const explained = house.run('figures', '--explain', 'vocational_training.problems_rectified', '--json').stdout;
    assert.match(explained, /一人一年享受培训补贴四次/);
    assert.match(explained, /十二月补贴发放（改正）\.xlsx/);
    const bulletin = house.path('bulletin.md');
    house.run('bulletin', 'render', '--out', bulletin);
  });

  test('mingcha verify agrees', () => {
    const verified = house.json('verify');
    assert.deepEqual(verified.altered, []);
    assert.equal(verified.ok, true);
  });
});
