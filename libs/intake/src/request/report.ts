import type { Channel, Language, Location, ReportedAnswer } from '@onedoor/contracts';
import type { Contact } from '@onedoor/engine';

/** A report as any channel hands it in. */
export interface Report {
  readonly serviceCode: string;
  readonly channel: Channel;
  readonly location: Location | null;
  readonly description: string | null;
  readonly mediaUrl: string | null;
  readonly contact: Contact | null;
  /** Answers to questions that the service does not ask: kept sealed, and nothing is made of them. */
  readonly attributes?: readonly ReportedAnswer[];
  /** In which language the reporter is told things. */
  readonly language: Language;
  readonly department: string | null;
  readonly source: { readonly system: string; readonly id: string } | null;
}
