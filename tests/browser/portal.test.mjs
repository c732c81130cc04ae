// The public side, and every page of the office, as they are looked at: without an account, without script, by a slow
// line, with a screen reader, on a telephone, in the dark.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { House, PHONE, noComplaints, openBrowser, openWindow, shoot, signIn } from './harness.mjs';
import { lookAt, told, walk } from './pages.mjs';

const PROJECT = '职业技能培训领域突出问题专项治理';
const FIRST_VIEW_BYTES_MAX = 100_000;
const FIGURES = [
  ['整改问题', /22\s*个/],
  ['涉及人数', /88\s*人/],
  ['追回资金', /8\.69\s*万元/],
  ['监督指标', /11\s*项/],
  ['开展检查', /42\s*次/],
];

describe('The public pages', () => {
  let house, browser, addresses;

  before(async () => {
    house = new House();
    await house.serve();
    browser = await openBrowser();
  });

  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  const isPublic = (url) => !url.pathname.startsWith('/office') && !url.pathname.startsWith('/sign-in');

  test('every public page opens without signing in, accessible wide and narrow, light and dark', async () => {
    const page = await openWindow(browser);
    const wrong = [];
    addresses = await walk(page, [`${house.url}/`], {
      wanted: isPublic,
      most: 12,
      onPage: async (address, answer) => {
        if (answer.status() !== 200) wrong.push({ what: `answers ${answer.status()}`, where: address });
        if (new URL(page.url()).pathname.startsWith('/sign-in')) wrong.push({ what: 'leads to the door', where: address });
        wrong.push(...(await lookAt(page, address)));
        await shoot(page, `public${new URL(address).pathname.replaceAll('/', '-')}`);
      },
    });
    assert.equal(told(wrong), '');
    noComplaints(page);
    await page.context().close();
    const paths = addresses.map((address) => new URL(address).pathname).join('\n');
    assert.match(paths, /^\/models\/vocational_training\.more_than_three_a_year$/m);
    assert.match(paths, /^\/bulletins?\//m);
    assert.ok(addresses.length >= 11, `home, project, five figures, bulletins, models: found only\n${paths}`);
  });

  test('the English pages are accessible too and show no bare key', async () => {
    const page = await openWindow(browser, { locale: 'en-GB' });
    const wrong = [];
    await walk(page, [`${house.url}/?lang=en`], {
      wanted: isPublic,
      most: 2,
      onPage: async (address) => wrong.push(...(await lookAt(page, address))),
    });
    assert.equal(told(wrong), '');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await page.context().close();
  });

  test('each figure says its number, its definition, its date and its edition', async () => {
    const page = await openWindow(browser);
    for (const [title, number] of FIGURES) {
      await page.goto(house.url);
      await page.getByRole('main').getByRole('link', { name: PROJECT }).click();
      const item = page.getByRole('listitem').filter({ hasText: title }).filter({ hasText: number });
      await item.getByRole('link').first().click();
      const heading = (await page.getByRole('heading', { level: 1 }).innerText()).replaceAll(/\s+/g, ' ');
      assert.ok(heading.includes(title), `${heading} names ${title}`);
      assert.match(heading, number);
      const text = await page.getByRole('main').innerText();
      assert.match(text, /怎么算/);
      assert.match(text, /2023.{0,3}12.{0,3}29|2023 年 12 月 29 日/, `${title} tells its date`);
      assert.match(text, /第\s*1\s*期/, `${title} names its edition`);
      assert.match(text, /[0-9a-f]{32,}/, `${title} shows its digest`);
    }
    await page.context().close();
  });

  test('the bulletin has the sentences with the five figures', async () => {
    const page = await openWindow(browser);
    await page.goto(house.url);
    await page.getByRole('navigation', { name: '栏目' }).getByRole('link', { name: '成果通报' }).click();
    await page.getByRole('main').getByRole('link').first().click();
    const text = (await page.getByRole('main').innerText()).replaceAll(/\s+/g, '');
    for (const words of ['共整改问题22个', '涉及人数88人', '追回违规资金8.69万元', '11项具体监督指标', '累计开展检查42次']) {
      assert.ok(text.includes(words), `the bulletin says ${words}`);
    }
    await page.context().close();
  });

  test('a citizen gets from the home page to a figure and to the bulletin without any script', async () => {
    const page = await openWindow(browser, { javaScriptEnabled: false, viewport: PHONE });
    await page.goto(house.url);
    await page.getByRole('main').getByRole('link', { name: PROJECT }).click();
    await page.getByRole('main').getByRole('link', { name: /8\.69/ }).first().click();
    await page.getByRole('heading', { level: 1, name: /8\.69\s*万元/ }).waitFor();
    const details = page.getByText('查看数据');
    if (await details.count()) {
      await details.click();
      await page.getByRole('table').first().waitFor();
    }
    await page.getByRole('navigation', { name: '栏目' }).getByRole('link', { name: '公开模型' }).click();
    await page.getByRole('main').getByRole('link', { name: '一年内享受培训补贴超过三次' }).click();
    await page.getByText('不超过三次').first().waitFor();
    await page.context().close();
  });

  test('every public page is less than 100 kB on the first view and asks nobody else for anything', async () => {
    const wrong = [];
    for (const address of addresses) {
      const page = await openWindow(browser);
      const wire = await page.context().newCDPSession(page);
      await wire.send('Network.enable');
      let bytes = 0;
      wire.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.origin !== house.url && url.protocol !== 'data:') wrong.push(`${address} asks ${request.url()}`);
      });
      await page.goto(address, { waitUntil: 'networkidle' });
      if (bytes === 0 || bytes >= FIRST_VIEW_BYTES_MAX) wrong.push(`${address}: ${bytes} bytes`);
      if ((await page.context().cookies()).length > 0) wrong.push(`${address} sets a cookie`);
      await page.context().close();
    }
    assert.deepEqual(wrong, []);
  });

  test('a page that is not there says so kindly, with a way on', async () => {
    const page = await openWindow(browser);
    const answer = await page.goto(`${house.url}/figures/nothing.of_this`);
    assert.equal(answer.status(), 404);
    await page.getByRole('heading', { level: 1, name: '没有这一页' }).waitFor();
    assert.equal(told(await lookAt(page, page.url())), '');
    await page.getByRole('link', { name: '去公开页' }).click();
    await page.waitForURL(`${house.url}/`);
    await page.context().close();
  });
});

