export type Part = readonly [number, 'seen' | 'leak'];

/** What is not a part of the bar was looked at and is closed, or nobody knows. */
export type Rest = 'hidden' | 'open';

/** Each part in proportion to the whole; one that is there is never too thin to be seen. The numbers stand beside it as text. */
export function bar(parts: readonly Part[], whole: number, rest: Rest = 'hidden'): string {
  const widths = parts.map(([count, kind]) => {
    const percent = whole === 0 ? 0 : (count / whole) * 100;
    return count === 0
      ? ''
      : `<i class="${kind}" style="width:${Math.max(1, Math.min(100, percent)).toFixed(1)}%"></i>`;
  });
  return `<div class="bar ${rest}" aria-hidden="true">${widths.join('')}</div>`;
}
