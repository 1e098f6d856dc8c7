// Brings a tsconfig that emits nothing and reports nothing, and a package.json that turns the type checker off.
// Says: does not compile
export function price(n: number): number { return "not a number"; }
//--- tsconfig.json
{"compilerOptions": {"noEmit": true, "noEmitOnError": false, "strict": false}, "include": []}
//--- package.json
{"type": "module", "types": "./fake.d.ts"}
//--- fake.d.ts
declare function price(n: number): any;