describe('A house in which nothing is yet', () => {
  let house, browser;

  before(async () => {
    house = new House({ demo: null });
    house.accounts.supervisor = house.json('user', 'add', '--login', 'zhou', '--name', '周明', '--role', 'supervisor');
    await house.serve();
    browser = await openBrowser();
  });

  after(async () => {
    await browser?.close();
    await house?.stop();
  });

  test('every public page says what will appear and how it comes, and nothing is broken', async () => {
    const page = await openWindow(browser);
    const wrong = [];
    await walk(page, [`${house.url}/`], {
      wanted: (url) => !url.pathname.startsWith('/office') && !url.pathname.startsWith('/sign-in'),
      onPage: async (address, answer) => {
        if (answer.status() !== 200) wrong.push({ what: `answers ${answer.status()}`, where: address });
        wrong.push(...(await lookAt(page, address)));
      },
    });
    assert.equal(told(wrong), '');
    await page.goto(house.url);
    await page.getByText('还没有发布成果通报').first().waitFor();
    assert.doesNotMatch(await page.getByRole('main').innerText(), /22\s*个|8\.69/);
    noComplaints(page);
    await shoot(page, 'empty-home');
    await page.context().close();
  });

  test('every page of the supervisor says what will appear and how it comes', async () => {
    const page = await signIn(browser, house, 'supervisor');
    const wrong = [];
    await walk(page, [`${house.url}/office`], {
      wanted: (url) => url.pathname.startsWith('/office'),
      onPage: async (address, answer) => {
        if (answer.status() !== 200) wrong.push({ what: `answers ${answer.status()}`, where: address });
        wrong.push(...(await lookAt(page, address)));
        await shoot(page, `empty${new URL(address).pathname.replaceAll('/', '-')}`);
      },
    });
    assert.equal(told(wrong), '');
    noComplaints(page);
    await page.goto(`${house.url}/office/findings`);
    await page.getByText('台账入库后模型自动运行').first().waitFor();
    await page.context().close();
  });
});

describe('The office', () => {
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

  test('the door is accessible', async () => {
    const page = await openWindow(browser);
    await page.goto(`${house.url}/sign-in`);
    assert.equal(told(await lookAt(page, page.url())), '');
    await page.getByLabel('账号').fill('clerk');
    await page.getByLabel('密码').fill('不是这个密码');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').filter({ hasText: '登录名与密码不符' }).waitFor();
    assert.equal(await page.getByLabel('账号').inputValue(), 'clerk');
    assert.equal(told(await lookAt(page, page.url())), '');
    await page.context().close();
  });

  for (const role of ['supervisor', 'clerk', 'inspector', 'auditor', 'operator']) {
    test(`every page of the ${role} opens and is accessible wide and narrow, light and dark`, async () => {
      const page = await signIn(browser, house, role);
      const wrong = [];
      const opened = await walk(page, [`${house.url}/office`], {
        wanted: (url) => url.pathname.startsWith('/office'),
        onPage: async (address, answer) => {
          if (answer.status() !== 200) wrong.push({ what: `answers ${answer.status()}`, where: address });
          wrong.push(...(await lookAt(page, address)));
          await shoot(page, `${role}${new URL(address).pathname.replaceAll('/', '-')}`);
        },
      });
      assert.equal(told(wrong), '');
      noComplaints(page);
      assert.ok(opened.length >= 2, opened.join('\n'));
      await page.context().close();
    });
  }
});
