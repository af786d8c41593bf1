import { closingSentence, closingSubject } from '@onedoor/contracts';
import type { Wording } from './wording.js';

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
        'Le escribiremos si esta fecha cambia y cuando la solicitud se cierre.',
      ],
    }),
    promise_moved: ({ dueAt }, { reference, service, when }) => ({
      subject: `Nueva fecha para su solicitud ${reference}`,
      paragraphs: [
        `La fecha de su solicitud sobre «${service}» cambió. Ahora estará lista a más tardar el ${when(dueAt)}.`,
        'Le escribiremos si esta fecha vuelve a cambiar y cuando la solicitud se cierre.',
      ],
    }),
    waiting: (_news, { reference, service }) => ({
      subject: `Su solicitud ${reference}: estamos esperando su respuesta`,
      paragraphs: [
        `El trabajo sobre su solicitud «${service}» no puede continuar hasta que usted se comunique con nosotros.`,
        `Para responder, llame al 311 y dé el número de referencia ${reference}: le dirán qué hace falta y anotarán su respuesta.`,
        'Hasta entonces, cualquier fecha que se le haya indicado puede cambiar. Le escribiremos si cambia y cuando la solicitud se cierre.',
      ],
    }),
    resolved: ({ outcome, details }, { reference, service }) => ({
      subject: `Su solicitud ${reference}: ${closingSubject('es', outcome)}`,
      paragraphs: [
        `Su solicitud sobre «${service}» está cerrada. ${closingSentence('es', outcome, details)}`,
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
  greeting: () => 'Hola:',
  closing: ({ reference, city }) => [
    `Para preguntar por esta solicitud, llame al 311 y dé el número de referencia ${reference}. Nadie lee las respuestas a este mensaje.`,
    `${city} 311`,
  ],
};
