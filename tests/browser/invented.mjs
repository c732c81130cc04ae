// Persons and sheets that nobody has: identity numbers of an address code that was never assigned, with right check digits.
import writeExcelFile from 'write-excel-file/node';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** The eighteenth character of an identity number (GB 11643, ISO 7064 MOD 11-2). */
export function checkCharacter(seventeen) {
  const sum = [...seventeen].reduce((total, digit, at) => total + Number(digit) * WEIGHTS[at], 0);
  return CHECKS[sum % 11];
}

/** An identity number in the unassigned address code 330999. */
export function identityNumber(born, sequence) {
  const seventeen = `330999${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return seventeen + checkCharacter(seventeen);
}

/** The same number with a last character that is not the right one. */
export function withWrongCheck(number) {
  const wrong = number.endsWith('7') ? '5' : '7';
  return number.slice(0, 17) + wrong;
}

/** As pages show it to those who gave no purpose. */
export function masked(number) {
  return `${number.slice(0, 6)}********${number.slice(14)}`;
}

/** A workbook as a department sends it: a title above the headings, then the rows. Numbers stay numbers, texts texts. */
export async function writeWorkbook(path, { title, headings, rows, sheet = '发放明细' }) {
  const cell = (value) => {
    if (value === null || value === '') return null;
    return typeof value === 'number' ? { type: Number, value } : { type: String, value };
  };
  const data = [
    [{ type: String, value: title, fontWeight: 'bold', columnSpan: headings.length }, ...Array(headings.length - 1).fill(null)],
    headings.map((heading) => ({ type: String, value: heading, fontWeight: 'bold' })),
    ...rows.map((row) => row.map(cell)),
  ];
  await writeExcelFile(data, { sheet }).toFile(path);
}

export const SUBSIDY = 'vocational_training.training_subsidy';
export const SUBSIDY_TITLE = '培训补贴发放';

/** Headings as they stand in the sheets of a lead unit; some only resemble the ledger's own. */
export const SUBSIDY_HEADINGS = ['补贴编号', '补贴种类', '身份证号码', '学员姓名', '职业（工种）', '发放日期', '补贴金额', '发放状态'];

/** One line of such a sheet. */
export function subsidy({ no, kind = '培训补贴', id, name, work = '养老护理员', day, amount = 800, status = '已发放' }) {
  return [no, kind, id, name, work, day, amount, status];
}

/** A small picture, to be shown as evidence or to be refused as a table. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mOQ96vEgxhGpbEhAEcAWdkt/ecAAAAAAElFTkSuQmCC',
  'base64',
);

/** A receipt of one page. */
export const RECEIPT = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
    + '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  'latin1',
);
