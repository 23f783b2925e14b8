/** Text between tags and in attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

/** Text of ours: what stands between backticks is code. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => {
      const isCode = part.length > 2 && part.startsWith('`');
      return isCode ? `<code>${escaped(part.slice(1, -1))}</code>` : escaped(part);
    })
    .join('');
}
