/** So that spreadsheets read it as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Rows as a spreadsheet set to Swedish opens them: `;` between cells, CRLF after each row, and no cell that it would run. */
export function csvText(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) => `${row.map((cell) => quoted(safeCell(cell))).join(';')}\r\n`);
  return BYTE_ORDER_MARK + lines.join('');
}

/** A cell that begins as a formula does is begun with an apostrophe, which a spreadsheet takes as "this is text". */
export function safeCell(text: string): string {
  return /^\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}

function quoted(cell: string): string {
  return /[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
