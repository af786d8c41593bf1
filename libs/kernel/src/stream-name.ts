/** The part of a stream's name behind its category: `request-3D7K2F9QXM4` is of `3D7K2F9QXM4`. */
export const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
