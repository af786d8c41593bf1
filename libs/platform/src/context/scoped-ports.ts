import { categoryOf, type Collection, type EventStore, type ReadModels, type UnsealPurpose, type Vault } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import type { Ports } from '../ports.js';
import { categoriesOf, type Context, type VaultUse } from './define-context.js';
import { contextViews } from './views.js';

/** The ports as one context sees them: its own streams, collections and purposes. Anything else is our bug, and is refused before a port is asked. */
export function scopedPorts(ports: Ports, context: Context): Ports {
  const collections = [...contextViews(context).flatMap((view) => view.collections.map(({ name }) => name)), `parked_${context.name}`];
  return {
    ...ports,
    store: scopedStore(ports.store, context.name, categoriesOf(context)),
    readModels: scopedReadModels(ports.readModels, context.name, collections),
    vault: scopedVault(ports.vault, context.name, context.vault),
  };
}

function scopedStore(store: EventStore, context: string, own: readonly string[]): EventStore {
  const check = (category: string): void => assert(own.includes(category), `${context} declared the streams of ${category}`);
  return {
    append: (stream, expected, events) => (check(categoryOf(stream)), store.append(stream, expected, events)),
    read: (stream, from, limit) => (check(categoryOf(stream)), store.read(stream, from, limit)),
    subscribe: ({ categories = own, ...rest }) => (categories.forEach(check), store.subscribe({ categories, ...rest })),
    head: () => store.head(),
  };
}

/** A rebuild builds beside its collection, under that one's name and more. */
function scopedReadModels(readModels: ReadModels, context: string, own: readonly string[]): ReadModels {
  const check = (name: string): void =>
    assert(
      own.some((each) => name === each || name.startsWith(`${each}_`)),
      `${context} declared the collection ${name}`,
    );
  const checked = ({ name }: Collection): void => check(name);
  return {
    get: (collection, ids) => (checked(collection), readModels.get(collection, ids)),
    find: (collection, query) => (checked(collection), readModels.find(collection, query)),
    apply: (collection, puts) => (checked(collection), readModels.apply(collection, puts)),
    scan: (collection) => (checked(collection), readModels.scan(collection)),
    servedVersion: (name) => (check(name), readModels.servedVersion(name)),
    promote: (staged, live) => (checked(staged), checked(live), readModels.promote(staged, live)),
  };
}

function scopedVault(vault: Vault, context: string, { seals, keepsContacts, unseals = [], opensContacts = [] }: VaultUse): Vault {
  const may = (isDeclared: boolean | undefined, what: string): void => assert(isDeclared === true, `${context} declared that it ${what}`);
  const mayOpen = (declared: readonly UnsealPurpose[], purpose: UnsealPurpose, what: string): void =>
    may(declared.includes(purpose), `${what} to ${purpose}`);
  return {
    seal: (reference, text) => (may(seals, 'seals text'), vault.seal(reference, text)),
    unseal: (reference, sealed, purpose) => (mayOpen(unseals, purpose, 'unseals text'), vault.unseal(reference, sealed, purpose)),
    keepContact: (reference, contact) => (may(keepsContacts, 'keeps contacts'), vault.keepContact(reference, contact)),
    contact: (reference, purpose) => (mayOpen(opensContacts, purpose, 'opens contacts'), vault.contact(reference, purpose)),
    destroy: (reference) => (may(keepsContacts, 'erases'), vault.destroy(reference)),
  };
}
