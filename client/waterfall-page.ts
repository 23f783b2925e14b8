/** The colours and fonts of the editor's theme; in high contrast its lines, which such themes promise to tell apart. */
const STYLE = `
body { margin: 0; padding: .5rem; color: var(--vscode-foreground); font-family: var(--vscode-font-family); }
main > svg { width: 100%; min-width: 24rem; max-width: 64rem; height: auto; }
main .asynclint {
  --back: transparent;
  --ink: var(--vscode-foreground);
  --faint: var(--vscode-descriptionForeground);
  --line: var(--vscode-editorWidget-border, var(--vscode-panel-border));
  --chain: var(--vscode-editorWarning-foreground);
  --other: var(--vscode-editorInfo-foreground);
}
.vscode-high-contrast .asynclint, .vscode-high-contrast-light .asynclint {
  --faint: var(--vscode-foreground);
  --line: var(--vscode-contrastBorder);
  --chain: var(--vscode-contrastActiveBorder);
  --other: var(--vscode-foreground);
}
main .asynclint text { font-family: var(--vscode-font-family); }
.bar { cursor: pointer; outline: none; }
.bar .area { fill: transparent; }
.bar:hover .area { fill: var(--vscode-list-hoverBackground); }
.bar[aria-current] .area { fill: var(--vscode-list-inactiveSelectionBackground); }
.bar:hover text, .bar:focus-visible text { text-decoration: underline; }
.bar:focus-visible .area { stroke: var(--vscode-focusBorder); stroke-width: 2; }
`;

/** The page that shows waterfalls: it may run our script and apply our styles, and load nothing else. */
export function waterfallPage(script: string, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width">
<title>Waterfall</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
