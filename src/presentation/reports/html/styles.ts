/** For screens of 360 px and up, light and dark, and for paper. */
export const styles = `
:root{--ink:#1b1f24;--soft:#57606a;--paper:#fff;--card:#f6f8fa;--line:#d0d7de;--good:#116329;--bad:#b42318;--open:#7a4b00;--seen:#1f6feb;--leak:#cf222e;--rest:#d0d7de;--gap:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b3;--paper:#0d1117;--card:#161b22;--line:#30363d;--good:#56d364;--bad:#ff8078;--open:#e3b341;--seen:#58a6ff;--leak:#ff6a69;--rest:#3d444d;--gap:#161b22}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:1.5rem 1rem 3rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:0}
h2{font-size:1.2rem;margin:2.2rem 0 .8rem;padding-bottom:.3rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:0}
h4{font-size:.875rem;margin:0 0 .3rem;color:var(--soft);font-weight:600}
p{margin:.2rem 0}
code{font-size:.8rem;font-weight:400}
dl{margin:.6rem 0}
dt,dd{margin:0;display:inline}
dt{color:var(--soft)}
dt::after{content:": "}
.facts,.sources,footer{font-size:.875rem}
.sources,footer{color:var(--soft)}
footer{margin-top:2.2rem}
.verdict{margin-top:1rem;padding:.6rem .9rem;border-left:.35rem solid;background:var(--card);font-weight:600}
.pass{color:var(--good)}.fail,h4.fail{color:var(--bad)}.verdict.unknown,.mark.unknown{color:var(--open)}
ul,ol{margin:.4rem 0;padding-left:1.2rem}
.findings,.checks,.legend,.names,ul.sources{list-style:none;padding:0}
ul.sources{margin:0}
.findings>li{padding:.6rem .9rem;margin:.5rem 0;background:var(--card);border-left:.35rem solid var(--line);break-inside:avoid}
.findings>.problem{border-color:var(--bad)}.findings>.unknown{border-color:var(--open)}
.kind{color:var(--soft)}.problem>.kind{color:var(--bad)}.unknown>.kind{color:var(--open)}
.fix{display:block;color:var(--soft)}
.findings .fix::before,li.fix::before{content:"→ "}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;color:var(--soft);font-size:.875rem}
.legend{break-after:avoid}
.legend i{display:inline-block;width:.8em;height:.8em;margin-right:.4em}
.seen{background:var(--seen)}.leak{background:var(--leak)}.hidden{background:var(--rest)}
.open{background:repeating-linear-gradient(135deg,var(--rest) 0 .25rem,var(--gap) .25rem .45rem)}
.lane{display:grid;grid-template-columns:1.2fr 1fr 1.6fr;gap:1rem 2.4rem;padding:1rem;margin:.8rem 0;background:var(--card);border:1px solid var(--line);border-radius:.4rem;break-inside:avoid}
.lane.problem{border-left:.35rem solid var(--bad)}
.step{position:relative;min-width:0}
.step+.step::before{content:"→";content:"→" / "";position:absolute;left:-1.7rem;top:0;color:var(--soft)}
.step li.problem{color:var(--bad)}
.step ul{font-size:.875rem}
.bar{display:flex;height:.8rem;border-radius:.2rem;overflow:hidden}
.bar i{display:block;height:100%}
.checks>li{display:grid;grid-template-columns:5.5rem 1fr;gap:.6rem;padding:.5rem 0;border-bottom:1px solid var(--line);break-inside:avoid}
.checks ul{font-size:.875rem;color:var(--soft)}
.mark{font-weight:700;font-size:.875rem}
.fields h3{margin:1.4rem 0 .4rem}
.names{columns:11rem auto;column-gap:1.2rem;font-size:.875rem;margin:0 0 .8rem}
.names li{break-inside:avoid}
.fields h3,.fields h4{break-after:avoid}
@media (max-width:40rem){.names{columns:9rem auto}.findings>li{padding:.6rem .7rem}.lane{grid-template-columns:1fr}.step+.step::before{content:"↓";content:"↓" / "";left:0;top:-1.1rem}.checks>li{grid-template-columns:1fr;gap:.1rem}}
@page{margin:14mm}
@media print{:root{font-size:12px;--ink:#000;--soft:#444;--paper:#fff;--card:#fff;--line:#bbb;--good:#0b5223;--bad:#a1140c;--open:#6a4000;--seen:#1f6feb;--leak:#cf222e;--rest:#ddd;--gap:#fff;color-scheme:light}body{max-width:none;padding:0;font-size:1rem}.bar,.legend i{print-color-adjust:exact;-webkit-print-color-adjust:exact}h2{break-after:avoid}}
`;
