import type { MailMessage } from '@onedoor/engine';
import type { ReactElement, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** Every message of the outbox, newest first, with a link to each. Plain HTML, without a script. */
export const renderOutbox = (messages: readonly MailMessage[]): string => page(<List messages={messages} />);

/** One message as its reader gets it. */
export const renderMessagePage = (message: MailMessage): string => page(<Message message={message} />);

const page = (content: ReactElement): string => `<!doctype html>${renderToStaticMarkup(content)}`;

function List({ messages }: { readonly messages: readonly MailMessage[] }): ReactElement {
  return (
    <Frame title="Outbox">
      <p>What residents were written, newest first. Nothing here has left this machine.</p>
      {messages.length === 0 ? <p>Nothing yet. Post a request with an e-mail address, then reload.</p> : <Table messages={messages} />}
      <p>
        <a href="/">Back to the first page</a>
      </p>
    </Frame>
  );
}

function Table({ messages }: { readonly messages: readonly MailMessage[] }): ReactElement {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Table of messages">
      <table>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">To</th>
            <th scope="col">Language</th>
            <th scope="col">Written</th>
          </tr>
        </thead>
        <tbody>
          {messages.map(({ id, subject, to, language, writtenAt }) => (
            <tr key={id}>
              <th scope="row">
                <a href={`/outbox/${id}`} lang={language}>
                  {subject}
                </a>
              </th>
              <td>{to}</td>
              <td>{language}</td>
              <td>
                <time dateTime={writtenAt}>{writtenAt.slice(0, 16).replace('T', ' ')} UTC</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Message({ message: { to, subject, text, language, writtenAt } }: { readonly message: MailMessage }): ReactElement {
  return (
    <Frame title="A message as the resident gets it">
      <dl>
        <dt>To</dt>
        <dd>{to}</dd>
        <dt>Written</dt>
        <dd>
          <time dateTime={writtenAt}>{writtenAt.slice(0, 16).replace('T', ' ')} UTC</time>
        </dd>
      </dl>
      <article lang={language}>
        <h2>{subject}</h2>
        {text
          .trim()
          .split(/\n{2,}/)
          .map((paragraph, index) => (
            <p key={index}>{paragraph}</p>
          ))}
      </article>
      <p>
        <a href="/outbox">All messages</a>
      </p>
    </Frame>
  );
}

function Frame({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · OneDoor`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <header>
          <p className="brand">OneDoor</p>
          <h1>{title}</h1>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}

/** System fonts, visible focus, no horizontal scroll but inside the table. */
const STYLE = `
*{box-sizing:border-box}
body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff}
header{background:#162e51;color:#fff;padding-block:1.5rem}
header>*,main{max-width:72rem;margin-inline:auto;padding-inline:1rem}
.brand{margin-block:0;font-weight:600}
h1{margin-block:.25rem;font-size:1.8rem}
a{color:#005ea2;display:inline-block;min-height:1.5rem}
a:focus,.scroll:focus{outline:3px solid #2491ff;outline-offset:2px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.5rem .75rem;border-bottom:1px solid #a9aeb1}
tbody th{font-weight:400}
article{border:1px solid #a9aeb1;padding:1rem;max-width:44rem}
dt{font-weight:600}
dd{margin:0 0 .5rem;overflow-wrap:anywhere}
`;
