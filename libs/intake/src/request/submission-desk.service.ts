import type { ReportedDetails } from '@onedoor/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Envelope } from '@onedoor/engine';
import { dayNumberOf, LIMITS, reject, type Actor, type Instant, type Reference, type Rejection } from '@onedoor/kernel';
import { CommandGateway, PORTS, type Ports } from '@onedoor/platform';
import { localDateOf } from '@onedoor/sla';
import type { ServiceDefinition } from '../catalog/service-definition.js';
import type { Submission } from './events.js';
import type { Report } from './report.js';
import { cellOfLocation } from './shapes.js';
import { Catalog } from '../catalog/catalog.service.js';
import { candidateDays, findPlace, submissionId } from './find-place.service.js';
import { bodyHashOf, isSameBody } from './body-hash.service.js';
import { REQUEST_COMMANDS } from './commands/index.js';

export interface Submitter {
  readonly actor: Actor;
  /** Who the Idempotency-Key belongs to: keys of two callers never meet. */
  readonly caller: string;
  readonly idempotencyKey: string | null;
  readonly traceparent?: string;
  /** When it happened, and when it counts as written. */
  readonly at: Instant;
  readonly recordedAt: Instant;
}

export interface Submitted {
  readonly outcome: 'submitted';
  readonly reference: Reference;
  readonly service: ServiceDefinition;
  /** False when an earlier attempt under the same key had already got this reference. */
  readonly isNew: boolean;
}

/**
 * Takes reports in. The reference is the request's id, so it is made here, before anything is written.
 *
 * With an Idempotency-Key its middle is a hash of caller, key and nonce: a retry looks at the candidates of the day before, of and after,
 * finds the first attempt by its command id, and gets the same answer, for at least 24 hours, without a table of keys.
 *
 * What is personal is sealed into the one event that an attempt writes. So of two attempts under one key the one that loses leaves nothing
 * behind, nor does one that is refused or ends before its event: such an attempt is simply judged again.
 */
@Injectable()
export class SubmissionDesk {
  constructor(
    @Inject(PORTS) private readonly ports: Ports,
    private readonly catalog: Catalog,
    private readonly gateway: CommandGateway,
  ) {}

  async submit(report: Report, submitter: Submitter): Promise<Submitted | Rejection> {
    const { catalog, revision } = await this.catalog.current();
    const service = catalog.services.get(report.serviceCode);
    if (catalog.zone === null) return reject('CATALOG_NOT_OPEN', 'No service can be reported yet');
    if (service === undefined) return reject('SERVICE_UNKNOWN', 'service_code: there is no such service');

    const today = dayNumberOf(localDateOf(submitter.at, catalog.zone));
    if (today === null) return reject('DAY_OUT_OF_RANGE', 'References exist for days from 2000-01-01 to 2089-09-17');
    const commandId = submissionId(submitter.caller, submitter.idempotencyKey ?? this.ports.entropy.hex(16));
    const isKeyed = submitter.idempotencyKey !== null;
    const days = isKeyed ? candidateDays(today) : [today];

    for (let attempt = 0; attempt < LIMITS.commandAttempts; attempt++) {
      const place = await findPlace(this.ports.store, today, commandId, days);
      if (place === null) break;
      const { reference, first } = place;
      if (first !== null) {
        if (await isSameBody(this.ports.vault, reference, report, first.metadata.bodyHash))
          return { outcome: 'submitted', reference, service, isNew: false };
        return reject('IDEMPOTENCY_KEY_REUSED', 'Idempotency-Key: it was used before with another body');
      }
      const [submission, bodyHash] = await Promise.all([
        this.sealed(reference, report, service, revision),
        isKeyed ? bodyHashOf(this.ports.vault, reference, report, service) : null,
      ]);
      const envelope: Envelope = {
        commandId,
        actor: submitter.actor,
        correlationId: reference,
        ...(submitter.traceparent !== undefined && { traceparent: submitter.traceparent }),
        ...(bodyHash !== null && { bodyHash }),
        recordedAt: submitter.recordedAt,
      };
      const outcome = await this.gateway.send(REQUEST_COMMANDS, reference, 'submit', { submission }, submitter.at, envelope);
      if (outcome.outcome === 'done' && !outcome.isRepeated) return { outcome: 'submitted', reference, service, isNew: true };
      // The place was taken meanwhile: by a twin of this very attempt, or by another request. Look again.
      if (outcome.outcome === 'rejected' && outcome.code !== 'REFERENCE_TAKEN') return outcome;
    }
    return reject('NO_REFERENCE_FREE', 'No reference could be found; send it again');
  }

  /** What the event keeps. Contact, free text and a place that not everyone may know are sealed; the key is durable before the event is. */
  private async sealed(reference: Reference, report: Report, service: ServiceDefinition, catalogRevision: number): Promise<Submission> {
    const { vault } = this.ports;
    const { visibility } = service;
    const { attributes = [] } = report;
    const details: ReportedDetails = { location: report.location, mediaUrl: report.mediaUrl };
    const hasDetails = details.location !== null || details.mediaUrl !== null;
    const isPublic = visibility === 'public';
    const [description, sealedDetails, sealedAttributes, contact] = await Promise.all([
      report.description === null ? null : vault.seal(reference, report.description),
      isPublic || !hasDetails ? null : vault.seal(reference, JSON.stringify(details)),
      attributes.length === 0 ? null : vault.seal(reference, JSON.stringify(attributes)),
      report.contact === null ? null : vault.sealContact(reference, report.contact),
    ]);
    return {
      service: { code: service.code, name: service.name, catalogRevision },
      visibility,
      channel: report.channel,
      location: isPublic ? details.location : null,
      cell: cellOfLocation(details.location),
      description,
      mediaUrl: isPublic ? details.mediaUrl : null,
      sealedDetails,
      answers: [],
      photos: [],
      sealedAttributes,
      hasContact: contact !== null,
      contact,
      language: report.language,
      department: report.department,
      source: report.source,
    };
  }
}
