// What people do in the office, in their own words: hand in a sheet, open a panel, look something up.
import { PATIENCE, goTo } from './harness.mjs';
import { SUBSIDY_TITLE } from './invented.mjs';

/** Opens the page of the ledger of subsidies. */
export async function openLedger(page) {
  await goTo(page, '台账');
  await page.getByRole('main').getByRole('link', { name: SUBSIDY_TITLE, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: SUBSIDY_TITLE }).waitFor();
}

/** Hands in a file on the page of the ledger; what comes of it is in the page's main part afterwards. */
export async function handIn(page, file) {
  await openLedger(page);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST', { timeout: PATIENCE });
  await page.getByRole('main').locator('input[type=file]').setInputFiles(file);
  // Without script the file goes with the button; with script it has gone already.
  const send = page.getByRole('main').getByRole('button', { name: '上传台账' });
  if (await send.isVisible().catch(() => false)) await send.click();
  await answered;
  await page.waitForLoadState('load');
}

/** The preview of a sheet that was handed in. */
export async function preview(page, file) {
  await handIn(page, file);
  await page.waitForURL(/\/office\/uploads\//);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** The numbers at the head of a preview, by what they count. What is not named is not there. */
export async function counts(page) {
  const text = await page.getByRole('main').innerText();
  const count = (of) => Number(text.match(new RegExp(`(\\d[\\d,]*)\\s*\\n?${of}(?!的)`))?.[1].replaceAll(',', '') ?? 0);
  return { added: count('新增'), bad: count('要改'), changed: count('改动已有'), same: count('与已有相同') };
}

/** Opens the panel of a move at the bottom of a page. */
export async function openPanel(page, move) {
  await page.getByRole('link', { name: move, exact: true }).click();
  const form = panel(page, move);
  await form.getByRole('button', { name: move, exact: true }).waitFor();
  return form;
}

/** The panel of a move. */
export function panel(page, move) {
  return page.locator('form').filter({ has: page.getByRole('heading', { name: move, exact: true }) });
}

/** Sends a panel and waits for the page that follows. */
export async function send(page, form, move) {
  const followed = page.waitForResponse((response) => response.request().isNavigationRequest() && response.request().method() === 'POST');
  await form.getByRole('button', { name: move, exact: true }).click();
  await followed;
  await page.waitForLoadState('load');
}

/** Where a form goes and what it says, as the browser would send it. */
export async function formOf(form) {
  return form.evaluate((element) => ({
    action: element.action,
    body: new URLSearchParams([...new FormData(element)].map(([name, value]) => [name, String(value)])).toString(),
  }));
}

/** Sends a form past the page, with this window's cookies. */
export async function post(page, { action, body }, headers = {}) {
  return page.request.post(action, {
    data: body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    maxRedirects: 0,
  });
}

/** The findings of a model in a state, as the list shows them after filtering. */
export async function filterFindings(page, { model, state }) {
  await goTo(page, '疑点');
  if (model) await page.getByLabel('模型').selectOption({ label: model });
  if (state) await page.getByLabel('状态').selectOption({ label: state });
  await page.getByRole('main').getByRole('button', { name: '筛选' }).click();
  await page.waitForLoadState('load');
  return page.getByRole('main');
}

/** Everything that stands in the text fields of a page. */
export async function typed(page) {
  return page.locator('textarea, input').evaluateAll((fields) => fields.map((field) => field.value));
}
