import type { ClosingWords } from './closing-words.js';

export const SPANISH_CLOSINGS: ClosingWords = {
  outcomes: {
    fixed: { subject: 'problema reparado', sentence: () => 'El problema quedó reparado.' },
    scheduled: {
      subject: 'parte de un programa previsto',
      sentence: () => 'El trabajo aún no se ha realizado: forma parte de un programa previsto y tiene su lugar en él.',
    },
    no_violation: { subject: 'sin infracción', sentence: () => 'Un inspector lo revisó y no encontró ninguna infracción.' },
    violation_found: {
      subject: 'infracción encontrada',
      sentence: () =>
        'Un inspector encontró una infracción. Lo que sigue: se ordena a la persona responsable que la corrija, y la ciudad ' +
        'vuelve a inspeccionar.',
    },
    answered: { subject: 'respondida', sentence: () => 'Su pregunta quedó respondida.' },
    duplicate: {
      subject: 'unida a otra solicitud',
      sentence: ({ joins }) =>
        joins === null
          ? 'El mismo asunto ya se había reportado y sigue su curso en la otra solicitud.'
          : `El mismo asunto ya se había reportado: sigue su curso en la solicitud ${joins}.`,
    },
    invalid: {
      subject: 'no pudimos actuar',
      sentence: () =>
        'No había información suficiente para actuar. Por favor, repórtelo de nuevo con el lugar exacto y lo que usted observó.',
    },
    no_access: {
      subject: 'no pudimos llegar al lugar',
      sentence: () =>
        'Nuestro personal no pudo llegar al lugar. Por favor, llame al 311 y diga cuándo puede hacerlo: la solicitud se abrirá de nuevo.',
    },
    referred: {
      subject: 'remitida a otra autoridad',
      sentence: ({ authority }) =>
        authority === null
          ? 'Se remitió a otra autoridad, que es la responsable. El 311 puede decirle cuál es.'
          : `Se remitió a ${authority.name}, que es la autoridad responsable. Cómo comunicarse: ${authority.contact}.`,
    },
    declined: {
      subject: 'rechazada',
      sentence: ({ reason }) =>
        reason === null ? 'La ciudad no actuará. El 311 puede decirle por qué.' : `La ciudad no actuará, porque ${reason}.`,
    },
    withdrawn: { subject: 'retirada', sentence: () => 'Se retiró, tal como se pidió.' },
  },
  other: { subject: 'cerrada', sentence: () => 'El departamento la cerró.' },
  reasons: {
    not_allowed: 'la ley o sus propias normas no lo permiten',
    private_property: 'el lugar es propiedad privada',
    below_threshold: 'no alcanza la magnitud a partir de la cual la ciudad actúa',
    no_funds: 'no hay fondos para ello',
    not_a_service: 'no está entre los servicios que ofrece la ciudad',
  },
};
