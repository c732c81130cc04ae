// An inspection is entered on a telephone, on the spot, by the eleven indicators; the figure follows when it is published.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { House, PHONE, goTo, noComplaints, openBrowser, openWindow, shoot, sidewaysScroll, signIn } from './harness.mjs';
import { formOf, openPanel, post, send } from './office.mjs';

const SUBJECT = '舟山市定海区潮面湾职业技能培训学校';
const INDICATORS = 11;
const FAILS = { no: 2, remark: '培训管理制度未上墙，只有消防须知。' };
const NEW = /登记检查/;

describe('An inspection by the eleven indicators, on a telephone', () => {
  let house, browser, inspector;

  before(async () => {
    house = new House();
    await house.serve();
    browser = await openBrowser();
    inspector = await signIn(browser, house, 'inspector', { viewport: PHONE });
  });

  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  const inspections = () => house.json('figures').find((figure) => figure.key === 'inspections');

  async function openForm() {
    await goTo(inspector, '检查');
    await inspector.getByRole('main').getByRole('link', { name: NEW }).first().click();
    await inspector.getByRole('heading', { level: 1, name: NEW }).waitFor();
    return inspector.locator('form').filter({ has: inspector.getByRole('button', { name: '保存检查' }) });
  }

  async function answer(form, no, word) {
    const group = form.getByRole('group', { name: new RegExp(`^${no}\\. `) });
    await group.getByLabel(word, { exact: true }).check();
    return group;
  }

  async function fillIn(form) {
    await form.getByLabel('检查对象').fill(SUBJECT);
    assert.equal(await form.getByLabel('主管单位').inputValue(), 'human_resources', 'the lead unit is proposed');
    for (let no = 1; no <= INDICATORS; no++) {
      const group = await answer(form, no, no === FAILS.no ? '不符合' : '符合');
      if (no === FAILS.no) await group.getByRole('textbox').fill(FAILS.remark);
    }
  }

  test('the demo year has 42 inspections', () => {
    assert.equal(Number(inspections().value), 42);
  });

  test('the form asks for all eleven indicators, each with how it is looked at, and nothing scrolls sideways', async () => {
    const form = await openForm();
    assert.equal(await form.getByRole('group', { name: /^\d+\. / }).count(), INDICATORS);
    await form.getByText('看培训管理、考务、收费和投诉电话等制度是否张贴在学员看得到的地方，是否为现行版本。').waitFor();
    assert.equal(await sidewaysScroll(inspector), 0);
    await shoot(inspector, 'inspection-form-360');
    noComplaints(inspector);
  });

  test('an unanswered indicator is named in its place and nothing that was entered is lost', async () => {
    const form = await openForm();
    await fillIn(form);
    // A browser that does not insist on required fields sends the form all the same.
    await form.evaluate((element) => {
      element.noValidate = true;
      for (const radio of element.querySelectorAll('input[name="answer-7"]')) radio.checked = false;
    });
    await form.getByRole('button', { name: '保存检查' }).click();
    await inspector.getByRole('alert').filter({ hasText: /还有 1 项未填：7/ }).waitFor();
    assert.equal(await form.getByLabel('检查对象').inputValue(), SUBJECT);
    assert.ok(await form.getByRole('group', { name: /^2\. / }).getByLabel('不符合', { exact: true }).isChecked());
    assert.equal(await form.getByRole('group', { name: /^2\. / }).getByRole('textbox').inputValue(), FAILS.remark);
    assert.equal(await sidewaysScroll(inspector), 0);
    await shoot(inspector, 'inspection-unanswered-360');
    assert.equal(Number(inspections().value), 42, 'nothing was recorded');
  });

  test('a shortcoming without a word on what was seen is refused', async () => {
    const form = await openForm();
    await fillIn(form);
    await form.getByRole('group', { name: /^2\. / }).getByRole('textbox').fill('');
    await form.getByRole('button', { name: '保存检查' }).click();
    await inspector.getByRole('alert').filter({ hasText: '第 2 项结果为“不符合”，没有写明情况' }).waitFor();
    assert.equal(Number(inspections().value), 42, 'nothing was recorded');
  });

  test('the inspection is recorded once, and its page shows what was seen', async () => {
    const form = await openForm();
    await fillIn(form);
    const sent = await formOf(form);
    await form.getByRole('button', { name: '保存检查' }).click();
    await inspector.waitForURL((url) => /\/office\/inspections\/(?!new)[^/]+$/.test(url.pathname));
    await inspector.getByRole('heading', { level: 1, name: SUBJECT }).waitFor();
    await inspector.getByText(FAILS.remark).waitFor();
    assert.equal(await sidewaysScroll(inspector), 0);
    await shoot(inspector, 'inspection-360');
    noComplaints(inspector);

    await post(inspector, sent);
    assert.equal(Number(inspections().value), 43, 'the same form sent again is the same inspection');
  });

  test('the lead unit’s clerk makes the shortcoming a problem of the inspection', async () => {
    const clerk = await signIn(browser, house, 'clerk', { viewport: PHONE });
    await goTo(clerk, '检查');
    await clerk.getByRole('main').getByRole('link', { name: SUBJECT }).click();
    const form = await openPanel(clerk, '立为问题');
    await form.getByLabel(/^2\. 制度上墙/).check();
    assert.equal(await form.getByLabel('整改单位').inputValue(), 'human_resources', 'the lead unit is proposed');
    await form.getByLabel('标题').fill('潮面湾学校培训管理制度未上墙');
    await form.getByLabel('类别').fill('培训管理制度未上墙');
    assert.equal(await sidewaysScroll(clerk), 0);
    await shoot(clerk, 'inspection-problem-360');
    await send(clerk, form, '立为问题');
    await clerk.getByRole('heading', { level: 1, name: '潮面湾学校培训管理制度未上墙' }).waitFor();
    await clerk.getByRole('main').getByText('整改中').first().waitFor();
    assert.equal(await sidewaysScroll(clerk), 0);
    noComplaints(clerk);
    await clerk.context().close();
  });

  test('the public page says 43 inspections after an edition is published, and 42 before', async () => {
    const citizen = await openWindow(browser, { viewport: PHONE });
    const open = async () => {
      await citizen.goto(house.url);
      await citizen.getByRole('main').getByRole('link', { name: '职业技能培训领域突出问题专项治理' }).click();
      await citizen.getByRole('main').getByRole('link', { name: /\d+\s*次/ }).first().click();
      return (await citizen.getByRole('heading', { level: 1 }).innerText()).replaceAll(/\s+/g, ' ');
    };
    assert.match(await open(), /42\s*次/);
    house.run('edition', 'publish', '--note', '补录一次检查');
    assert.match(await open(), /43\s*次/);
    await citizen.getByText(/累计开展检查\s*43\s*次/).first().waitFor();
    assert.equal(await sidewaysScroll(citizen), 0);
    noComplaints(citizen);
  });
});
