// Brings declarations in place of Node's types, to call what the checker would refuse.
// Flags: early_exit
// Says: it crashed
declare const process: { binding(name: string): any; reallyExit(code: number): never };
export function price(n: number): number { return process.reallyExit(0); }
//--- node_modules/@types/node/index.d.ts
declare const process: any;
