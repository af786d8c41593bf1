import type { MailMessage } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { renderPage, Table } from '@onedoor/ui';
import type { ReactElement, ReactNode } from 'react';

/** Every message of the outbox, newest first, with a link to each. */
export const renderOutbox = (messages: readonly MailMessage[]): string =>
  page(
    'Outbox',
    <>
      <p>What residents were written, newest first. Nothing here has left this machine.</p>
      {messages.length === 0 ? <p>Nothing yet. Post a request with an e-mail address, then reload.</p> : <Messages messages={messages} />}
      <p>
        <a className="alone" href="/">
          Back to the first page
        </a>
      </p>
    </>,
  );

/** One message as its reader gets it. */
export const renderMessagePage = ({ to, subject, text, language, writtenAt }: MailMessage): string =>
  page(
    'A message as the resident gets it',
    <>
      <dl>
        <dt>To</dt>
        <dd>{to}</dd>
        <dt>Written</dt>
        <dd>
          <Time at={writtenAt} />
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
        <a className="alone" href="/outbox">
          All messages
        </a>
      </p>
    </>,
  );

const page = (heading: string, children: ReactNode): string => renderPage({ title: `${heading} · OneDoor`, heading, children });

function Messages({ messages }: { readonly messages: readonly MailMessage[] }): ReactElement {
  return (
    <Table label="Table of messages" columns={['Subject', 'To', 'Language', 'Written']} wraps>
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
            <Time at={writtenAt} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

const Time = ({ at }: { readonly at: Instant }): ReactElement => <time dateTime={at}>{at.slice(0, 16).replace('T', ' ')} UTC</time>;
