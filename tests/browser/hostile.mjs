// Files that are wrong in one way each, as bytes. What a workbook library would put right by itself is written by hand.
import { strToU8, zipSync } from 'fflate';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function cell(value) {
  if (value === '' || value === null) return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  if (typeof value === 'string') return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  return value.xml;
}

/** A cell that a sheet program computed, or did not. */
export const formula = (text, value) => ({ xml: `<c><f>${escaped(text)}</f>${value === undefined ? '' : `<v>${value}</v>`}</c>` });

/** A cell with an error in it. */
export const errorValue = (text) => ({ xml: `<c t="e"><v>${text}</v></c>` });

function sheetXml({ rows, hiddenRows = [], merged = [], before = '' }) {
  const lines = rows.map((cells, at) => `<row r="${at + 1}"${hiddenRows.includes(at + 1) ? ' hidden="1"' : ''}>${cells.map(cell).join('')}</row>`);
  const merges = merged.length ? `<mergeCells>${merged.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>${before}<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData>${merges}</worksheet>`;
}

/** A workbook of these sheets: `{ name, rows, hiddenRows, merged, before }` each. */
export function workbook(sheets) {
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/>${sheets.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${KIND}.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.map(({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}</Relationships>`,
  };
  sheets.forEach((sheet, at) => { parts[`xl/worksheets/sheet${at + 1}.xml`] = sheetXml(sheet); });
  return zip(parts);
}

/** A ZIP file of these texts. */
export function zip(parts) {
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))));
}

/** The same file, whose directory claims that each part is three gigabytes when unpacked. */
export function claimingToBeLarge(file) {
  const swollen = Buffer.from(file);
  for (let at = swollen.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = swollen.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    swollen.writeUInt32LE(3 * 2 ** 30, at + 24);
  }
  return swollen;
}

/** A compound file that holds a workbook with a password, as Excel writes it. */
export function withPassword() {
  const file = Buffer.alloc(4096);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  Buffer.from('EncryptedPackage', 'utf16le').copy(file, 1024);
  return file;
}

/** A table as systems export it for Excel. */
export function htmlTable(rows) {
  return `<html><head><meta charset="utf-8"></head><body><table border="1">${rows.map((cells) => `<tr>${cells.map((text) => `<td>${escaped(String(text))}</td>`).join('')}</tr>`).join('')}</table></body></html>`;
}

/** Comma separated text. */
export function csv(rows) {
  return rows.map((cells) => cells.map(String).join(',')).join('\r\n') + '\r\n';
}
