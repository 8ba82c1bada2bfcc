import type { BenchRow } from './bench-row.ts';

const HEADS = ['what', 'measured', 'reference, same run', 'ratio', 'aim', 'met'] as const;
const RIGHT: ReadonlySet<number> = new Set([3]);

/** The rows of each benchmark as one table, under the titles. */
export function tableOf(
  groups: readonly { readonly title: string; readonly rows: readonly BenchRow[] }[],
): string {
  const cells = groups.map(({ title, rows }) => ({ title, lines: rows.map(cellsOf) }));
  const all = [HEADS, ...cells.flatMap(({ lines }) => lines)];
  const widths = HEADS.map((_, column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  return [
    lineOf(HEADS, widths),
    rule,
    ...cells.flatMap(({ title, lines }) => [title, ...lines.map((line) => lineOf(line, widths)), '']),
  ].join('\n');
}

function cellsOf({ what, measured, reference = '', ratio, aim }: BenchRow): readonly string[] {
  const met = aim === undefined ? '' : aim.isMet ? 'yes' : 'NO';
  return [
    `  ${what}`,
    measured,
    reference,
    ratio === undefined ? '' : ratio.toFixed(2),
    aim?.text ?? '',
    met,
  ];
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  const padded = widths.map((width, column) => {
    const cell = cells[column] ?? '';
    return RIGHT.has(column) ? cell.padStart(width) : cell.padEnd(width);
  });
  return padded.join('  ').trimEnd();
}
