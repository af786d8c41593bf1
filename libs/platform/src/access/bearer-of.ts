/** The bearer token of `Authorization` (RFC 6750, 2.1); null where there is none, or none of a form and length that could be ours. */
export function bearerOf(headers: { readonly authorization?: string | undefined }): string | null {
  return /^Bearer +([\x21-\x7e]{1,2000})$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
