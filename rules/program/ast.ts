/**
 * The syntax part of the compiler: node types, kinds and guards. It touches no process and no disk,
 * so facts, rules and the engine may all use it.
 */
export * from 'typescript/unstable/ast';
