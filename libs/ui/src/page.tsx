import { withoutReordering } from '@onedoor/kernel';
import type { ReactElement, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { STYLE } from './style.js';

/** A page of the product: plain HTML, without a script. */
export interface Page {
  /** In the browser's tab. */
  readonly title: string;
  readonly heading: string;
  /** Paragraphs below the heading. */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** Whatever others wrote into it is shown in the order in which it is stored. */
export const renderPage = (page: Page): string => `<!doctype html>${withoutReordering(renderToStaticMarkup(<Frame {...page} />))}`;

function Frame({ title, heading, lead, children }: Page): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <header>
          <p className="brand">OneDoor</p>
          <h1>{heading}</h1>
          {lead}
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}

/** A part of a page under a heading, which names it for screen readers. */
export function Section({
  id,
  title,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
