import XMLBuilder from 'fast-xml-builder';

/** An element: attributes begin with `@`, the text is `#`, all else are elements within. */
export interface Element {
  readonly [name: string]: string | number | Element | readonly Element[];
}

/** A whole document round one element. */
export function xml(root: Element): string {
  const builder = new XMLBuilder({
    format: true,
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    textNodeName: '#',
    suppressEmptyNode: true,
    suppressBooleanAttributes: false,
    tagValueProcessor: (_, value) => legal(value),
    attributeValueProcessor: (_, value) => legal(value),
  });
  const declaration = { '?xml': { '@version': '1.0', '@encoding': 'UTF-8' } };
  return builder.build({ ...declaration, ...root });
}

/** XML has no way at all to write most control characters, nor half of a pair. */
function legal(value: unknown): string {
  return String(value)
    .toWellFormed()
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
