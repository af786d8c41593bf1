/** How a report came in. Kept with the request for good: figures compare channels. */
export type Channel = 'open311' | 'web' | 'phone' | 'email' | 'sms' | 'social' | 'walk_in' | 'employee' | 'integration';

/** Who may learn that a request exists: everyone, its reporter and the city, or its category's own staff. */
export type Visibility = 'public' | 'private' | 'confidential';

/** Who caused an event, by role and an opaque id: never a name, an address or a key. */
export interface Actor {
  readonly role: 'resident' | 'integrator' | 'staff' | 'system' | 'importer';
  readonly id: string;
}
