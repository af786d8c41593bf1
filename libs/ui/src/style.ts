import { hash } from 'node:crypto';

/** The style of every page: system fonts, visible focus, no horizontal scroll but inside tables and examples. */
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
.alone,tbody a{display:inline-block;min-height:1.5rem}
.reference{font-family:ui-monospace,monospace}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.5rem .75rem;border-bottom:1px solid #a9aeb1;white-space:nowrap}
.wraps :is(th,td){white-space:normal}
tbody th{font-weight:400}
.behind>*{background:#f8dfe2}
pre{background:#f0f0f0;padding:1rem;overflow-x:auto}
li{margin-block:.25rem}
article{border:1px solid #a9aeb1;padding:1rem;max-width:44rem}
dt{font-weight:600}
dd{margin:0 0 .5rem;overflow-wrap:anywhere}
.note{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin-top:1.5rem;padding:.75rem 1rem;background:#e7f6f8}
.note p{margin:0;flex:1 1 18rem}
button{font:inherit;min-height:2.75rem;padding:.25rem 1rem;border:2px solid #005ea2;border-radius:.25rem}
button{background:#fff;color:#005ea2;font-weight:600;cursor:pointer}
`;

/**
 * The content security policy of a page: its own style by hash, no script, no frame, and forms to this site only or none.
 * https://www.w3.org/TR/CSP3/
 */
export const pagePolicy = ({ forms }: { readonly forms: boolean }): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${hash('sha256', STYLE, 'base64')}'`,
    "base-uri 'none'",
    `form-action '${forms ? 'self' : 'none'}'`,
    "frame-ancestors 'none'",
  ].join('; ');
