/** Records of the compiler's binary syntax tree, as the pinned version writes them: one a node, in source order. */

/** Bytes of one record. */
export const RECORD = 28;

/** Bytes from the start of a record to its fields, all little-endian words of 32 bits. */
export const KIND = 0;
export const POS = 4;
export const END = 8;
/** The next sibling's index; 0 for none. */
export const NEXT = 12;
export const PARENT = 16;
/** Which children a node has, or where its text is; of a list, how many nodes it holds. */
export const DATA = 20;

/** The kind of a record that stands for a list of nodes. */
export const LIST = 0xffffffff;
