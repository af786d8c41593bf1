type Headers = Readonly<Record<string, string | undefined>>;

/**
 * Whether a form was sent by a page of this very site, or by a program, and not by a page of somebody else in a visitor's browser. Browsers
 * say it by `Sec-Fetch-Site` where they trust the connection, and by `Origin` everywhere; no page can forge either.
 */
export function isSameOrigin({ host, origin, 'sec-fetch-site': site }: Headers): boolean {
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  return URL.parse(origin)?.host === host;
}
