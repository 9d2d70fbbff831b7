"""How the page for a person looks: on a screen of any width, in the dark, and on paper."""

STYLE = """
:root{--ink:#1c2430;--soft:#55606e;--line:#d9dee5;--paper:#fff;--back:#f5f6f8;--error:#b3261e;--warning:#8a5300;
--info:#1f5fa8;--good:#1c6b3a;--mark:#ffe9a8;--ins:#dff3e4}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#a5afbc;--line:#333c48;--paper:#1b2129;--back:#12161c;
--error:#ff9a90;--warning:#f2bd6b;--info:#8fc1ff;--good:#86d6a2;--mark:#5b4a12;--ins:#173a25}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);
font:16px/1.65 system-ui,"Noto Sans TC","Noto Sans CJK TC","PingFang TC","Microsoft JhengHei",sans-serif}
header,main,footer{max-width:56rem;margin:0 auto;padding:1.25rem}
h1{font-size:1.6rem;line-height:1.3;margin:.5rem 0 0}
h2{font-size:1.15rem;line-height:1.45;margin:0;overflow-wrap:anywhere}
h3{font-size:1rem;line-height:1.5;margin:0 0 .5rem;overflow-wrap:anywhere}
header p{margin:.25rem 0 1rem;color:var(--soft)}
.totals{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;margin:0 0 1rem;padding:0}
.totals li{border:1px solid var(--line);background:var(--paper);border-radius:.5rem;padding:.25rem .9rem}
.totals b{font-size:1.3rem}
.files{list-style:none;margin:0 0 1rem;padding:0;color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}
.rules{margin-top:2rem}
table{border-collapse:collapse;width:100%;margin-top:.5rem;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600}.n{text-align:right;white-space:nowrap}td:nth-child(2){white-space:nowrap}
code{font:.85em ui-monospace,monospace;color:var(--soft);overflow-wrap:anywhere}
.record{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;
padding:1rem 1.25rem;margin:0 0 1.25rem}
.id{font:.9em ui-monospace,monospace;color:var(--soft);margin-right:.35rem}
.path{margin:.1rem 0 .75rem;color:var(--soft);font-size:.85rem;overflow-wrap:anywhere}
.problem{border-left:.25rem solid var(--line);padding:.1rem 0 .1rem 1rem;margin:1rem 0}
.problem.error{border-color:var(--error)}.problem.warning{border-color:var(--warning)}.problem.info{border-color:var(--info)}
.level{font-size:.85rem;font-weight:700;margin-right:.35rem}
.error .level,td.error,li.error b{color:var(--error)}.warning .level,td.warning,li.warning b{color:var(--warning)}
.info .level,td.info,li.info b{color:var(--info)}
.known{font-size:.8rem;color:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:0 .4rem}
dl{display:grid;grid-template-columns:6.5rem 1fr;gap:.3rem .75rem;margin:0}
dt{color:var(--soft);font-size:.9rem}dd{margin:0;overflow-wrap:anywhere;min-width:0}
.value{white-space:pre-wrap;font-family:ui-monospace,"Noto Sans Mono CJK TC",monospace;font-size:.92rem}
mark{background:var(--mark);color:inherit;border-radius:.2rem;padding:0 .1rem}
ins{background:var(--ins);text-decoration:none;border-radius:.2rem;padding:0 .2rem}
.look{color:var(--warning);font:italic .85rem system-ui,sans-serif}
.source{color:var(--soft);font-size:.88rem}.good{color:var(--good);font-weight:600}.hidden{color:var(--soft)}
footer{color:var(--soft);font-size:.85rem}
@media (max-width:36rem){header,main,footer{padding:.9rem}.record{padding:.8rem .9rem}
dl{grid-template-columns:1fr;gap:0 0}dt{margin-top:.4rem}}
@media print{:root{--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--back:#fff;--error:#8c1d18;--warning:#6b4000;
--info:#174a85;--mark:#ffeeb5;--ins:#e4f5e8}body{font-size:10.5pt}header,main,footer{max-width:none;padding:0}
.record{border:0;border-top:1px solid var(--line);border-radius:0;padding:.6rem 0}.problem{break-inside:avoid}
h2,h3,.path{break-after:avoid}tr{break-inside:avoid}*{print-color-adjust:exact}}
@page{size:A4;margin:16mm}
"""
