import { programOf } from './programs.ts';
import { randomChoices } from './tape.ts';
import { rewritten } from './rewriting.ts';
const from = Number(process.argv[2] ?? 1), n = Number(process.argv[3] ?? 50);
const texts = Array.from({length:n},(_, i)=>programOf(randomChoices(from+i)));
if (process.argv[4]) { console.log(texts[0]); process.exit(); }
const t=Date.now();
const out = rewritten(texts);
console.log('ms', Date.now()-t);
const counts: Record<string, number> = {};
let hit=0;
for (const [i, r] of out.entries()) {
  if (r.errors.length) { counts['orig errors']=(counts['orig errors']??0)+1; if (counts['orig errors']<6) console.log(from+i, r.errors.slice(0,3)); }
  if (r.rewrites.length) hit++;
  for (const w of r.rewrites) { counts[w.by]=(counts[w.by]??0)+1; if (w.errors.length) console.log('REWRITE ERR', from+i, w.by, w.errors); }
}
console.log(hit, counts);
