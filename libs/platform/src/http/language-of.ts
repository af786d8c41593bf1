import { LANGUAGES, type Language } from '@onedoor/contracts';

/** The supported language that `Accept-Language` (RFC 9110, 12.5.4) weighs highest; the first supported one where it names none. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '')
    .slice(0, HEADER_CHARACTERS)
    .split(',')
    .map(rangeOf)
    .sort((one, other) => other.weight - one.weight);
  for (const { language, weight } of wanted) {
    const supported = LANGUAGES.find((each) => each === language);
    if (supported !== undefined && weight > 0) return supported;
  }
  return LANGUAGES[0];
}

const HEADER_CHARACTERS = 200;

function rangeOf(range: string): { readonly language: string; readonly weight: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const weight = quality === undefined ? 1 : Number(quality);
  return { language: tag.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0 };
}
