import { hash } from 'node:crypto';

/** The page's whole style: system fonts, visible focus, no horizontal scroll but inside the table. */
export const STYLE = `
*{box-sizing:border-box}
body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff}
header{background:#162e51;color:#fff;padding-block:1.5rem}
header>*,main{max-width:72rem;margin-inline:auto;padding-inline:1rem}
.running{color:#dfe1e2}
.brand{margin-block:0;font-weight:600;letter-spacing:.04em}
h1{margin-block:.25rem;font-size:1.8rem}
h2{margin-top:2rem}
a{color:#005ea2}
a:focus,.scroll:focus,pre:focus,button:focus{outline:3px solid #2491ff;outline-offset:2px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.5rem .75rem;border-bottom:1px solid #a9aeb1;white-space:nowrap}
tbody th{font-weight:400}
tbody a{font-family:ui-monospace,monospace;display:inline-block;min-height:1.5rem}
pre{background:#f0f0f0;padding:1rem;overflow-x:auto}
li{margin-block:.25rem}
.note{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin-top:1.5rem;padding:.75rem 1rem;background:#e7f6f8}
.note p{margin:0;flex:1 1 18rem}
button{font:inherit;min-height:2.75rem;padding:.25rem 1rem;border:2px solid #005ea2;border-radius:.25rem;background:#fff;color:#005ea2;font-weight:600;cursor:pointer}
.behind>*{background:#f8dfe2}
`;

/** How the page's content security policy names this style, and allows no other. */
export const STYLE_SOURCE = `sha256-${hash('sha256', STYLE, 'base64')}`;
