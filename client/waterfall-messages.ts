/** What the waterfall view's page and the extension say to each other. */
import type { CommandPlace } from '#protocol';

/** From the extension: what to show. */
export type WaterfallMessage =
  | {
      readonly kind: 'picture';
      readonly name: string;
      readonly svg: string;
      /** The bar that the cursor stands in. */
      readonly current?: number;
      /** How to find the function again after a reload. */
      readonly place: CommandPlace;
    }
  | { readonly kind: 'nothing'; readonly reason: string };

/** From the page: it is loaded and shows nothing yet, or a bar was chosen, counted over all panels. */
export type PageMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly bar: number };
