import { outcomeIn, type Wording } from './wording.js';

export const SPANISH: Wording = {
  locale: 'es-US',
  news: {
    submitted: (_news, { reference, service }) => ({
      subject: `Recibimos su solicitud ${reference}`,
      paragraphs: [
        `Recibimos su solicitud sobre «${service}». Su número de referencia es ${reference}.`,
        'El siguiente paso es enviarla al departamento responsable. Le escribiremos cuando sepamos para cuándo estará lista.',
      ],
    }),
    promised: ({ dueAt }, { reference, service, when }) => ({
      subject: `Fecha prevista para su solicitud ${reference}`,
      paragraphs: [
        `Su solicitud sobre «${service}» estará lista a más tardar el ${when(dueAt)}.`,
        'Le escribiremos si esta fecha cambia y cuando el trabajo haya terminado.',
      ],
    }),
    promise_moved: ({ dueAt }, { reference, service, when }) => ({
      subject: `Nueva fecha para su solicitud ${reference}`,
      paragraphs: [
        `La fecha de su solicitud sobre «${service}» cambió. Ahora estará lista a más tardar el ${when(dueAt)}.`,
        'Le escribiremos si esta fecha vuelve a cambiar y cuando el trabajo haya terminado.',
      ],
    }),
    resolved: (news, { reference, service }) => ({
      subject: `Su solicitud ${reference} ha terminado`,
      paragraphs: [
        `El trabajo sobre su solicitud «${service}» ha terminado. ${outcomeIn(SPANISH, news)}`,
        'Si no está de acuerdo, llame al 311 y dé el número de referencia: la solicitud se puede volver a abrir.',
      ],
    }),
    reopened: ({ round }, { reference, service }) => ({
      subject: `Su solicitud ${reference} está abierta de nuevo`,
      paragraphs: [
        `Su solicitud sobre «${service}» está abierta de nuevo. Esta es la ronda ${round}.`,
        'El siguiente paso es que un departamento la retome. Le escribiremos cuando sepamos para cuándo estará lista.',
      ],
    }),
  },
  outcomes: {
    fixed: 'El problema quedó reparado.',
    scheduled: 'La reparación forma parte de un programa previsto y tiene su lugar en él.',
    no_violation: 'Un inspector lo revisó y no encontró ninguna infracción.',
    violation_found: 'Un inspector encontró una infracción y se está actuando al respecto.',
    answered: 'Su pregunta quedó respondida.',
    duplicate: 'El mismo asunto ya se había reportado y se atiende en la otra solicitud.',
    invalid: 'No había información suficiente para actuar.',
    no_access: 'Nuestro personal no pudo llegar al lugar.',
    referred: 'Se remitió a otra autoridad, que es la responsable.',
    declined: 'La ciudad no realizará este trabajo.',
    withdrawn: 'Se retiró, tal como se pidió.',
  },
  otherOutcome: 'El departamento la cerró.',
  greeting: () => 'Hola:',
  closing: ({ reference, city }) => [
    `Para preguntar por esta solicitud, llame al 311 y dé el número de referencia ${reference}. Nadie lee las respuestas a este mensaje.`,
    `${city} 311`,
  ],
};
