import { categoryOf, type Collection, type EventStore, type ReadModels, type UnsealPurpose, type Vault } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import type { Ports } from '../ports.js';
import { categoriesOf, type Context, type VaultUse } from './define-context.js';
import { contextViews } from './views.js';

/**
 * The ports, restricted to the streams, collections and purposes that a context declared. Any other use is a bug in OneDoor, and fails
 * before the port is called.
 */
export function scopedPorts(ports: Ports, context: Context): Ports {
  const collections = [...contextViews(context).flatMap((view) => view.collections.map(({ name }) => name)), `parked_${context.name}`];
  return {
    ...ports,
    store: scopedStore(ports.store, context, categoriesOf(context)),
    readModels: scopedReadModels(ports.readModels, context, collections),
    vault: scopedVault(ports.vault, context.name, context.vault),
  };
}

function scopedStore(store: EventStore, { name, readsAll = false, looksAt = [] }: Context, own: readonly string[]): EventStore {
  const mayWrite = (category: string): void => assert(own.includes(category), `${name} declared the streams of ${category}`);
  const mayRead = (category: string): void => (readsAll ? undefined : mayWrite(category));
  return {
    append: (stream, expected, events) => (mayWrite(categoryOf(stream)), store.append(stream, expected, events)),
    read: (stream, from, limit) => (looksAt.includes(categoryOf(stream)) || mayRead(categoryOf(stream)), store.read(stream, from, limit)),
    subscribe: ({ categories = own, ...rest }) => (categories.forEach(mayRead), store.subscribe({ categories, ...rest })),
    head: () => store.head(),
  };
}

/** A rebuild writes to a collection beside its own, under that one's name with a suffix. */
function scopedReadModels(
  readModels: ReadModels,
  { name: context, readsAll = false, readsParked = false }: Context,
  own: readonly string[],
): ReadModels {
  const mayWrite = ({ name }: Pick<Collection, 'name'>): void =>
    assert(
      own.some((each) => name === each || name.startsWith(`${each}_`)),
      `${context} declared the collection ${name}`,
    );
  const mayRead = (collection: Pick<Collection, 'name'>): void =>
    readsAll || (readsParked && collection.name.startsWith('parked_')) ? undefined : mayWrite(collection);
  return {
    get: (collection, ids) => (mayRead(collection), readModels.get(collection, ids)),
    standing: (collection, ids) => (mayRead(collection), readModels.standing(collection, ids)),
    find: (collection, query) => (mayRead(collection), readModels.find(collection, query)),
    apply: (collection, puts) => (mayWrite(collection), readModels.apply(collection, puts)),
    scan: (collection) => (mayRead(collection), readModels.scan(collection)),
    servedVersion: (name) => (mayRead({ name }), readModels.servedVersion(name)),
    promote: (staged, live) => (mayWrite(staged), mayWrite(live), readModels.promote(staged, live)),
  };
}

function scopedVault(vault: Vault, context: string, { seals, keepsContacts, unseals = [], opensContacts = [] }: VaultUse): Vault {
  const may = (isDeclared: boolean | undefined, what: string): void => assert(isDeclared === true, `${context} declared that it ${what}`);
  const mayOpen = (declared: readonly UnsealPurpose[], purpose: UnsealPurpose, what: string): void =>
    may(declared.includes(purpose), `${what} to ${purpose}`);
  return {
    seal: (reference, text) => (may(seals, 'seals text'), vault.seal(reference, text)),
    unseal: (reference, sealed, purpose) => (mayOpen(unseals, purpose, 'unseals text'), vault.unseal(reference, sealed, purpose)),
    unsealAll: (texts, purpose) => (mayOpen(unseals, purpose, 'unseals text'), vault.unsealAll(texts, purpose)),
    sealContact: (reference, contact) => (may(keepsContacts, 'keeps contacts'), vault.sealContact(reference, contact)),
    openContact: (reference, sealed, purpose) => (
      mayOpen(opensContacts, purpose, 'opens contacts'),
      vault.openContact(reference, sealed, purpose)
    ),
    mac: (reference, text) => (may(seals, 'seals text'), vault.mac(reference, text)),
    // Contacts stand in events: what is kept beside a key is of an older log.
    keepContact: async () => may(false, 'keeps contacts beside their keys'),
    contact: (reference, purpose) => (mayOpen(opensContacts, purpose, 'opens contacts'), vault.contact(reference, purpose)),
    destroy: (reference) => (may(keepsContacts, 'erases'), vault.destroy(reference)),
  };
}
