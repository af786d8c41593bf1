import type { Channel, Language } from '@onedoor/contracts';
import type { Contact } from '@onedoor/engine';
import type { Report } from '@onedoor/intake';
import type { SeededRandom } from '../history/seeded-random.js';
import { placeBy } from './places.js';

const FIRST_NAMES = [
  'Ada',
  'Bruno',
  'Carmen',
  'Delia',
  'Emil',
  'Fatima',
  'Gus',
  'Hana',
  'Ines',
  'Jonah',
  'Kaya',
  'Luz',
  'Mateo',
  'Nora',
  'Otis',
  'Pilar',
];
const LAST_NAMES = [
  'Alder',
  'Brook',
  'Castillo',
  'Dune',
  'Ember',
  'Fields',
  'Grove',
  'Heath',
  'Islas',
  'Juniper',
  'Kestrel',
  'Luna',
  'Marsh',
  'Nieve',
];

const CHANNELS: readonly Channel[] = ['web', 'web', 'web', 'open311', 'open311', 'phone', 'phone', 'email', 'walk_in'];
const SHARE_IN_SPANISH = 0.25;
const SHARE_WITH_CONTACT = 0.45;

/** What people say about a thing, in their own words. */
const WORDS: Readonly<Record<string, Readonly<Record<Language, readonly string[]>>>> = {
  pothole: {
    en: ['Deep, by the bus stop', 'My bike nearly went in', 'It is back after the rain'],
    es: ['Muy profundo, junto a la parada', 'Casi me caigo con la bicicleta'],
  },
  'street-light': {
    en: ['Dark for three nights', 'It flickers all evening', 'Hums and then goes out'],
    es: ['Lleva tres noches apagada', 'Parpadea toda la noche'],
  },
  'traffic-signal': {
    en: ['Stuck on red', 'All dark at the crossing', 'The walk sign never comes'],
    es: ['Se quedó en rojo', 'El cruce está a oscuras'],
  },
  'missed-pickup': {
    en: ['The whole street was skipped', 'Recycling was left behind'],
    es: ['No pasaron por toda la calle', 'Dejaron el reciclaje'],
  },
  'recycling-sticker': {
    en: ['One for a new bin, please', 'The old one washed off'],
    es: ['Una para un cubo nuevo, por favor', 'La anterior se borró'],
  },
  'illegal-dumping': {
    en: ['Two mattresses behind the wall', 'A heap of tires by the path'],
    es: ['Dos colchones detrás del muro', 'Un montón de llantas'],
  },
  'fallen-tree': {
    en: ['Across the bike path', 'A big branch on the parked cars'],
    es: ['Bloquea la ciclovía', 'Una rama grande sobre los autos'],
  },
  'park-equipment': {
    en: ['A swing hangs by one chain', 'The fountain runs day and night'],
    es: ['Un columpio cuelga de una cadena', 'La fuente no deja de correr'],
  },
  graffiti: {
    en: ['On the back of the library', 'All over the new benches'],
    es: ['Detrás de la biblioteca', 'En todos los bancos nuevos'],
  },
  'water-leak': {
    en: ['Water comes up between the stones', 'The gutter runs on a dry day'],
    es: ['Sale agua entre las piedras', 'Corre agua y no ha llovido'],
  },
  hydrant: { en: ['A truck hit it', 'It drips and leans'], es: ['Lo golpeó un camión', 'Gotea y está inclinado'] },
  'something-else': {
    en: ['Who may close a street for a fair?', 'A shopping cart hangs in a tree'],
    es: ['¿Quién da permiso para una feria?', 'Hay un carrito colgado de un árbol'],
  },
};

/** What a made-up resident of Riverbend reports about a service. */
export function reportBy(random: SeededRandom, serviceCode: string): Report {
  const { channel, language, words: description, contact } = residentBy(random, serviceCode);
  return {
    serviceCode,
    channel,
    location: placeBy(random),
    description,
    mediaUrl: null,
    contact,
    language,
    department: null,
    source: null,
  };
}

/** A made-up resident who reports: by which channel, in which language and words, and the contact where one was left. */
interface Resident {
  readonly channel: Channel;
  readonly language: Language;
  readonly words: string | null;
  readonly contact: Contact | null;
}

function residentBy(random: SeededRandom, service: string): Resident {
  const language = random.chance(SHARE_IN_SPANISH) ? 'es' : 'en';
  const words = WORDS[service]?.[language] ?? [];
  return {
    channel: random.pick(CHANNELS),
    language,
    words: words.length === 0 ? null : random.pick(words),
    contact: random.chance(SHARE_WITH_CONTACT) ? contactBy(random) : null,
  };
}

/** Addresses under example.org (RFC 2606) and telephone numbers 555-01xx are never assigned. */
function contactBy(random: SeededRandom): Contact {
  const [firstName, lastName] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
  const email = `${firstName}.${lastName}@example.org`.toLowerCase();
  return { firstName, lastName, email, ...(random.chance(0.4) && { phone: `+1 207 555 01${String(random.below(100)).padStart(2, '0')}` }) };
}
